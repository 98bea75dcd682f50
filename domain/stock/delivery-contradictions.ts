import type { Delivery, DeliveryTrace } from "./delivery.ts";
import { arrivedOf } from "./delivery-acts.ts";

/** What cannot all be true of a delivery, as exceptions name it. */
export const DELIVERY_CONTRADICTIONS = [
  "receivedMoreThanSent",
  "receivedTwice",
  "receivedAfterClosing",
  "sentTwice",
  "sentAfterCancellation",
] as const;
export type DeliveryContradiction = (typeof DELIVERY_CONTRADICTIONS)[number];

/**
 * What contradicts itself in all that is told of a delivery so far. It may go again: what a till tells late can explain it. Pieces count in any
 * case; these are for people to look into.
 */
export function contradictionsOf(delivery: Delivery): readonly DeliveryContradiction[] {
  const { kind, history, lines } = delivery;
  const sent = history.filter(({ act }) => act.kind === "sent");
  const late = history.filter(({ act, fits }) => act.kind === "received" && !fits);
  const wasOver = new Set(statesBefore(history, late));
  const over = lines.filter((line) => arrivedOf(line) > (kind === "transfer" ? line.sent : line.ordered));
  const isTwice = over.some(({ variant }) => receiversOf(history, variant).size > 1);
  const found: DeliveryContradiction[] = [];
  // Received before anybody told of sending it: the sender's till is cut off, and will tell.
  const isAwaited = kind === "transfer" && sent.length === 0;
  if (over.length > 0 && !isAwaited) found.push(isTwice ? "receivedTwice" : "receivedMoreThanSent");
  if (wasOver.has("cancelled") || wasOver.has("closedShort")) found.push("receivedAfterClosing");
  if (new Set(sent.map(({ by }) => (by.kind === "staff" ? by.device : ""))).size > 1) found.push("sentTwice");
  if (statesBefore(history, sent).includes("cancelled")) found.push("sentAfterCancellation");
  return found;
}

function statesBefore(history: readonly DeliveryTrace[], of: readonly DeliveryTrace[]) {
  return of.flatMap((trace) => {
    const before = history[history.indexOf(trace) - 1];
    return before === undefined ? [] : [before.state];
  });
}

/** Tills that received pieces of a variant. */
function receiversOf(history: readonly DeliveryTrace[], variant: string): ReadonlySet<string> {
  return new Set(
    history.flatMap(({ act, by }) =>
      act.kind === "received" && by.kind === "staff" && act.lines.some((line) => line.variant === variant)
        ? [by.device]
        : [],
    ),
  );
}
