import type { ExceptionKind } from "../exceptions/exceptions.ts";
import type { FulfilmentAct } from "./act.ts";
import type { Fulfilment } from "./order.ts";

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
      return act.lines.some(({ line, from }) => from < handedBefore(before, line)) ? ["handedOutTwice"] : [];
    }
    case "picked": {
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

function handedBefore(fulfilment: Fulfilment, line: string): number {
  return fulfilment.lines.find((each) => each.line === line)?.handed ?? 0;
}
