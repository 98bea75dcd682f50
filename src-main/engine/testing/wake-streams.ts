import type { ReplicaCollection } from "#protocol/documents/collections.ts";

interface Stream {
  send(text: string): void;
  cut(): void;
  end(): void;
}

/** The streams of wake-ups that tills listen to. */
export class WakeStreams {
  readonly #open = new Set<Stream>();

  get count(): number {
    return this.#open.size;
  }

  /** A new stream, which says at once that it is there. */
  open(signal: AbortSignal | null): Response {
    let stream: Stream | null = null;
    const close = (act: () => void): void => {
      if (stream === null || !this.#open.delete(stream)) return;
      act();
    };
    const text = new ReadableStream<string>({
      start: (controller) => {
        stream = {
          send: (piece) => controller.enqueue(piece),
          cut: () => close(() => controller.error(new TypeError("terminated"))),
          end: () => close(() => controller.close()),
        };
        this.#open.add(stream);
        signal?.addEventListener("abort", () => stream?.cut(), { once: true });
        controller.enqueue(": here\n\n");
      },
      cancel: () => close(() => undefined),
    });
    return new Response(text.pipeThrough(new TextEncoderStream()), {
      headers: { "content-type": "text/event-stream" },
    });
  }

  beat(): void {
    this.send(": here\n\n");
  }

  wake(...collections: readonly ReplicaCollection[]): void {
    this.send(`event: wake\ndata: ${JSON.stringify({ collections })}\n\n`);
  }

  send(text: string): void {
    for (const stream of this.#open) stream.send(text);
  }

  /** The lines break. */
  cut(): void {
    for (const stream of [...this.#open]) stream.cut();
  }

  /** The server ends them in good order. */
  end(): void {
    for (const stream of [...this.#open]) stream.end();
  }
}
