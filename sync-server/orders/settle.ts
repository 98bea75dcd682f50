import type { LineId, StoreId } from "#domain/ids.ts";
import { givenUpOf, giveUp, handedOf } from "#domain/orders/giving-up.ts";
import { allThatIsDue } from "#domain/orders/goods.ts";
import type { Actor, Fulfilment, Order } from "#domain/orders/order.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { openNeeds } from "#domain/orders/routing.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveOrder } from "./ledger.ts";
import { afterAct } from "./perform.ts";
import { route } from "./route.ts";

/**
 * Ends the waiting of a part of which pieces were not found: they are given back in money, or another store finds them. What was picked becomes ready;
 * where nothing was, the part is over. Nothing is changed where no store has the rest.
 */
export async function settleShort(
  publication: Publication,
  {
    order,
    part,
    rest,
    by,
    store,
    newId,
  }: {
    readonly order: Order;
    readonly part: Fulfilment;
    readonly rest: "refundRest" | "rerouteRest";
    readonly by: Actor;
    readonly store: StoreId | null;
    readonly newId: () => string;
  },
): Promise<Result<null, "noStoreHasIt">> {
  const policy = orderPolicyOf((await publication.tx.store(part.store)) ?? {});
  const context = { at: publication.at, by, keepReadyMs: policy.keepReadyMs };
  const lines = part.lines.map(({ line, picked }) => ({ line, quantity: picked, substitute: null }));
  const act = { type: "picked", lines, shelf: part.shelf ?? "", rest } as const;
  // What the till picked stays with whoever picked it: HQ's word does not claim it.
  const settled = afterAct({ order, fulfilment: part.id, act, context }, publication);
  const kept = withClaim(settled, part);
  let after = kept;
  if (rest === "rerouteRest" && openNeeds(kept).length > 0) {
    const wish = store === null ? "byRules" : { store };
    const routed = await route(publication, { order: kept, wish, newId });
    if (!routed.ok) return refused(routed.reason);
    after = routed.value;
  }
  await saveOrder(publication, { before: order, after, newId });
  return ok(null);
}

function withClaim(order: Order, { id, claimedBy }: Fulfilment): Order {
  const fulfilments = order.fulfilments.map((each) => (each.id === id ? { ...each, claimedBy } : each));
  return { ...order, fulfilments };
}

/** Gives back what was paid for pieces of a part that is over and that nobody got; what was given back already is not given twice. Refused while a store still works on it. */
export async function refundUndelivered(
  publication: Publication,
  { order, part, newId }: { readonly order: Order; readonly part: Fulfilment; readonly newId: () => string },
): Promise<Result<null, "notNow">> {
  if (isOpen(part.state)) return refused("notNow");
  const pieces = allThatIsDue(part).map(({ line, quantity }) => ({
    line,
    quantity: Math.min(quantity, notGivenUp(order, line)),
  }));
  const after = giveUp(
    order,
    pieces.filter(({ quantity }) => quantity > 0),
  );
  if (after !== order) await saveOrder(publication, { before: order, after, newId });
  return ok(null);
}

function notGivenUp(order: Order, line: LineId): number {
  const ordered = order.lines.find(({ id }) => id === line)?.quantity ?? 0;
  return Math.max(0, ordered - givenUpOf(order, line) - handedOf(order, line));
}
