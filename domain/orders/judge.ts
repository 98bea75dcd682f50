import type { ExceptionKind } from "../exceptions/exceptions.ts";
import type { FulfilmentAct } from "./act.ts";
import type { Fulfilment } from "./order.ts";
import { fits } from "./transitions.ts";

/** What is wrong with an act, given the fulfilment as it was before it. An act is booked whatever this says. */
export function judge({
  before,
  act,
}: {
  readonly before: Fulfilment;
  readonly act: FulfilmentAct;
}): readonly ExceptionKind[] {
  switch (act.type) {
    case "handedOver":
    case "shipped": {
      if (before.state === "cancelled" || before.state === "declined" || before.state === "expired")
        return ["handedOutAfterCancellation"];
      if (act.lines.some(({ line, from }) => from < handedBefore(before, line))) return ["handedOutTwice"];
      // Pieces that were given up before anybody here knew that they had left.
      return act.lines.some(({ line, from, quantity }) => from + quantity > dueBefore(before, line))
        ? ["handedOutAfterCancellation"]
        : [];
    }
    case "picked": {
      // Nothing waits for what such a till did not find: the part went another way.
      if (!fits(act.type, before.state)) return [];
      const found = new Map(act.lines.map((each) => [each.line, each.quantity]));
      const isShort = before.lines.some((line) => (found.get(line.line) ?? 0) < line.quantity - line.missing);
      return isShort ? ["shortPick"] : [];
    }
    case "accepted":
    case "declined":
    case "pickingStarted":
    case "pickingStopped":
    case "cancelled":
    case "expired":
    case "restocked":
      return [];
  }
}

/** Pieces of a line that are wanted of this store, those that were handed over in it. */
function dueBefore(fulfilment: Fulfilment, line: string): number {
  const due = fulfilment.lines.find((each) => each.line === line);
  return due === undefined ? 0 : due.quantity - due.missing;
}

function handedBefore(fulfilment: Fulfilment, line: string): number {
  return fulfilment.lines.find((each) => each.line === line)?.handed ?? 0;
}
