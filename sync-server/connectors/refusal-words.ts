import { MAX_LINES_PER_ORDER, MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import type { SnapshotRefusal } from "../orders/order-desk.ts";

/** Why a platform's order could not be taken in and what to do about it, for whoever looks after the shop. */
export const REFUSAL_WORDS: Readonly<Record<SnapshotRefusal, string>> = {
  noLines: "The order has no lines. Nothing can be done for it.",
  tooManyLines: `The order has more than ${MAX_LINES_PER_ORDER} lines. Have it split into several orders.`,
  quantityOutOfRange: `A line has no pieces, or more than ${MAX_PIECES_PER_ORDER_LINE}. Have it split into several lines.`,
  wrongCurrency:
    "The order is in several currencies, in one that no store keeps, or to be paid in a store that keeps another one. Have the shop sell in the stores' currency.",
  negativeAmount:
    "An amount of the order is below zero. Have the discount taken off the lines, then replay this.",
  amountTooLarge: "The order's amounts are larger than can be counted exactly. Nothing can be done for it.",
  duplicateLine: "Two lines of the order have the same id. Its shop has to tell them apart.",
  shippingNotPayableAtPickup:
    "The order is to be paid as it is collected, yet has shipping costs. Have them taken off in the shop, then replay this.",
  notPayableOnDelivery:
    "The order is to be sent and is not paid. Only what is collected can be paid in the store.",
  noSuchStore:
    "The store in which the order is to be collected is none of ours. Correct the connector's locations, then replay this.",
  noPickupThere:
    "Nothing can be collected in the store that the customer chose. Allow it in the store's settings, then replay this.",
};
