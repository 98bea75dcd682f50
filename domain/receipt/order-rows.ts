import type { DeliveryWish, PostalAddress } from "../orders/order.ts";
import type { ReceiptRow } from "./row.ts";
import type { ReceiptWords } from "./words/words.ts";

/** What a receipt says of the order that its sale handed out or placed. */
export type ReceiptOrder =
  | { readonly kind: "handedOver"; readonly number: string }
  | {
      readonly kind: "placed";
      readonly number: string;
      readonly customerName: string;
      readonly delivery: DeliveryWish;
      /** Where it is collected; null when this till does not know the store's name. */
      readonly storeName: string | null;
      readonly confirmed: boolean;
    };

/** The rows about an order, for whoever holds the paper: which one, where the goods go, and whether that is certain. */
export function receiptOrderRows(order: ReceiptOrder, words: ReceiptWords): readonly ReceiptRow[] {
  const title = row(`${words.order} ${order.number}`, true);
  if (order.kind === "handedOver") return [title];
  const { confirmed } = order;
  return [
    title,
    ...deliveryRows(order, words).map((text) => row(text, false)),
    row(confirmed ? words.confirmed : words.unconfirmed, !confirmed),
  ];
}

function deliveryRows(
  { delivery, storeName, customerName }: Extract<ReceiptOrder, { readonly kind: "placed" }>,
  words: ReceiptWords,
): readonly string[] {
  if (delivery.kind === "pickup")
    return [
      storeName === null ? words.collectedElsewhere : `${words.collectedAt} ${storeName}`,
      customerName,
    ];
  return delivery.address === null
    ? [words.sentToUnknown, customerName]
    : [words.sentTo, ...addressLines(delivery.address)];
}

/** An address as it is written on paper. */
export function addressLines({ name, lines, postcode, city, country }: PostalAddress): readonly string[] {
  return [name, ...lines, `${postcode} ${city}`.trim(), country];
}

function row(left: string, strong: boolean): ReceiptRow {
  return { kind: "pair", left, right: "", strong };
}
