/** Sales that are on their way into the journal: whoever reads lets them go first. */
export class Selling {
  #underWay = 0;
  readonly #waiting = new Set<() => void>();

  /** Takes something in. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#letGo();
    }
  }

  /** Calls `go` once, as soon as nothing is under way. Answers how to forget it: with sales that never pause whoever has waited long enough would be kept for good. */
  whenOver(go: () => void): () => void {
    if (this.#underWay === 0) {
      go();
      return () => undefined;
    }
    const waits = () => go();
    this.#waiting.add(waits);
    return () => this.#waiting.delete(waits);
  }

  /** How many wait for it to be over. */
  get waiting(): number {
    return this.#waiting.size;
  }

  #letGo(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const go of waiting) go();
  }
}
