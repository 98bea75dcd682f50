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
  /** When the timer is to ring, by the wall's clock; null: it rang. */
  #ringsAt: number | null = null;

  constructor(settings: IdleSettings) {
    this.#settings = settings;
    this.touched();
  }

  /** Somebody is there; after too long, since timers stand still in a machine that sleeps, it may be somebody else. */
  touched(): void {
    const { afterMs, isBusy, lock } = this.#settings;
    const hasSlept = this.#ringsAt !== null && Date.now() - this.#ringsAt > AGAIN_MS;
    if (hasSlept && !isBusy()) lock();
    this.#wait(afterMs);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(ms: number): void {
    this.close();
    this.#ringsAt = Date.now() + ms;
    this.#timer = setTimeout(() => {
      this.#ringsAt = null;
      if (this.#settings.isBusy()) this.#wait(AGAIN_MS);
      else this.#settings.lock();
    }, ms);
  }
}
