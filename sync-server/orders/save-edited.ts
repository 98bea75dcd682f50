import { givenUpOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { openNeeds } from "#domain/orders/routing.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { Publication } from "../sync/publisher.ts";
import { SETTLED_BY_CANCELLING } from "./cancel.ts";
import { saveOrder } from "./ledger.ts";
import { closeSettled, raiseNoStore } from "./order-exceptions.ts";
import { automaticWish } from "./perform.ts";
import { route } from "./route.ts";

interface Edited {
  readonly before: Order;
  readonly after: Order;
  /** Whoever wanted it so, as the exceptions that it settles tell. */
  readonly by: string;
  readonly reason: string;
  readonly newId: () => string;
}

/** Writes an order that its shop or HQ changed: what may go to a store by that goes, and exceptions that it settles are closed. Answers it as it is then. */
export async function saveEdited(publication: Publication, edited: Edited): Promise<Order> {
  const { before, newId } = edited;
  const routed = mayGoToAStore(before, edited.after)
    ? await route(publication, { order: edited.after, wish: automaticWish(edited.after), newId })
    : null;
  const after = routed?.ok === true ? routed.value : edited.after;
  if (after !== before) {
    await saveOrder(publication, { before, after, newId });
    await closeWhatIsSettled(publication, { ...edited, after });
  }
  if (routed?.ok === false) await raiseNoStore(publication, after);
  return after;
}

/** Whether an edit took away what kept an order from a store: there is an address now, or less is wanted than no store had. */
function mayGoToAStore(before: Order, after: Order): boolean {
  const waitsForPeople = after.lines.some(({ variant }) => variant === null) || hasNoAddress(after);
  if (waitsForPeople || openNeeds(after).length === 0) return false;
  const fewer = after.lines.some(({ id }) => givenUpOf(after, id) > givenUpOf(before, id));
  return hasNoAddress(before) || fewer;
}

function hasNoAddress({ delivery }: Order): boolean {
  return delivery.kind === "ship" && delivery.address === null;
}

async function closeWhatIsSettled(
  publication: Publication,
  { before, after, by, reason }: Omit<Edited, "newId">,
): Promise<void> {
  if (before.cancelledAt === null && after.cancelledAt !== null) {
    const closing = { kinds: SETTLED_BY_CANCELLING, resolution: "cancelOrder", by, note: reason } as const;
    await closeSettled(publication, after, closing);
  }
  const closing = { resolution: "accept", by, note: reason } as const;
  if (hasNoAddress(before) && !hasNoAddress(after))
    await closeSettled(publication, after, { ...closing, kinds: ["addressMissing"] });
  if (openNeeds(before).length > 0 && openNeeds(after).length === 0)
    await closeSettled(publication, after, { ...closing, kinds: ["noStoreForOrder"] });
  for (const { id, state } of after.fulfilments) {
    const was = before.fulfilments.find((each) => each.id === id);
    if (was === undefined || !isOpen(was.state) || isOpen(state)) continue;
    const kinds = ["shortPick", "late", "storeSilent"] as const;
    await closeSettled(publication, after, { ...closing, kinds, fulfilment: id });
  }
}
