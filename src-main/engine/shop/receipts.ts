import { madeOnce } from "#domain/made-once.ts";
import { negateMoney } from "#domain/money/arithmetic.ts";
import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import { ONLINE_PRICE } from "#domain/orders/collecting.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { TaxAmount } from "#domain/tax/tax.ts";
import type {
  GrantedDiscount,
  RefundTender,
  Ticket,
  TicketLine,
  TicketTender,
} from "#domain/ticket/ticket.ts";
import type { ReceiptRow } from "#protocol/till/receipt.ts";
import { momentFormat } from "./moment-format.ts";
import { type ReceiptOrder, receiptOrderRows } from "./receipt-order.ts";
import { type ReceiptWords, receiptWords } from "./receipt-words.ts";

const PPM_PER_PERCENT = 10_000;
const RULE: ReceiptRow = { kind: "rule" };
const DEFAULT_LOCALE = "en";
const DEFAULT_TIME_ZONE = "UTC";

interface Language {
  readonly words: ReceiptWords;
  readonly locale: string;
  readonly timeZone: string;
}

/**
 * A ticket as its receipt reads, row by row, in the store's language. Without settings (a replica that was thrown away) it reads
 * in English and without the store's header; the amounts are the ticket's own either way.
 */
export function receiptRows({
  ticket,
  settings,
  copy,
  staffName,
  order,
  code = null,
}: {
  readonly ticket: Ticket;
  readonly settings: StoreSettings | null;
  readonly copy: boolean;
  readonly staffName: string;
  /** The order that the sale handed out or placed. */
  readonly order: ReceiptOrder | null;
  /** What a till scans to take the goods back: the purchase itself, as digits. */
  readonly code?: string | null;
}): readonly ReceiptRow[] {
  const locale = settings?.locale ?? DEFAULT_LOCALE;
  const language = {
    words: receiptWords(locale),
    locale,
    timeZone: settings?.timeZone ?? DEFAULT_TIME_ZONE,
  };
  return [
    ...(copy ? [centered(language.words.copy, true), RULE] : []),
    ...(settings === null ? [] : storeRows(settings, language)),
    ...headRows(ticket, staffName, language),
    RULE,
    ...ticket.lines.flatMap((line) => lineRows(line, language)),
    RULE,
    ...totalRows(ticket, language),
    ...ticket.tenders.flatMap((tender) => tenderRows(tender, language)),
    ...changeRows(ticket, language),
    RULE,
    ...(order === null ? [] : [...receiptOrderRows(order, language.words), RULE]),
    ...ticket.taxes.map((tax) => taxRow(tax, language)),
    ...(settings?.receiptFooter ?? []).map((line) => centered(line, false)),
    ...(code === null ? [] : [{ kind: "qr", text: code, label: language.words.toReturn } as const]),
    { kind: "barcode", text: ticket.number },
  ];
}

/** What a printer prints to show that it works. */
export function testRows(settings: StoreSettings | null): readonly ReceiptRow[] {
  const words = receiptWords(settings?.locale ?? DEFAULT_LOCALE);
  return [
    ...(settings === null ? [] : [centered(settings.name, true)]),
    centered(words.testPage, false),
    RULE,
    pair("0123456789", "äöü ß € é"),
  ];
}

function storeRows(settings: StoreSettings, { words }: Language): readonly ReceiptRow[] {
  return [
    centered(settings.retailer, true),
    ...(settings.name === settings.retailer ? [] : [centered(settings.name, false)]),
    ...settings.address.map((line) => centered(line, false)),
    ...(settings.vatId === "" ? [] : [centered(`${words.vatId} ${settings.vatId}`, false)]),
    ...settings.receiptHeader.map((line) => centered(line, false)),
    RULE,
  ];
}

