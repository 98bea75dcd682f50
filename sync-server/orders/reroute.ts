import type { ExceptionKind } from "#domain/exceptions/exceptions.ts";
import type { FulfilmentId } from "#domain/ids.ts";
import { reservedBy } from "#domain/orders/goods.ts";
import type { Actor, Order } from "#domain/orders/order.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { openNeeds } from "#domain/orders/routing.ts";
import { fits } from "#domain/orders/transitions.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveOrder } from "./ledger.ts";
import { closeSettled, nameOfActor } from "./order-exceptions.ts";
import { afterAct, partOf } from "./perform.ts";
import { articleBySku } from "./placing.ts";
import { route, type Wish } from "./route.ts";

/** Taking a part of an order, or (null) whatever has no store, to where it can be done. */
export interface Move {
  readonly order: Order;
  readonly fulfilment: FulfilmentId | null;
  readonly wish: Wish;
  readonly reason: string;
  readonly by: Actor;
  readonly newId: () => string;
}

export type MoveRefusal = "noSuchFulfilment" | "notNow" | "noStoreHasIt";

/** Moves a part to another store. Nothing is changed where no store can take it. */
export async function moveOn(publication: Publication, move: Move): Promise<Result<Order, MoveRefusal>> {
  const { order, fulfilment: id, wish, reason, by, newId } = move;
  const part = id === null ? undefined : partOf(order, id);
  if (id !== null && part === undefined) return refused("noSuchFulfilment");
  if (part !== undefined && !fits("declined", part.state)) return refused("notNow");
  let left = await withFoundProducts(publication.tx, order);
  if (part !== undefined) {
    const store = await publication.tx.store(part.store);
    const { keepReadyMs } = orderPolicyOf(store ?? {});
    const context = { at: publication.at, by, keepReadyMs };
    const act = { type: "declined", reason } as const;
    left = afterAct({ order: left, fulfilment: part.id, act, context }, publication);
  }
  if (order.cancelledAt !== null || openNeeds(left).length === 0) return refused("notNow");
  const free =
    part === undefined
      ? []
      : [...reservedBy(part)].map(([variant, pieces]) => ({ store: part.store, variant, pieces }));
  const routed = await route(publication, { order: left, wish, newId, free });
  if (!routed.ok) return refused(routed.reason);
  const closing = { resolution: "reroute", by: nameOfActor(by), note: reason } as const;
  const isAllKnown = routed.value.lines.every(({ variant }) => variant !== null);
  const kinds: readonly ExceptionKind[] = isAllKnown
    ? ["noStoreForOrder", "unknownProduct"]
    : ["noStoreForOrder"];
  await closeSettled(publication, routed.value, { kinds, ...closing });
  if (part !== undefined) {
    const settled = { kinds: ["late", "storeSilent"], fulfilment: part.id } as const;
    await closeSettled(publication, routed.value, { ...settled, ...closing });
  }
  await saveOrder(publication, { before: order, after: routed.value, newId });
  return ok(routed.value);
}

/** Products that came into the catalogue since the order named them. */
async function withFoundProducts(tx: ReadTransaction, order: Order): Promise<Order> {
  if (order.lines.every(({ variant }) => variant !== null)) return order;
  const lines: Order["lines"][number][] = [];
  for (const line of order.lines) {
    const found = line.variant === null ? await articleBySku(tx, line.sku) : null;
    lines.push(
      found === null
        ? line
        : { ...line, variant: found.variant, options: found.options, taxClass: found.taxClass },
    );
  }
  return { ...order, lines };
}
