import { Refusal } from "./errors.ts";

/** How much of something that costs the server each who asks may have at once, so that nobody has all of it. */
export class Turns {
  readonly #taken = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a turn for whoever asks and answers how it is given back. Throws a refusal where they have as many as they may. */
  take({ id }: { readonly id: string }): () => void {
    const taken = this.#taken.get(id) ?? 0;
    if (taken >= this.#most)
      throw new Refusal("tooManyRequests", "You ask for much at once. Try again in a moment.", ["busy"]);
    this.#taken.set(id, taken + 1);
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      const left = (this.#taken.get(id) ?? 1) - 1;
      if (left === 0) this.#taken.delete(id);
      else this.#taken.set(id, left);
    };
  }

  /** Does something in a turn of whoever asks. */
  async during<T>(who: { readonly id: string }, work: () => Promise<T>): Promise<T> {
    const giveBack = this.take(who);
    try {
      return await work();
    } finally {
      giveBack();
    }
  }
}
