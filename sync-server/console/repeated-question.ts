/** What was not answered for so long is given up, milliseconds. */
const GIVEN_UP_MS = 30_000;

/**
 * One question that is asked again and again. A server that answers more slowly than it is asked is heard all the same: while an answer is awaited, neither
 * the clock nor word of a change overtakes it. Whoever has just changed something does, since the answer on its way may be from before.
 */
export class RepeatedQuestion<A> {
  readonly #ask: () => Promise<A>;
  readonly #heard: (answer: A) => void;
  readonly #nowMs: () => number;
  #round = 0;
  /** When the question was asked that is not answered yet; null: none is open. */
  #openSince: number | null = null;
  #isAgain = false;
  #isOver = false;

  constructor(
    ask: () => Promise<A>,
    heard: (answer: A) => void,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#ask = ask;
    this.#heard = heard;
    this.#nowMs = nowMs;
  }

  /** Asks at once; an answer that is still awaited is not heard any more. */
  now(): void {
    if (this.#isOver) return;
    this.#round += 1;
    this.#openSince = this.#nowMs();
    this.#isAgain = false;
    void this.#hear(this.#round);
  }

  /** Something has changed: asks at once, or as soon as what is asked is answered. */
  changed(): void {
    if (this.#isAwaited()) this.#isAgain = true;
    else this.now();
  }

  /** Time has passed: asks, unless an answer is on its way. */
  passed(): void {
    if (!this.#isAwaited()) this.now();
  }

  /** Nothing more is asked or heard. */
  end(): void {
    this.#isOver = true;
    this.#round += 1;
    this.#openSince = null;
  }

  #isAwaited(): boolean {
    return this.#openSince !== null && this.#nowMs() - this.#openSince < GIVEN_UP_MS;
  }

  async #hear(asked: number): Promise<void> {
    const answer = await this.#ask();
    if (asked !== this.#round) return;
    this.#openSince = null;
    this.#heard(answer);
    // Whoever heard it may have ended this, or asked again.
    if (this.#isAgain && asked === this.#round) this.now();
  }
}