function headRows(ticket: Ticket, staffName: string, { words, locale, timeZone }: Language) {
  const when = momentFormat(locale, timeZone);
  return [
    pair(`${words.receipt} ${ticket.number}`, ""),
    pair(when.format(ticket.completedAt), ""),
    ...(staffName === "" ? [] : [pair(`${words.servedBy} ${staffName}`, "")]),
  ];
}

function lineRows(line: TicketLine, language: Language): readonly ReceiptRow[] {
  const options = variantLabel(line.options);
  const name = options === "" ? line.name : `${line.name}, ${options}`;
  const each = `  ${line.quantity} x ${amount(line.unitPrice, language)}`;
  return [
    pair(name, amount(line.gross, language)),
    ...(line.quantity === 1 ? [] : [pair(each, "")]),
    ...line.discounts.map((discount) =>
      pair(`  ${reasonOf(discount, language)}`, amount(negateMoney(discount.amount), language)),
    ),
  ];
}

/** The domain's own reason is said in the receipt's language; what a colleague typed stays as typed. */
function reasonOf({ reason }: GrantedDiscount, { words }: Language): string {
  return reason === ONLINE_PRICE ? words.onlinePrice : reason;
}

function totalRows(ticket: Ticket, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  const { totals } = ticket;
  const pieces = ticket.lines.reduce((sum, line) => sum + line.quantity, 0);
  const added = ticket.taxMode === "exclusive" ? ticket.taxes : [];
  const reduced = totals.discount.minor !== 0;
  return [
    ...(reduced ? [pair(words.subtotal, amount(totals.gross, language))] : []),
    ...(reduced ? [pair(words.discount, amount(negateMoney(totals.discount), language))] : []),
    ...added.map((tax) => pair(`${tax.rate.name} ${percent(tax, language)}`, amount(tax.tax, language))),
    ...(totals.cashRounding.minor === 0 ? [] : [pair(words.rounding, amount(totals.cashRounding, language))]),
    { kind: "big", left: words.total, right: amount(totals.due, language) },
    pair(words.pieces(pieces), ""),
  ];
}

function tenderRows(tender: TicketTender, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  if (tender.kind === "cash") return [pair(words.cash, amount(tender.tendered, language))];
  if (tender.kind === "paidOnline") return [pair(words.paidOnline, amount(tender.amount, language))];
  if (tender.kind === "refund") return refundRows(tender, language);
  return [
    pair(words.card, amount(tender.amount, language)),
    pair(`  ${words.approvalCode} ${tender.approvalCode}`, ""),
  ];
}

function refundRows({ amount: given, to }: RefundTender, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  const row = pair(words.refundedTo[to.kind], amount(given, language));
  if (to.kind === "card") return [row, pair(`  ${words.approvalCode} ${to.approvalCode}`, "")];
  return to.kind === "credit" ? [row, pair(`  ${to.code}`, "")] : [row];
}

function changeRows({ tenders }: Ticket, language: Language): readonly ReceiptRow[] {
  return tenders.flatMap((tender) =>
    tender.kind === "cash" && tender.change.minor > 0
      ? [pair(language.words.change, amount(tender.change, language))]
      : [],
  );
}

function taxRow(tax: TaxAmount, language: Language): ReceiptRow {
  const { words } = language;
  const left = `${tax.rate.name} ${percent(tax, language)} ${words.taxNet} ${amount(tax.net, language)}`;
  return pair(left, amount(tax.tax, language));
}

const percentFormat = madeOnce(
  (locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }),
);

function percent({ rate }: TaxAmount, { locale }: Language): string {
  return `${percentFormat(locale).format(rate.ppm / PPM_PER_PERCENT)} %`;
}

function amount(value: Money, { locale }: Language): string {
  return formatMoney({ amount: value, locale });
}

function centered(text: string, strong: boolean): ReceiptRow {
  return { kind: "text", text, align: "center", strong };
}

function pair(left: string, right: string): ReceiptRow {
  return { kind: "pair", left, right, strong: false };
}
