import type { LineId } from "../ids.ts";
import { type ActContext, actOn } from "./act.ts";
import { givenUpOf } from "./giving-up.ts";
import { allThatIsDue } from "./goods.ts";
import type { Fulfilment, Order } from "./order.ts";
import { placedOf, withFulfilment } from "./routing.ts";
import { isOpen } from "./transitions.ts";

/**
 * An order without the parts that are superfluous because more of it left a store than was known: one that was cut off sent, or handed out, what had been moved to another meanwhile. Called off is a
 * part, the newest first, of which all that is still due has left elsewhere; of one that has something else to give as well people decide, by the exception that is raised anyway.
 */
export function withSuperfluousCalledOff(order: Order, context: ActContext): Order {
  const excess = new Map(
    order.lines.map(({ id, quantity }) => [
      id,
      placedOf(order, id) - (quantity - givenUpWithNoPart(order, id)),
    ]),
  );
  return order.fulfilments.toReversed().reduce((so, part) => {
    const due = isOpen(part.state) ? allThatIsDue(part) : [];
    if (due.length === 0 || due.some(({ line, quantity }) => (excess.get(line) ?? 0) < quantity)) return so;
    for (const { line, quantity } of due) excess.set(line, (excess.get(line) ?? 0) - quantity);
    return withFulfilment(so, calledOff(part, context));
  }, order);
}

/** What no store has, or will have: given up as missing. Of what was given up as a part was cancelled or expired, and left after all, the rest is still owed. */
function givenUpWithNoPart(order: Order, line: LineId): number {
  const withParts = order.fulfilments
    .filter(({ trace }) => trace.some(({ act }) => act === "cancelled" || act === "expired"))
    .flatMap(({ lines }) => lines.filter((each) => each.line === line))
    .reduce((sum, { quantity, missing }) => sum + quantity - missing, 0);
  return Math.max(0, givenUpOf(order, line) - withParts);
}

function calledOff(part: Fulfilment, context: ActContext): Fulfilment {
  return actOn(part, { type: "cancelled", reason: "It has left another store already" }, context);
}
