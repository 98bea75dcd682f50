import { nameText } from "#domain/receipt/language.ts";
import { momentFormat } from "#domain/receipt/moment-format.ts";
import { receiptLanguage } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { Delivery } from "#domain/stock/delivery.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { DELIVERY_SLIP_WORDS } from "./delivery-slip-words.ts";

const RULE: ReceiptRow = { kind: "rule" };

/** The slip that goes with goods to another store. Its bar code finds the delivery again. */
export function deliverySlip(of: Delivery, settings: StoreSettings | null): readonly ReceiptRow[] {
  const language = receiptLanguage(settings, null);
  const { code, locale, timeZone } = language;
  const words = DELIVERY_SLIP_WORDS[code];
  const sentAt = of.history.findLast(({ act }) => act.kind === "sent")?.at ?? of.openedAt;
  const lines = of.lines.filter(({ sent }) => sent > 0);
  return [
    { kind: "language", tag: locale },
    { kind: "big", left: words.title, right: "" },
    text(of.reference, true),
    pair(words.from, nameText(of.fromName, language)),
    pair(words.to, nameText(of.toName, language)),
    pair(words.sent, momentFormat(locale, timeZone).format(sentAt)),
    RULE,
    ...lines.flatMap(({ name, sku, sent }) => [
      pair(nameText(name, language), String(sent)),
      text(sku, false),
    ]),
    RULE,
    pair(words.pieces, String(lines.reduce((sum, { sent }) => sum + sent, 0))),
    ...(of.note === "" ? [] : [text(of.note, false)]),
    pair(words.packed, "____________________"),
    pair(words.received, "____________________"),
    { kind: "barcode", text: of.reference },
  ];
}

function pair(left: string, right: string): ReceiptRow {
  return { kind: "pair", left, right, strong: false };
}

function text(words: string, strong: boolean): ReceiptRow {
  return { kind: "text", text: words, align: "left", strong };
}
