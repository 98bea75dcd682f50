/** A message of PostgreSQL's protocol (version 3.0, "Message Formats"): a letter, its length, and what it says. */
export interface Message {
  /** Null: the first that a client says, which has none. */
  readonly kind: string | null;
  readonly body: Buffer;
  readonly bytes: Buffer;
}

const LENGTH_BYTES = 4;

/** Puts messages together from whatever pieces they come in. */
export class Messages {
  #rest: Buffer = Buffer.alloc(0);
  /** Those of a client begin with one that has no letter. */
  #hasLetter: boolean;

  constructor(by: "client" | "server") {
    this.#hasLetter = by === "server";
  }

  /** Those that are whole with this piece. */
  whole(piece: Buffer): readonly Message[] {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const messages: Message[] = [];
    for (;;) {
      const letters = this.#hasLetter ? 1 : 0;
      if (this.#rest.length < letters + LENGTH_BYTES) return messages;
      const size = letters + this.#rest.readUInt32BE(letters);
      if (this.#rest.length < size) return messages;
      const bytes = this.#rest.subarray(0, size);
      this.#rest = this.#rest.subarray(size);
      messages.push({
        kind: this.#hasLetter ? String.fromCharCode(bytes[0] ?? 0) : null,
        body: bytes.subarray(letters + LENGTH_BYTES),
        bytes,
      });
      this.#hasLetter = true;
    }
  }
}

/** A message that is nothing but a text: a plain question (`Q`), or what was done (`C`). */
export function messageOf(kind: "Q" | "C", text: string): Message {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(1 + LENGTH_BYTES);
  head.write(kind);
  head.writeUInt32BE(LENGTH_BYTES + body.length, 1);
  return { kind, body, bytes: Buffer.concat([head, body]) };
}

/** The text that a message ends with, or begins with. */
export function textOf({ body }: Message): string {
  const end = body.indexOf(0);
  return body.toString("utf8", 0, end === -1 ? body.length : end);
}
