/** How long the till waits again where it may not lock just yet, milliseconds. */
const AGAIN_MS = 5_000;

export interface IdleSettings {
  /** Without a touch for so long, milliseconds. */
  readonly afterMs: number;
  /** Whether it must not be locked just now. */
  readonly isBusy: () => boolean;
  readonly lock: () => void;
}

/** Locks a till that nobody touched for a while. Time of being busy counts as well: it locks as soon as that is over. */
export class IdleLock {
  readonly #settings: IdleSettings;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(settings: IdleSettings) {
    this.#settings = settings;
    this.touched();
  }

  /** Somebody is there. */
  touched(): void {
    this.#wait(this.#settings.afterMs);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(ms: number): void {
    this.close();
    this.#timer = setTimeout(() => {
      if (this.#settings.isBusy()) this.#wait(AGAIN_MS);
      else this.#settings.lock();
    }, ms);
  }
}
