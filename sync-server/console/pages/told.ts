/** Words for a page: for whoever shows it, or where nobody does, for the next who does. */
export class Told {
  #listener: ((words: string) => void) | null = null;
  #untold: readonly string[] = [];

  /** The page is shown: what was to be said before, and whatever comes, is heard here until what this gives is called. */
  hear(listener: (words: string) => void): () => void {
    this.#listener = listener;
    const words = this.#untold.join(" ");
    this.#untold = [];
    if (words !== "") listener(words);
    return () => {
      if (this.#listener === listener) this.#listener = null;
    };
  }

  tell(words: string): void {
    if (this.#listener === null) this.#untold = [...this.#untold, words];
    else this.#listener(words);
  }
}
