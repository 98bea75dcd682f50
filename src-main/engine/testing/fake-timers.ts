import type { Timers } from "../sync/alarm.ts";

interface Timer {
  readonly callback: () => void;
  readonly at: number;
  readonly ms: number;
}

/** Timers that stand still until a test lets time pass. */
export class FakeTimers implements Timers {
  readonly #timers = new Map<number, Timer>();
  readonly #listeners = new Set<() => void>();
  #now = 0;
  #nextId = 1;

  set(callback: () => void, ms: number): number {
    const id = this.#nextId++;
    this.#timers.set(id, { callback, at: this.#now + ms, ms });
    for (const listener of [...this.#listeners]) listener();
    return id;
  }

  clear(timer: unknown): void {
    if (typeof timer === "number") this.#timers.delete(timer);
  }

  /** How long each timer under way was set for, milliseconds, shortest first. */
  get rests(): readonly number[] {
    return [...this.#timers.values()].map(({ ms }) => ms).sort((a, b) => a - b);
  }

  /** Resolves once the timers under way are as wanted. */
  until(wanted: (rests: readonly number[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!wanted(this.rests)) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  /** Calls every timer that was set for at most so many milliseconds, now and without time passing for the others. */
  hurry(ms: number): void {
    for (const [id, timer] of [...this.#timers]) {
      if (timer.ms > ms || !this.#timers.delete(id)) continue;
      timer.callback();
    }
  }

  /** Lets so many milliseconds pass: what falls due is called in its order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      const [id, { callback, at }] = due;
      this.#now = at;
      this.#timers.delete(id);
      callback();
    }
    this.#now = end;
  }
}
