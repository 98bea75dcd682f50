const LENGTH_BYTES = 4;
/** Receipts and all, a message is a few kilobytes; what claims to be more than this is no terminal. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** A message with its length before it: four bytes, big-endian, not counting themselves (nexo Sale to POI over TCP). */
export function framed(message: string): Buffer {
  const body = Buffer.from(message, "utf8");
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** Puts messages together from what comes in, however it is cut up. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);

  /** The messages that are complete now; null when the other side sends no such messages: hang up. */
  take(data: Buffer): readonly string[] | null {
    this.#held = Buffer.concat([this.#held, data]);
    const messages: string[] = [];
    while (this.#held.length >= LENGTH_BYTES) {
      const length = this.#held.readUInt32BE();
      if (length === 0 || length > MAX_MESSAGE_BYTES) return null;
      if (this.#held.length < LENGTH_BYTES + length) break;
      messages.push(this.#held.toString("utf8", LENGTH_BYTES, LENGTH_BYTES + length));
      this.#held = this.#held.subarray(LENGTH_BYTES + length);
    }
    return messages;
  }
}
