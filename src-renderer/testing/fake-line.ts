import type { Channel } from "#protocol/till/channel.ts";
import { VERBS, type Verb, VIEWS, type View } from "#protocol/till/contract.ts";
import { type RequestFrame, type ResponseFrame, requestFrameSchema } from "#protocol/till/frames.ts";

export interface FakeLineParts {
  readonly perform: (verb: Verb, args: unknown) => unknown;
  readonly show: (view: View) => unknown;
}

/** The engine's end of the contract, in memory: frames as JSON both ways, answers and views in the order they came about. */
export class FakeLine {
  readonly #parts: FakeLineParts;
  #watching = new Map<number, View>();
  #receive: (message: unknown) => void = () => undefined;
  #closed: (() => void)[] = [];
  #open = false;
  #held = false;

  constructor(parts: FakeLineParts) {
    this.#parts = parts;
  }

  open(): Channel {
    this.#watching = new Map();
    this.#closed = [];
    this.#open = true;
    this.#held = false;
    return {
      send: (message) => this.#take(JSON.parse(JSON.stringify(message))),
      onMessage: (listener) => {
        this.#receive = listener;
      },
      onClose: (listener) => this.#closed.push(listener),
      close: () => this.cut(),
    };
  }

  cut(): void {
    this.#open = false;
    for (const listener of this.#closed.splice(0)) listener();
  }

  hold(): void {
    this.#held = true;
  }

  /** Sends every watched view as it is now. */
  tell(): void {
    for (const [id, view] of this.#watching) this.#send({ frame: "view", id, value: this.#parts.show(view) });
  }

  #send(frame: ResponseFrame): void {
    const text = JSON.stringify(frame);
    const receive = this.#receive;
    queueMicrotask(() => {
      if (this.#open && !this.#held) receive(JSON.parse(text));
    });
  }

  #take(message: unknown): void {
    const frame: RequestFrame = requestFrameSchema.parse(message);
    if (frame.frame === "unwatch") this.#watching.delete(frame.id);
    if (frame.frame === "watch" && isView(frame.view)) {
      this.#watching.set(frame.id, frame.view);
      this.#send({ frame: "view", id: frame.id, value: this.#parts.show(frame.view) });
    }
    if (frame.frame === "call") this.#answer(frame.id, frame.verb, frame.args);
  }

  #answer(id: number, verb: string, args: unknown): void {
    const parsed = isVerb(verb) ? VERBS[verb].args.safeParse(args) : null;
    if (!isVerb(verb) || parsed === null)
      this.#send({ frame: "fault", id, reason: "unknownVerb", message: verb });
    else if (!parsed.success)
      this.#send({ frame: "fault", id, reason: "badArguments", message: parsed.error.message });
    else this.#send({ frame: "answer", id, value: this.#parts.perform(verb, parsed.data) });
  }
}

function isVerb(text: string): text is Verb {
  return Object.hasOwn(VERBS, text);
}

function isView(text: string): text is View {
  return Object.hasOwn(VIEWS, text);
}
