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

/** How long a call waits for an engine that is away before it is reported as unanswered, milliseconds. */
const PATIENCE_MS = 8_000;

/** The engine did not answer: it fell, or the line to it did. An act under way may have happened; the views tell. */
export class EngineAway extends Error {}

/** Why a call that threw has no answer. */
export function whyUnanswered(error: unknown): "engineAway" | "internal" {
  return error instanceof EngineAway ? "engineAway" : "internal";
}

/** The engine says that the call itself is wrong or that it failed. */
export class EngineFault extends Error {}

interface Call {
  readonly frame: RequestFrame;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Watching {
  readonly view: View;
  readonly take: (value: unknown) => void;
}

export interface ConnectedClient extends TillClient {
  /** Goes on over a fresh channel: watches are asked for again, calls that waited for it are sent. */
  connect(channel: Channel): void;
  onConnection(listener: (connected: boolean) => void): void;
  /** Whether an answer is still out. */
  isWaiting(): boolean;
}

/**
 * The renderer's end of the contract. Arguments are checked before they leave, every answer and every view when it comes. A call made
 * while the engine is away waits for it; one that was under way when the line broke is reported as unanswered, never sent twice.
 */
export function createTillClient(): ConnectedClient {
  const sent = new Map<number, Call>();
  const queued = new Map<number, Call>();
  const watching = new Map<number, Watching>();
  const listeners = new Set<(connected: boolean) => void>();
  let channel: Channel | null = null;
  let nextId = 1;

  function receive(message: unknown): void {
    const frame = responseFrameSchema.safeParse(message);
    if (!frame.success) return;
    if (frame.data.frame === "view") {
      watching.get(frame.data.id)?.take(frame.data.value);
      return;
    }
    const call = sent.get(frame.data.id);
    sent.delete(frame.data.id);
    if (frame.data.frame === "fault") call?.reject(new EngineFault(frame.data.message));
    else call?.resolve(frame.data.value);
  }

  function lose(lost: Channel): void {
    if (channel !== lost) return;
    channel = null;
    for (const call of sent.values()) call.reject(new EngineAway("the engine did not answer"));
    sent.clear();
    for (const listener of listeners) listener(false);
  }

  function give(id: number, call: Call): void {
    if (channel !== null) {
      sent.set(id, call);
      channel.send(call.frame);
      return;
    }
    queued.set(id, call);
    setTimeout(() => {
      if (queued.delete(id)) call.reject(new EngineAway("the engine is not there"));
    }, PATIENCE_MS);
  }

  return {
    connect(fresh) {
      channel = fresh;
      fresh.onMessage(receive);
      fresh.onClose(() => lose(fresh));
      for (const [id, { view }] of watching) fresh.send({ frame: "watch", id, view });
      const waiting = [...queued];
      queued.clear();
      for (const [id, call] of waiting) give(id, call);
      for (const listener of listeners) listener(true);
    },
    onConnection(listener) {
      listeners.add(listener);
    },
    isWaiting: () => sent.size > 0 || queued.size > 0,
    call<V extends Verb>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>> {
      const checked = VERBS[verb].args.safeParse(args);
      if (!checked.success)
        return Promise.reject(new EngineFault(checked.error.issues[0]?.message ?? "bad arguments"));
      const id = nextId++;
      return new Promise<unknown>((resolve, reject) => {
        give(id, { frame: { frame: "call", id, verb, args: checked.data }, resolve, reject });
      }).then((value) => checkAnswer(verb, value));
    },
    watch(view, onValue) {
      const id = nextId++;
      watching.set(id, { view, take: (value) => showView(view, value, onValue) });
      channel?.send({ frame: "watch", id, view });
      return () => {
        watching.delete(id);
        channel?.send({ frame: "unwatch", id });
      };
    },
  };
}

/** The boundary: what came over the wire is an answer of this verb, or it throws. */
function checkAnswer<V extends Verb>(verb: V, value: unknown): VerbAnswer<V> {
  return VERBS[verb].answer.parse(value) as VerbAnswer<V>;
}

/** A view that does not fit the contract is not shown: what was there before stays, and the console says why. */
function showView<W extends View>(view: W, value: unknown, onValue: (value: ViewValue<W>) => void): void {
  const checked = VIEWS[view].safeParse(value);
  if (checked.success) onValue(checked.data as ViewValue<W>);
  else console.error(`the engine sent a ${view} view that does not fit`, checked.error.issues[0]);
}
