import { type Instant, instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";
import { Refusal } from "./errors.ts";

const MINUTE_MS = 60_000;
/** What a code that opens nothing is refused with. */
const IS_WRONG: ReadonlySet<Refusal["body"]["reason"]> = new Set(["notFound", "codeUnknown"]);

/** Who guesses, and how many wrong codes they have in a minute. */
export interface Guesser {
  readonly who: string;
  readonly perMinute: number;
}

/**
 * Wrong codes, counted in the storage: a guesser who asks several servers on one database has as many guesses as at one. Right ones cost a look
 * and write nothing; how often somebody asks at all, each server counts for itself.
 */
export class WrongGuesses {
  readonly #storage: Storage;
  readonly #now: () => Instant;
  /** The last guess of each who guesses at this server just now. */
  readonly #last = new Map<string, Promise<void>>();

  constructor({ storage, now }: { readonly storage: Storage; readonly now: () => Instant }) {
    this.#storage = storage;
    this.#now = now;
  }

  /**
   * Asks, and counts a code that opens nothing: one that is refused so, or of whose answer `isWrong` says it. Throws a refusal, without asking,
   * where there were too many in this minute, and what `ask` throws. One guess of each at a time, so that many at once are not all let through before the first is counted.
   */
  async counted<T>(
    guesser: Guesser,
    ask: () => Promise<T>,
    isWrong: (answer: T) => boolean = () => false,
  ): Promise<T> {
    const { who } = guesser;
    const guess = (this.#last.get(who) ?? Promise.resolve()).then(() => this.#inTurn(guesser, ask, isWrong));
    const over = guess.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(who, over);
    try {
      return await guess;
    } finally {
      if (this.#last.get(who) === over) this.#last.delete(who);
    }
  }

  async #inTurn<T>(
    { who, perMinute }: Guesser,
    ask: () => Promise<T>,
    isWrong: (answer: T) => boolean,
  ): Promise<T> {
    const key = `guess:${who}`;
    const wrong = await this.#storage.read((tx) => tx.signInTries(key));
    if (wrong !== null && wrong.failures >= perMinute && this.#isOfThisMinute(wrong.lastAt))
      throw new Refusal("tooManyRequests", "Too many wrong codes. Wait a minute and try again.");
    try {
      const answer = await ask();
      if (isWrong(answer)) await this.#count(key);
      return answer;
    } catch (error) {
      if (error instanceof Refusal && IS_WRONG.has(error.body.reason)) await this.#count(key);
      throw error;
    }
  }

  #count(key: string): Promise<void> {
    return this.#storage.write(async (tx) => {
      const before = await tx.signInTries(key);
      const goesOn = before !== null && this.#isOfThisMinute(before.lastAt);
      const failures = goesOn ? before.failures + 1 : 1;
      await tx.putSignInTries(key, { failures, lastAt: goesOn ? before.lastAt : instant(this.#now()) });
    });
  }

  /** A clock that was set back begins a new minute rather than to shut somebody out. */
  #isOfThisMinute(since: Instant): boolean {
    return Math.abs(this.#now() - since) < MINUTE_MS;
  }
}
