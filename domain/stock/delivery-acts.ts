import type { Instant } from "../ids.ts";
import type {
  DatedDeliveryAct,
  Delivery,
  DeliveryActor,
  DeliveryArticle,
  DeliveryLine,
  DeliveryOpening,
  DeliveryTrace,
  OrderedLine,
} from "./delivery.ts";
import { type DeliveryState, deliveryActFits, isDeliveryOver } from "./delivery-state.ts";

/** A delivery as it was asked for. Stores do not know of it before it is confirmed. */
export function openDelivery(
  { lines, ...opening }: DeliveryOpening,
  { at, by }: { readonly at: Instant; readonly by: DeliveryActor },
): Delivery {
  return {
    ...opening,
    openedAt: at,
    openedBy: by,
    state: "draft",
    closedAt: null,
    isSaidAll: false,
    opened: lines,
    lines: lines.map(untouched),
    history: [],
  };
}

/**
 * A delivery after these acts. They may come in any order, and more than once: the history is put in the order in which things happened, by time and
 * then by id, and the delivery follows from its history alone. Pieces count whether or not their act fitted. Server and till's overlay fold with this.
 */
export function withDeliveryActs(before: Delivery, acts: readonly DatedDeliveryAct[]): Delivery {
  const known = new Map<string, DatedDeliveryAct>(before.history.map((trace) => [trace.id, trace]));
  for (const act of acts) if (!known.has(act.id)) known.set(act.id, act);
  if (known.size === before.history.length) return before;
  const ordered = [...known.values()].toSorted(inTime);
  let now: Delivery = {
    ...before,
    state: "draft",
    closedAt: null,
    isSaidAll: false,
    lines: before.opened.map(untouched),
    history: [],
  };
  const history: DeliveryTrace[] = [];
  for (const { id, at, by, act } of ordered) {
    const fits = deliveryActFits(now.state, act.kind);
    now = acted(now, { id, at, by, act });
    history.push({ id, at, by, act, fits, state: now.state });
  }
  return { ...now, history };
}

function inTime(a: DatedDeliveryAct, b: DatedDeliveryAct): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function untouched(line: OrderedLine): DeliveryLine {
  return { ...line, sent: 0, good: 0, damaged: 0, writtenOff: 0 };
}

function acted(before: Delivery, { at, act }: DatedDeliveryAct): Delivery {
  switch (act.kind) {
    case "confirmed":
      return deliveryActFits(before.state, "confirmed") ? { ...before, state: "expected" } : before;
    case "sent": {
      const lines = act.lines.reduce(
        (all, { pieces, ...article }) =>
          withLine(all, article, (line) => ({ ...line, sent: line.sent + pieces })),
        before.lines,
      );
      return settled({ ...before, lines }, { at, state: "sent" });
    }
    case "received": {
      const lines = act.lines.reduce(
        (all, { good, damaged, ...article }) =>
          withLine(all, article, (line) => ({
            ...line,
            good: line.good + good,
            damaged: line.damaged + damaged,
            // What was given up turned up after all.
            writtenOff: Math.max(0, line.writtenOff - good - damaged),
          })),
        before.lines,
      );
      return settled({ ...before, lines, isSaidAll: act.isAll }, { at, state: "partlyReceived" });
    }
    case "closedShort": {
      if (!deliveryActFits(before.state, "closedShort")) return before;
      const lines = before.lines.map((line) => ({
        ...line,
        writtenOff: line.writtenOff + Math.max(0, underWayOf(before, line)),
      }));
      return { ...before, lines, state: "closedShort", closedAt: at };
    }
    case "cancelled":
      return deliveryActFits(before.state, "cancelled")
        ? { ...before, state: "cancelled", closedAt: at }
        : before;
  }
}

/** Where goods that moved leave it: received once all that was announced is there, over where it was given up before. */
function settled(
  after: Delivery,
  { at, state }: { readonly at: Instant; readonly state: DeliveryState },
): Delivery {
  if (after.state === "closedShort" && state === "partlyReceived") return after;
  const isAnnounced = after.kind === "supplier" || isSent(after);
  const hasArrived = after.lines.some((line) => arrivedOf(line) > 0);
  if (isAnnounced && hasArrived && after.lines.every((line) => stillToCome(after, line) === 0))
    return { ...after, state: "received", closedAt: after.closedAt ?? at };
  const now = state === "sent" && hasArrived ? "partlyReceived" : state;
  return { ...after, state: now, closedAt: null };
}

function withLine(
  lines: readonly DeliveryLine[],
  article: DeliveryArticle,
  change: (line: DeliveryLine) => DeliveryLine,
): readonly DeliveryLine[] {
  const isKnown = lines.some(({ variant }) => variant === article.variant);
  const all = isKnown ? lines : [...lines, untouched({ ...article, ordered: 0 })];
  return all.map((line) => (line.variant === article.variant ? change(line) : line));
}

/** Pieces of a line that arrived, whole or not. */
export function arrivedOf({ good, damaged }: Pick<DeliveryLine, "good" | "damaged">): number {
  return good + damaged;
}

/**
 * Pieces of a line that left a store and are in no other: sent − received − written off. Below zero where a receiver told before the sender, or
 * more arrived than was sent. A supplier's goods are nobody's stock before they arrive: always 0.
 */
export function underWayOf({ kind }: Pick<Delivery, "kind">, line: DeliveryLine): number {
  return kind === "supplier" ? 0 : line.sent - arrivedOf(line) - line.writtenOff;
}

/** Pieces of a line that may still arrive: of what was sent, or of what was asked for where nobody has sent it yet. */
export function openOf(delivery: Delivery, line: DeliveryLine): number {
  return isDeliveryOver(delivery.state) ? 0 : stillToCome(delivery, line);
}

function stillToCome(delivery: Delivery, line: DeliveryLine): number {
  return Math.max(0, (isSent(delivery) ? line.sent : line.ordered) - arrivedOf(line));
}

function isSent({ kind, lines }: Delivery): boolean {
  return kind === "transfer" && lines.some(({ sent }) => sent > 0);
}
