/** Lets so many at a time do something, whoever came first before whoever came later; the others wait. */
export class WaitingRoom {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** A place in the line: `turn` resolves when it is one's turn. `leave` gives the turn, or the place, to whoever is next; once. */
  enter(): { readonly turn: Promise<void>; readonly leave: () => void } {
    let state: "waits" | "hasTurn" | "left" = "waits";
    let begin: () => void = () => undefined;
    const turn = new Promise<void>((begun) => {
      begin = begun;
    });
    const take = () => {
      state = "hasTurn";
      begin();
    };
    if (this.#free > 0) {
      this.#free -= 1;
      take();
    } else this.#waiting.push(take);
    return {
      turn,
      leave: () => {
        if (state === "waits") this.#waiting.splice(this.#waiting.indexOf(take), 1);
        if (state === "hasTurn") this.#next();
        state = "left";
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

  #next(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
