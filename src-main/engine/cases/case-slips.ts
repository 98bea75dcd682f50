import type { Case, CaseContact } from "#domain/cases/case.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { nameText } from "#domain/receipt/language.ts";
import { momentFormat } from "#domain/receipt/moment-format.ts";
import { receiptLanguage } from "#domain/receipt/receipt-rows.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { CASE_SLIP_WORDS, type CaseSlipWords } from "./case-slip-words.ts";

export type SlipCopy = "customer" | "workshop";

const RULE: ReceiptRow = { kind: "rule" };

/** A case's slip: the customer's proof of what was handed in, or the workshop's, which goes with the goods. Its bar code opens the case again. */
export function caseSlip(
  of: Case,
  {
    copy,
    person,
    settings,
  }: { readonly copy: SlipCopy; readonly person: CaseContact; readonly settings: StoreSettings | null },
): readonly ReceiptRow[] {
  const language = receiptLanguage(settings, null);
  const { code, locale, timeZone } = language;
  const words = CASE_SLIP_WORDS[code];
  const format = momentFormat(locale, timeZone);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const named = (name: string) => nameText(name, language);
  return [
    { kind: "language", tag: locale },
    ...(copy === "customer" && settings !== null ? sender(settings) : []),
    { kind: "big", left: words.kinds[of.kind], right: "" },
    { kind: "text", text: of.number, align: "left", strong: true },
    text(copy === "customer" ? words.customerCopy : words.workshopCopy),
    pair(words.opened, format.format(of.openedAt)),
    pair(words.until, day.format(of.deadline)),
    RULE,
    ...labelled(words.product, named(productWords(of))),
    ...labelled(words.serial, of.serial),
    ...labelled(words.purchase, of.purchase?.number ?? ""),
    ...labelled(words.customer, named(person.name)),
    ...labelled(words.phone, named(person.phone ?? "")),
    RULE,
    ...labelled(words.fault, of.fault),
    ...labelled(words.condition, of.condition),
    ...labelled(words.accessories, of.accessories),
    ...(copy === "customer" ? proof(words) : notes(of, words)),
    { kind: "barcode", text: of.number },
  ];
}

function productWords({ product: { name, options, sku } }: Case): string {
  const label = variantLabel(options);
  const whole = label === "" ? name : `${name}, ${label}`;
  return sku === null ? whole : `${whole} (${sku})`;
}

function proof(words: CaseSlipWords): readonly ReceiptRow[] {
  return [RULE, text(words.bring), text(" "), pair(words.signature, "____________________")];
}

function notes({ history }: Case, words: CaseSlipWords): readonly ReceiptRow[] {
  const written = history.map(({ act }) => act.note).filter((note) => note !== "");
  return written.length === 0 ? [] : [RULE, strong(words.notes), ...written.map(text)];
}

function labelled(label: string, value: string): readonly ReceiptRow[] {
  return value.trim() === "" ? [] : [strong(label), text(value)];
}

function sender({ retailer, name, address }: StoreSettings): readonly ReceiptRow[] {
  return [
    { kind: "text", text: retailer, align: "center", strong: true },
    ...[name, ...address].map(
      (line): ReceiptRow => ({ kind: "text", text: line, align: "center", strong: false }),
    ),
    RULE,
  ];
}

function pair(left: string, right: string): ReceiptRow {
  return { kind: "pair", left, right, strong: false };
}

function text(words: string): ReceiptRow {
  return { kind: "text", text: words, align: "left", strong: false };
}

function strong(words: string): ReceiptRow {
  return { kind: "text", text: words, align: "left", strong: true };
}
