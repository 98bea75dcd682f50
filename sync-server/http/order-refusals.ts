import type { EditRefusal, RefundRefusal } from "#domain/orders/hq-edit.ts";
import { MAX_LINES_PER_ORDER, MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import type { PlacingRefusal } from "#domain/orders/place.ts";
import { Refusal } from "./errors.ts";

const PLACING: Readonly<Record<PlacingRefusal | "noSuchStore" | "noPickupThere", string>> = {
  noLines: "lines: an order has at least one line.",
  tooManyLines: `lines: an order has at most ${MAX_LINES_PER_ORDER} lines. Split it into several orders.`,
  quantityOutOfRange: `lines.quantity: a whole number from 1 to ${MAX_PIECES_PER_ORDER_LINE}.`,
  wrongCurrency:
    "currency: every amount of an order is in the order's own currency, which the stores keep; with `atPickup` the store that is named.",
  negativeAmount: "Amounts are zero or more. Send a discount as a lower line total, not as a negative line.",
  amountTooLarge:
    "Amounts are in whole cents, and all of an order's together no more than can be counted exactly.",
  duplicateLine: "lines.id: two lines have the same id. Leave the ids out where your shop has none.",
  shippingNotPayableAtPickup: "shipping: an order that is paid as it is collected has no shipping cost.",
  notPayableOnDelivery:
    "payment.kind: an order that is shipped is `paid` or `authorised`; `atPickup` goes with a pickup only.",
  noSuchStore: "delivery.store: there is no store with this code. GET /shop/v1/availability lists the codes.",
  noPickupThere:
    "delivery.store: nothing can be collected in this store. Its `pickup` is false in /shop/v1/availability.",
};

/** Why an order cannot be placed, for the developer of the shop. */
export function placingRefusal(reason: keyof typeof PLACING): Refusal {
  return new Refusal("badRequest", "This order cannot be placed.", [PLACING[reason], reason]);
}

/** Why an order cannot be cancelled. */
export function cancelRefusal(reason: "noSuchOrder" | "nothingToCancel"): Refusal {
  return reason === "noSuchOrder"
    ? noSuchOrder()
    : new Refusal("conflict", "Nothing of this order is left to cancel: it was handed over or cancelled.", [
        reason,
      ]);
}

const EDIT_REFUSALS = {
  nothingChanges: ["conflict", "The order is so already."],
  isOver: ["conflict", "This order was cancelled. Nothing of it can be changed any more."],
  unknownLine: ["badRequest", "The order has no such line."],
  moreThanOrdered: [
    "badRequest",
    "More than was ordered cannot be wanted. Place another order for the rest.",
  ],
  alreadyHanded: ["conflict", "The customer has some of it already. What they bring back is a return."],
  alreadySent: ["conflict", "It is collected in a store, or was sent already: its address stays."],
  notReady: ["conflict", "This part does not lie ready to be collected."],
  inThePast: ["badRequest", "It can be kept until a moment that is still to come."],
  otherUnderId: ["conflict", "Something else was given back under this id. Ask with another one."],
  tooManyChanges: ["conflict", "This order was changed too often. Cancel it and have it placed anew."],
  nothingToGiveBack: ["badRequest", "Give back more than nothing."],
  moreThanPaid: ["conflict", "More than was paid and not given back yet cannot be given back."],
  wrongCurrency: ["badRequest", "The order is in another currency."],
  paidInStore: ["conflict", "It is paid in a store: give money back there, by its receipt."],
} as const;

/** Why HQ cannot change an order, or give money back of it. */
export function editRefusal(reason: EditRefusal | RefundRefusal | "noSuchOrder"): Refusal {
  if (reason === "noSuchOrder") return noSuchOrder();
  const [kind, words] = EDIT_REFUSALS[reason];
  return new Refusal(kind, words, [reason]);
}

/** Why an order has no receipt code. */
export function receiptCodeRefusal(reason: "nothingLeft" | "noStore"): Refusal {
  return reason === "nothingLeft"
    ? new Refusal("conflict", "Nothing of this order is left to bring back: all of it was cancelled.", [
        reason,
      ])
    : new Refusal("conflict", "No store keeps the order's currency, so nobody knows how it is taxed.", [
        reason,
      ]);
}

/** An order that is not there, or that is none of the asker's business. */
export function noSuchOrder(): Refusal {
  return new Refusal(
    "notFound",
    "There is no such order. Ask by our id, or by your own as channel:id, percent-encoded.",
  );
}

const REROUTING = {
  noSuchOrder: ["notFound", "There is no such order."],
  noSuchFulfilment: ["notFound", "The order has no such part."],
  notNow: [
    "conflict",
    "This part is beyond re-routing: it was collected, sent, cancelled or is ready to go.",
  ],
  noStoreHasIt: ["conflict", "No other store has what is missing. Nothing was changed."],
} as const;

/** Why an order cannot be taken to another store. */
export function rerouteRefusal(reason: keyof typeof REROUTING): Refusal {
  const [kind, words] = REROUTING[reason];
  return new Refusal(kind, words, [reason]);
}
