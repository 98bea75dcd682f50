/** Less than this is no gain to anybody. */
const LEAST = 8;
/** What the last transactions count for beside the newest, each a tenth less than the one after it. */
const FADES = 0.9;
/** Where a transaction of nothing takes long already, one that takes so many times as long does most of what could be done at all (a quarter goes to waste). */
const WORTH_IT = 4;
/** The same where somebody who sells waits for it, as they waited for the one before: half of what could be done at all, in half the time. */
const WORTH_WAITING = 2;
/** Beside sales it is found from below how much that is: who comes back first after days is not to be what the server tries it by. */
const FIRST_BESIDE_SALES = 32;

/** What may go into one transaction that takes so many times as long as one of nothing. */
interface Bound {
  readonly worth: number;
  now: number;
}

/**
 * How much goes into one transaction, so that it takes no longer than it should. What it takes at all (ways to a database that is far, a machine that is busy) is told from what each
 * more adds, by a line of least squares through the last ones: where the first is most of it, smaller ones would only be more of them.
 */
export class GroupSize {
  readonly #most: number;
  readonly #turnMs: number;
  readonly #alone: Bound;
  readonly #besideSales: Bound;
  #eachMs = Number.POSITIVE_INFINITY;
  /** Of those before, faded: how many, and the sums of sizes, times, squares of sizes, sizes by times. */
  readonly #sums = { count: 0, size: 0, ms: 0, sizeSquared: 0, sizeByMs: 0 };

  /** `most` at most; `turnMs`: what a transaction is to take, milliseconds. */
  constructor({ most, turnMs }: { readonly most: number; readonly turnMs: number }) {
    this.#most = most;
    this.#turnMs = turnMs;
    this.#alone = { worth: WORTH_IT, now: most };
    this.#besideSales = { worth: WORTH_WAITING, now: Math.min(most, FIRST_BESIDE_SALES) };
  }

  /** For the next transaction. */
  get alone(): number {
    return this.#alone.now;
  }

  /** The same with what waited long already, where somebody who sells waits for the transaction. */
  get besideSales(): number {
    return this.#besideSales.now;
  }

  /** One of this size took so long. Twice as much at most goes into the next as before, so that one that was quick by chance says little. */
  took(size: number, ms: number): void {
    if (size <= 0) return;
    const eachMs = Math.min(this.#slope(size, ms), ms / size);
    for (const bound of [this.#alone, this.#besideSales]) this.#fit(bound, { size, ms, eachMs });
  }

  #fit(
    bound: Bound,
    { size, ms, eachMs }: { readonly size: number; readonly ms: number; readonly eachMs: number },
  ): void {
    if (ms <= this.#turnMs && size < bound.now) return;
    const restMs = ms - eachMs * size;
    const aimMs = Math.max(this.#turnMs, bound.worth * restMs) - restMs;
    const fits = eachMs > 0 ? Math.floor(aimMs / eachMs) : this.#most;
    bound.now = Math.min(this.#most, bound.now * 2, Math.max(LEAST, fits));
  }

  /** What each more adds, milliseconds, as told last where all were of one size since; infinite before anybody can tell. */
  #slope(size: number, ms: number): number {
    const sums = this.#sums;
    for (const each of ["count", "size", "ms", "sizeSquared", "sizeByMs"] as const) sums[each] *= FADES;
    sums.count += 1;
    sums.size += size;
    sums.ms += ms;
    sums.sizeSquared += size * size;
    sums.sizeByMs += size * ms;
    const spread = sums.count * sums.sizeSquared - sums.size * sums.size;
    if (spread >= sums.count * sums.count)
      this.#eachMs = Math.max(0, (sums.count * sums.sizeByMs - sums.size * sums.ms) / spread);
    return this.#eachMs;
  }
}
