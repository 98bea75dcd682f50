/** The head of an answer. */
export interface Head {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface ResponseListener {
  head(head: Head): void;
  body(piece: Buffer): void;
  end(): void;
}

const HEAD_END = Buffer.from("\r\n\r\n");
const LINE_END = Buffer.from("\r\n");

type State =
  | { readonly kind: "head" }
  | { readonly kind: "body"; left: number }
  | { readonly kind: "chunkSize" }
  | { readonly kind: "chunk"; left: number }
  | { readonly kind: "trailer" };

/**
 * Reads the answers of one HTTP/1.1 connection out of pieces that are cut anywhere (RFC 9112): bodies of a length, and chunked ones. It does no more than a bench's server
 * asks of it, so that a thousand tills fit beside the server on one machine.
 */
export class Responses {
  readonly #listener: ResponseListener;
  #rest: Buffer = Buffer.alloc(0);
  #state: State = { kind: "head" };

  constructor(listener: ResponseListener) {
    this.#listener = listener;
  }

  take(piece: Buffer): void {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    while (this.#step());
  }

  /** Whether there may be more to read. */
  #step(): boolean {
    const state = this.#state;
    switch (state.kind) {
      case "head":
        return this.#head();
      case "body":
      case "chunk": {
        if (state.left > 0) {
          if (this.#rest.length === 0) return false;
          const piece = this.#cut(Math.min(state.left, this.#rest.length));
          state.left -= piece.length;
          this.#listener.body(piece);
          if (state.left > 0) return false;
        }
        if (state.kind === "body") return this.#end();
        if (this.#rest.length < LINE_END.length) return false;
        this.#cut(LINE_END.length);
        this.#state = { kind: "chunkSize" };
        return true;
      }
      case "chunkSize": {
        const line = this.#line(LINE_END);
        if (line === null) return false;
        const size = Number.parseInt(line, 16);
        this.#state = size === 0 ? { kind: "trailer" } : { kind: "chunk", left: size };
        return true;
      }
      case "trailer": {
        const line = this.#line(LINE_END);
        if (line === null) return false;
        return line === "" ? this.#end() : true;
      }
    }
  }

  #head(): boolean {
    const text = this.#line(HEAD_END);
    if (text === null) return false;
    const [first = "", ...lines] = text.split("\r\n");
    const headers = new Map<string, string>();
    for (const line of lines) {
      const at = line.indexOf(":");
      headers.set(line.slice(0, at).toLowerCase(), line.slice(at + 1).trim());
    }
    this.#listener.head({ status: Number(first.split(" ")[1]), headers });
    if (headers.get("transfer-encoding") === "chunked") this.#state = { kind: "chunkSize" };
    else this.#state = { kind: "body", left: Number(headers.get("content-length") ?? 0) };
    return true;
  }

  #end(): boolean {
    this.#state = { kind: "head" };
    this.#listener.end();
    return true;
  }

  #cut(length: number): Buffer {
    const piece = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return piece;
  }

  /** The text up to this end, which goes with it; null while it has not come. */
  #line(end: Buffer): string | null {
    const at = this.#rest.indexOf(end);
    if (at === -1) return null;
    const text = this.#rest.toString("latin1", 0, at);
    this.#cut(at + end.length);
    return text;
  }
}
