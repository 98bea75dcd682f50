/** Timers of the programs, handed in so that tests move time by hand. */
export interface Timers {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

export const SYSTEM_TIMERS: Timers = {
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

export type Awakening = "due" | "rung";

/** One waiter that sleeps until its time is up or somebody rings; a ring while nobody waits is kept for the next wait. */
export class Alarm {
  readonly #timers: Timers;
  #wake: (() => void) | null = null;
  #rung = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Wakes whoever sleeps now; nobody is woken later because of it. */
  wake(): void {
    this.#wake?.();
  }

  /** Resolves after `ms` milliseconds (`due`) or at the next ring (`rung`), whichever is first. */
  wait(ms: number): Promise<Awakening> {
    if (this.#rung) {
      this.#rung = false;
      return Promise.resolve("rung");
    }
    return new Promise((resolve) => {
      const done = (why: Awakening) => {
        this.#timers.clear(timer);
        this.#wake = null;
        this.#rung = false;
        resolve(why);
      };
      const timer = this.#timers.set(() => done("due"), ms);
      this.#wake = () => done("rung");
    });
  }
}
