import type { Channel } from "#protocol/till/channel.ts";
import {
  type TillClient,
  VERBS,
  type Verb,
  type VerbAnswer,
  type VerbArgs,
  VIEWS,
  type View,
  type ViewValue,
} from "#protocol/till/contract.ts";
import { type RequestFrame, responseFrameSchema } from "#protocol/till/frames.ts";

/** The engine did not answer: it fell, or the line to it did. The act may have happened; views tell. */
export class EngineAway extends Error {}

/** The engine says that the call itself is wrong or that it failed. */
export class EngineFault extends Error {}

interface Waiting {
  readonly verb: Verb;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Watching {
  readonly view: View;
  readonly take: (value: unknown) => void;
}

export interface ConnectedClient extends TillClient {
  /** Goes on over a fresh channel: watches are asked for again, calls under way are reported as unanswered. */
  connect(channel: Channel): void;
  onConnection(listener: (connected: boolean) => void): void;
}

/** The renderer's end of the contract. Every answer and every view is checked by its schema. */
export function createTillClient(): ConnectedClient {
  const waiting = new Map<number, Waiting>();
  const watching = new Map<number, Watching>();
  const listeners = new Set<(connected: boolean) => void>();
  let channel: Channel | null = null;
  let nextId = 1;

  function send(frame: RequestFrame): void {
    channel?.send(frame);
  }

  function receive(message: unknown): void {
    const frame = responseFrameSchema.safeParse(message);
    if (!frame.success) return;
    if (frame.data.frame === "view") {
      watching.get(frame.data.id)?.take(frame.data.value);
      return;
    }
    const call = waiting.get(frame.data.id);
    waiting.delete(frame.data.id);
    if (call === undefined) return;
    if (frame.data.frame === "fault") call.reject(new EngineFault(frame.data.message));
    else call.resolve(frame.data.value);
  }

  function lose(lost: Channel): void {
    if (channel !== lost) return;
    channel = null;
    for (const call of waiting.values()) call.reject(new EngineAway("the engine did not answer"));
    waiting.clear();
    for (const listener of listeners) listener(false);
  }

  return {
    connect(fresh) {
      channel = fresh;
      fresh.onMessage(receive);
      fresh.onClose(() => lose(fresh));
      for (const [id, { view }] of watching) send({ frame: "watch", id, view });
      for (const listener of listeners) listener(true);
    },
    onConnection(listener) {
      listeners.add(listener);
    },
    call<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>> {
      if (channel === null) return Promise.reject(new EngineAway("the engine is not there"));
      const id = nextId++;
      return new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { verb, resolve, reject });
        send({ frame: "call", id, verb, args });
      }).then((value) => checkAnswer(verb, value));
    },
    watch(view, onValue) {
      const id = nextId++;
      watching.set(id, { view, take: (value) => onValue(checkView(view, value)) });
      send({ frame: "watch", id, view });
      return () => {
        watching.delete(id);
        send({ frame: "unwatch", id });
      };
    },
  };
}

/** The boundary: what came over the wire is an answer of this verb, or it throws. */
function checkAnswer<V extends Verb>(verb: V, value: unknown): VerbAnswer<V> {
  return VERBS[verb].answer.parse(value) as VerbAnswer<V>;
}

function checkView<W extends View>(view: W, value: unknown): ViewValue<W> {
  return VIEWS[view].parse(value) as ViewValue<W>;
}
