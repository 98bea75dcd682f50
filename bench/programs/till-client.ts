import {
  VERBS,
  type Verb,
  type VerbAnswer,
  type VerbArgs,
  VIEWS,
  type View,
  type ViewValue,
} from "#protocol/till/contract.ts";
import { type RequestFrame, type ResponseFrame, responseFrameSchema } from "#protocol/till/frames.ts";

/** An answer, and how long it took from the call until it was here, milliseconds. */
export interface Timed<T> {
  readonly answer: T;
  readonly ms: number;
}

/** A view, and when it was here, by `performance.now()`. */
export interface Seen<T> {
  readonly value: T;
  readonly at: number;
}

interface Call {
  readonly sentAt: number;
  readonly resolve: (answered: Timed<unknown>) => void;
  readonly reject: (error: Error) => void;
}

/** The renderer's end of the till's contract, with a stopwatch: times are taken when a frame is here, before it is checked. */
export class TillClient {
  readonly #send: (frame: RequestFrame) => void;
  readonly #calls = new Map<number, Call>();
  readonly #watches = new Map<number, (value: unknown, at: number) => void>();
  readonly #waiting = new Set<(error: Error) => void>();
  #ids = 0;

  constructor(send: (frame: RequestFrame) => void) {
    this.#send = send;
  }

  async call<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>> {
    return (await this.timed(verb, args)).answer;
  }

  async timed<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<Timed<VerbAnswer<V>>> {
    const id = this.#nextId();
    const { answer, ms } = await new Promise<Timed<unknown>>((resolve, reject) => {
      this.#calls.set(id, { sentAt: performance.now(), resolve, reject });
      this.#send({ frame: "call", id, verb, args });
    });
    return { answer: checkedAnswer(verb, answer), ms };
  }

  /** `at` is when the view was here, by `performance.now()`. Returns what ends the watching. */
  watch<W extends View>(view: W, onValue: (value: ViewValue<W>, at: number) => void): () => void {
    const id = this.#nextId();
    this.#watches.set(id, (value, at) => onValue(checkedView(view, value), at));
    this.#send({ frame: "watch", id, view });
    return () => {
      this.#watches.delete(id);
      this.#send({ frame: "unwatch", id });
    };
  }

  /** Resolves with what a view was when it first was as asked for. */
  until<W extends View>(view: W, isSo: (value: ViewValue<W>) => boolean): Promise<Seen<ViewValue<W>>> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const end = this.watch(view, (value, at) => {
        if (!isSo(value)) return;
        end();
        this.#waiting.delete(reject);
        resolve({ value, at });
      });
    });
  }

  /** Takes in a frame of the engine that was here at `at`. */
  receive(message: unknown, at: number): void {
    const frame: ResponseFrame = responseFrameSchema.parse(message);
    if (frame.frame === "view") {
      this.#watches.get(frame.id)?.(frame.value, at);
      return;
    }
    const call = this.#calls.get(frame.id);
    this.#calls.delete(frame.id);
    if (frame.frame === "fault") call?.reject(new Error(`the engine failed: ${frame.message}`));
    else call?.resolve({ answer: frame.value, ms: at - call.sentAt });
  }

  /** The engine is gone: nobody will answer what is still open. */
  lose(error: Error): void {
    for (const call of this.#calls.values()) call.reject(error);
    for (const reject of this.#waiting) reject(error);
    this.#calls.clear();
    this.#waiting.clear();
  }

  #nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }
}

/** The boundary: the schema is the verb's own, which the table's type cannot say for a verb known only as `V`. */
function checkedAnswer<V extends Verb>(verb: V, answer: unknown): VerbAnswer<V> {
  return VERBS[verb].answer.parse(answer) as VerbAnswer<V>;
}

function checkedView<W extends View>(view: W, value: unknown): ViewValue<W> {
  return VIEWS[view].parse(value) as ViewValue<W>;
}
