interface Waiting {
  readonly share: number;
  readonly take: () => void;
}

/** Lets so many at a time do something, whoever came first before whoever came later; the others wait. Where some are larger than others, each says what share of the room it takes. */
export class WaitingRoom {
  readonly #waiting: Waiting[] = [];
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * A place in the line: `turn` resolves when it is one's turn. `leave` gives the turn, or the place, to whoever is next; once. A `share` is not larger than the room: it
   * would wait for ever.
   */
  enter(share = 1): { readonly turn: Promise<void>; readonly leave: () => void } {
    let state: "waits" | "hasTurn" | "left" = "waits";
    let begin: () => void = () => undefined;
    const turn = new Promise<void>((begun) => {
      begin = begun;
    });
    const one: Waiting = {
      share,
      take: () => {
        state = "hasTurn";
        this.#free -= share;
        begin();
      },
    };
    this.#waiting.push(one);
    this.#next();
    return {
      turn,
      leave: () => {
        if (state === "waits") this.#waiting.splice(this.#waiting.indexOf(one), 1);
        if (state === "hasTurn") this.#free += share;
        state = "left";
        this.#next();
      },
    };
  }

  /** Does something in a turn. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const { turn, leave } = this.enter();
    await turn;
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Nobody is let past whoever is too large for what is free. */
  #next(): void {
    for (let [next] = this.#waiting; next !== undefined && next.share <= this.#free; [next] = this.#waiting) {
      this.#waiting.shift();
      next.take();
    }
  }
}
