import type { Closing, ExceptionKind } from "#domain/exceptions/exceptions.ts";
import type { FulfilmentId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Actor, Order } from "#domain/orders/order.ts";
import type { PlacingDoubt } from "#domain/orders/place.ts";
import { closeException, raiseException } from "../exceptions/raise.ts";
import type { Publication } from "../sync/publisher.ts";

/** Says what is odd about an order that was taken all the same. */
export async function raiseDoubts(
  publication: Publication,
  order: Order,
  doubts: readonly PlacingDoubt[],
): Promise<void> {
  const { id, number, lines, payment, delivery } = order;
  const details: Readonly<Record<PlacingDoubt, Readonly<Record<string, string>>>> = {
    unknownProduct: {
      number,
      skus: lines
        .filter(({ variant }) => variant === null)
        .map(({ sku }) => sku)
        .join(", "),
    },
    addressMissing: { number },
    paidAmountDiffers: {
      number,
      paid: `${decimalText(payment.paid)} ${order.currency}`,
      total: `${decimalText(payment.total)} ${order.currency}`,
    },
  };
  const store = delivery.kind === "pickup" ? delivery.store : null;
  for (const kind of doubts) {
    const subject = { order: id, fulfilment: null };
    await raiseException(publication, { id: `${kind}:${id}`, kind, store, subject, detail: details[kind] });
  }
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
