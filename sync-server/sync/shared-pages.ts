/** Pieces that one reads from the database and many are sent, each at their own pace; kept as long as somebody may come for them. */
export class SharedPages {
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  #state: { readonly is: "growing" | "whole" } | { readonly is: "failed"; readonly error: unknown } = {
    is: "growing",
  };
  /** Those who have read all there is, and wait for more. */
  #waiting: (() => void)[] = [];

  get bytes(): number {
    return this.#bytes;
  }

  get hasFailed(): boolean {
    return this.#state.is === "failed";
  }

  add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    this.#tell();
  }

  end(): void {
    this.#state = { is: "whole" };
    this.#tell();
  }

  /** Whoever reads it is cut off. */
  fail(error: unknown): void {
    this.#state = { is: "failed", error };
    this.#tell();
  }

  /** All pieces from the first, those that are still to come as they come. Throws what it failed of. */
  async *read(): AsyncGenerator<Uint8Array> {
    for (let place = 0; ; ) {
      const piece = this.#pieces[place];
      if (piece !== undefined) {
        place += 1;
        yield piece;
      } else if (this.#state.is === "whole") return;
      else if (this.#state.is === "failed") throw this.#state.error;
      else await new Promise<void>((more) => this.#waiting.push(more));
    }
  }

  #tell(): void {
    for (const more of this.#waiting.splice(0)) more();
  }
}
