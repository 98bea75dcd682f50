import type { Channel } from "#protocol/till/channel.ts";
import { VERBS, type Verb, VIEWS, type View } from "#protocol/till/contract.ts";
import { type RequestFrame, type ResponseFrame, requestFrameSchema } from "#protocol/till/frames.ts";
import type { TillService } from "./till-service.ts";

/** Views watched by one renderer: it has six. More is a mistake or an attack. */
const MAX_WATCHES = 50;

export interface RpcSettings {
  readonly service: TillService;
  readonly channel: Channel;
  /** A defect: a verb or a view threw that should have answered. */
  readonly onDefect: (what: string, error: unknown) => void;
}

/** Serves the till's contract on one channel until it closes. What is not of the contract is answered with a fault and does nothing. */
export function serveRpc({ service, channel, onDefect }: RpcSettings): void {
  const watches = new Map<number, () => void>();
  const send = (frame: ResponseFrame) => channel.send(frame);
  channel.onMessage((message) => {
    const frame = requestFrameSchema.safeParse(message);
    if (!frame.success) return;
    handle(frame.data);
  });
  channel.onClose(() => {
    for (const stop of watches.values()) stop();
    watches.clear();
  });

  function handle(frame: RequestFrame): void {
    switch (frame.frame) {
      case "call":
        void call(frame.id, frame.verb, frame.args);
        return;
      case "watch":
        watch(frame.id, frame.view);
        return;
      case "unwatch":
        watches.get(frame.id)?.();
        watches.delete(frame.id);
        return;
    }
  }

  async function call(id: number, verb: string, args: unknown): Promise<void> {
    if (!isVerb(verb))
      return send({
        frame: "fault",
        id,
        reason: "unknownVerb",
        message: `the till has no verb ${verb.slice(0, 40)}`,
      });
    const parsed = VERBS[verb].args.safeParse(args);
    if (!parsed.success)
      return send({
        frame: "fault",
        id,
        reason: "badArguments",
        message: parsed.error.issues[0]?.message ?? "bad arguments",
      });
    try {
      send({ frame: "answer", id, value: await perform(service, verb, parsed.data) });
    } catch (error) {
      onDefect(verb, error);
      send({
        frame: "fault",
        id,
        reason: "internal",
        message: "The till could not do this. Nothing was lost; try again.",
      });
    }
  }

  function watch(id: number, view: string): void {
    if (!isView(view)) {
      send({
        frame: "fault",
        id,
        reason: "unknownVerb",
        message: `the till has no view ${view.slice(0, 40)}`,
      });
      return;
    }
    if (watches.has(id) || watches.size >= MAX_WATCHES) {
      send({ frame: "fault", id, reason: "badArguments", message: "too many watches" });
      return;
    }
    if (!show(id, view)) {
      send({ frame: "fault", id, reason: "internal", message: "The till cannot show this right now." });
      return;
    }
    watches.set(
      id,
      service.views[view].watch(() => show(id, view)),
    );
  }

  /** False when the view cannot be put together. Nobody who changes something (the journal, a sale) fails of a view of it. */
  function show(id: number, view: View): boolean {
    try {
      send({ frame: "view", id, value: service.views[view].current() });
      return true;
    } catch (error) {
      onDefect(view, error);
      return false;
    }
  }
}

function isVerb(text: string): text is Verb {
  return Object.hasOwn(VERBS, text);
}

function isView(text: string): text is View {
  return Object.hasOwn(VIEWS, text);
}

/** `args` were parsed by this verb's own schema; the table's type cannot say so for a verb known only at run time. */
function perform(service: TillService, verb: Verb, args: unknown): Promise<unknown> {
  const act = service.verbs[verb] as (args: unknown) => Promise<unknown>;
  return act(args);
}
