/**
 * One question that is asked again and again; each time it ends, if only by being given up (`call.ts`). A server that answers more slowly than it is asked
 * is heard all the same: while an answer is awaited, neither the clock nor word of a change overtakes it. Whoever has just changed something does, since the
 * answer on its way may be from before.
 */
export class RepeatedQuestion<A> {
  readonly #ask: () => Promise<A>;
  readonly #heard: (answer: A) => void;
  #round = 0;
  #isAwaited = false;
  #isAgain = false;
  #isOver = false;

  constructor(ask: () => Promise<A>, heard: (answer: A) => void) {
    this.#ask = ask;
    this.#heard = heard;
  }

  /** Asks at once; an answer that is still awaited is not heard any more. */
  async now(): Promise<void> {
    if (this.#isOver) return;
    this.#round += 1;
    this.#isAwaited = true;
    this.#isAgain = false;
    await this.#hear(this.#round);
  }

  /** Something has changed: asks at once, or as soon as what is asked is answered. */
  changed(): void {
    if (this.#isAwaited) this.#isAgain = true;
    else void this.now();
  }

  /** Time has passed: asks, unless an answer is on its way. */
  passed(): void {
    if (!this.#isAwaited) void this.now();
  }

  /** Nothing more is asked or heard. */
  end(): void {
    this.#isOver = true;
    this.#round += 1;
    this.#isAwaited = false;
  }

  async #hear(asked: number): Promise<void> {
    let answer: A;
    try {
      answer = await this.#ask();
    } finally {
      if (asked === this.#round) this.#isAwaited = false;
    }
    if (asked !== this.#round) return;
    this.#heard(answer);
    // Whoever heard it may have ended this, or asked again.
    if (this.#isAgain && asked === this.#round) await this.now();
  }
}
