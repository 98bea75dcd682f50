import type { Closing, Exception, ExceptionKind } from "#domain/exceptions/exceptions.ts";
import type { FulfilmentId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Actor, Fulfilment, Order } from "#domain/orders/order.ts";
import type { PlacingDoubt } from "#domain/orders/place.ts";
import type { FulfilmentState } from "#domain/orders/transitions.ts";
import { closeException, raiseException } from "../exceptions/raise.ts";
import type { Publication } from "../sync/publisher.ts";

/** Says what is odd about an order that was taken all the same. */
export async function raiseDoubts(
  publication: Publication,
  order: Order,
  doubts: readonly PlacingDoubt[],
): Promise<void> {
  const { id, number, lines, delivery } = order;
  const details: Readonly<Record<PlacingDoubt, Readonly<Record<string, string>>>> = {
    unknownProduct: {
      number,
      skus: lines
        .filter(({ variant }) => variant === null)
        .map(({ sku }) => sku)
        .join(", "),
    },
    addressMissing: { number },
    paidAmountDiffers: amountsOf(order),
  };
  const store = delivery.kind === "pickup" ? delivery.store : null;
  for (const kind of doubts) {
    const subject = { order: id, fulfilment: null };
    await raiseException(publication, { id: `${kind}:${id}`, kind, store, subject, detail: details[kind] });
  }
}

/** What was paid of an order and what it costs, as an exception's detail. */
export function amountsOf({
  number,
  currency,
  payment: { paid, total },
}: Order): Readonly<Record<"number" | "paid" | "total", string>> {
  return {
    number,
    paid: `${decimalText(paid)} ${currency}`,
    total: `${decimalText(total)} ${currency}`,
  };
}

/** No store can do (the rest of) an order. Raised anew when more stores have declined since it was settled. */
export async function raiseNoStore(publication: Publication, order: Order): Promise<void> {
  const { id, number, declinedBy, fulfilments } = order;
  await raiseException(publication, {
    id: `noStoreForOrder:${id}:${declinedBy.length}:${fulfilments.length}`,
    kind: "noStoreForOrder",
    store: null,
    subject: { order: id, fulfilment: null },
    detail: { number },
  });
}

/** What needs nobody's decision any more since the order went another way. */
export async function closeSettled(
  publication: Publication,
  order: Order,
  {
    kinds,
    fulfilment = null,
    ...closing
  }: Pick<Closing, "resolution" | "by" | "note"> & {
    readonly kinds: readonly ExceptionKind[];
    /** Only what is about this part, where it is named. */
    readonly fulfilment?: FulfilmentId | null;
  },
): Promise<void> {
  const { tx, at } = publication;
  for (const id of await tx.exceptionsOf(order.id)) {
    const exception = await tx.exception(id);
    if (exception === null || exception.closing !== null || !kinds.includes(exception.kind)) continue;
    if (fulfilment !== null && exception.subject?.fulfilment !== fulfilment) continue;
    await closeException(publication, exception, { ...closing, at });
  }
}

/** By what a part is late no longer, in words. */
const LATE_NO_LONGER: Readonly<Record<FulfilmentState, string | null>> = {
  allocated: null,
  accepted: null,
  picking: null,
  short: null,
  ready: "It is ready.",
  collected: "It was collected.",
  shipped: "It was sent.",
  declined: "The store declined it.",
  cancelled: "It was cancelled.",
  expired: "It was not collected in time.",
};

/** A part that is late needs nobody once it is done or over. */
export async function closeLate(
  publication: Publication,
  order: Order,
  { id, state }: Fulfilment,
): Promise<void> {
  const note = LATE_NO_LONGER[state];
  if (note === null) return;
  const closing = { resolution: "causeGone", by: nameOfActor({ kind: "server" }), note } as const;
  await closeSettled(publication, order, { kinds: ["late"], fulfilment: id, ...closing });
}

/** A store that fell silent is heard again: its till sees the order. */
export async function closeSilent(publication: Publication, exception: Exception): Promise<void> {
  await closeException(publication, exception, {
    resolution: "causeGone",
    by: nameOfActor({ kind: "server" }),
    note: "The store's tills are heard again.",
    at: publication.at,
  });
}

/** Who did something, as an exception's closing names it. */
export function nameOfActor(by: Actor): string {
  switch (by.kind) {
    case "hq":
      return by.who;
    case "shop":
      return by.channel;
    case "staff":
      return by.staff ?? by.device;
    case "server":
      return "Onetill";
  }
}
