/** Sales that are on their way into the journal: whoever reads lets them go first. */
export class Selling {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  /** Takes something in. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Resolves as soon as nothing is under way. */
  over(): Promise<void> {
    return this.#underWay === 0
      ? Promise.resolve()
      : new Promise((go) => {
          this.#waiting.push(go);
        });
  }
}
