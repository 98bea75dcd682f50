import type { Timers } from "../sync/alarm.ts";

/** Nobody touches the till for this long, milliseconds: it rests. */
const REST_MS = 10 * 60_000;
/** A till that rests is looked through so often, in rests: daily. */
const RESTS_OF_A_DAY = (24 * 60 * 60_000) / REST_MS;
/** One that could not be looked through is again after so many rests, and twice as many each time: a disk that fails is not read all day. */
const FIRST_RESTS_AFTER_TROUBLE = 1;

/**
 * Has a replica looked through the first time that nobody touched the till for a while after its start, and once a day from then on: one that was closed in order is not looked through at its start, and a page that is lost within
 * an index leads to fewer rows without a word. What a disk did not let it look through is looked at sooner, in growing waits. Neither a start nor a sale waits for it. `touched` is told whenever somebody does something at the till; `close` ends it.
 */
export class LookAtRest {
  readonly #lookThrough: () => Promise<void>;
  readonly #timers: Timers;
  readonly #onTrouble: (error: unknown) => void;
  #timer: unknown;
  #wasTouched = false;
  #untilNext = 0;
  #restsAfterTrouble = FIRST_RESTS_AFTER_TROUBLE;

  constructor({
    lookThrough,
    timers,
    onTrouble,
  }: {
    readonly lookThrough: () => Promise<void>;
    readonly timers: Timers;
    /** It could not be looked through. */
    readonly onTrouble: (error: unknown) => void;
  }) {
    this.#lookThrough = lookThrough;
    this.#timers = timers;
    this.#onTrouble = onTrouble;
    this.#wait();
  }

  touched(): void {
    this.#wasTouched = true;
  }

  close(): void {
    this.#timers.clear(this.#timer);
  }

  #wait(): void {
    this.#timer = this.#timers.set(() => {
      this.#wait();
      this.#rest();
    }, REST_MS);
  }

  #rest(): void {
    this.#untilNext -= 1;
    const rests = !this.#wasTouched;
    this.#wasTouched = false;
    if (!rests || this.#untilNext > 0) return;
    // Nobody looks a second time while one look is under way.
    this.#untilNext = RESTS_OF_A_DAY;
    this.#lookThrough().then(
      () => {
        this.#restsAfterTrouble = FIRST_RESTS_AFTER_TROUBLE;
      },
      (error: unknown) => {
        this.#untilNext = Math.min(this.#restsAfterTrouble, RESTS_OF_A_DAY);
        this.#restsAfterTrouble = 2 * this.#untilNext;
        this.#onTrouble(error);
      },
    );
  }
}
