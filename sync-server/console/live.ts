import { LIVE_KINDS, type LiveKind, liveEventSchema } from "#protocol/hq/dashboard.ts";

/** So long after it broke the stream is opened again, milliseconds. */
const AGAIN_MS = 3_000;

interface Listener {
  readonly kinds: readonly LiveKind[];
  readonly changed: () => void;
}

/**
 * The one stream by which the server says of what kind something has changed. Open while anybody listens; whoever listens hears when it opens too, since
 * what changed before that woke nobody.
 */
export class LiveLine {
  readonly #open: (signal: AbortSignal) => Promise<Response>;
  readonly #listeners = new Set<Listener>();
  #closing: AbortController | null = null;
  #isOn = false;

  constructor(open: (signal: AbortSignal) => Promise<Response>) {
    this.#open = open;
  }

  /** Whether the server's word comes through: then asking again by the clock is needless. */
  get isOn(): boolean {
    return this.#isOn;
  }

  listen(kinds: readonly LiveKind[], changed: () => void): () => void {
    const listener = { kinds, changed };
    this.#listeners.add(listener);
    if (this.#closing === null) {
      this.#closing = new AbortController();
      void this.#run(this.#closing.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#closing?.abort();
      this.#closing = null;
      this.#isOn = false;
    };
  }

  async #run(closing: AbortSignal): Promise<void> {
    while (!closing.aborted) {
      try {
        const { ok, body } = await this.#open(closing);
        if (ok && body !== null) await this.#read(body, closing);
      } catch {
        // Without the stream pages ask by the clock; it is opened again below.
      }
      if (closing.aborted) return;
      this.#isOn = false;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  async #read(body: ReadableStream<Uint8Array<ArrayBuffer>>, closing: AbortSignal): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done || closing.aborted) return;
      if (!this.#isOn) {
        this.#isOn = true;
        this.#tell(LIVE_KINDS);
      }
      const parts = `${text}${value}`.split("\n\n");
      text = parts.pop() ?? "";
      const kinds = new Set(parts.flatMap(kindsOf));
      if (kinds.size > 0) this.#tell([...kinds]);
    }
  }

  #tell(kinds: readonly LiveKind[]): void {
    for (const listener of [...this.#listeners])
      if (listener.kinds.some((kind) => kinds.includes(kind))) listener.changed();
  }
}

/** A word of a later server's that this console does not know may mean anything. */
function kindsOf(event: string): readonly LiveKind[] {
  const data = /^data: (.*)$/m.exec(event)?.[1];
  if (data === undefined) return [];
  try {
    return liveEventSchema.parse(JSON.parse(data)).kinds;
  } catch {
    return LIVE_KINDS;
  }
}
