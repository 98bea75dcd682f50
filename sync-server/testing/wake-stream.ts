import { wakeSchema } from "#protocol/sync/changes.ts";

/** The till's end of a stream of wake-ups. */
export class WakeStream {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";
  /** How many wake-ups were taken from the stream. */
  wakes = 0;

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** Resolves when the stream has said for the first time that it is there. Throws when the answer is no event stream. */
  static async open(answer: Response): Promise<WakeStream> {
    if (answer.body === null || answer.headers.get("content-type")?.startsWith("text/event-stream") !== true)
      throw new Error(`no event stream: ${answer.status} ${answer.headers.get("content-type")}`);
    const stream = new WakeStream(answer.body);
    await stream.nextPart();
    return stream;
  }

  async nextWake(): Promise<readonly string[]> {
    for (;;) {
      const part = await this.nextPart();
      const data = /^event: wake\ndata: (.*)$/.exec(part)?.[1];
      if (data === undefined) continue;
      this.wakes += 1;
      return wakeSchema.parse(JSON.parse(data)).collections;
    }
  }

  /** The next event or comment, as it stands in the stream. */
  async nextPart(): Promise<string> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const part = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return part;
      }
      const { done, value } = await this.#reader.read();
      if (done) throw new Error("the stream has ended");
      this.#text += value;
    }
  }

  /** Resolves when the server has ended the stream. */
  async ended(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }
}
