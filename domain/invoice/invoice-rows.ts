import type { Instant } from "../ids.ts";
import { madeOnce } from "../made-once.ts";
import type { Currency } from "../money/money.ts";
import { receiptTextsOf } from "../receipt/design.ts";
import { amountText, type Language, nameText } from "../receipt/language.ts";
import { discountRows, lineName } from "../receipt/line-rows.ts";
import { receiptLanguage, storeRows } from "../receipt/receipt-rows.ts";
import type { ReceiptRow } from "../receipt/row.ts";
import { centered, heading, pair, RULE } from "../receipt/row-kinds.ts";
import { taxRow, taxRows, tenderRows, totalRows } from "../receipt/total-rows.ts";
import type { StoreSettings } from "../store/store.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { Ticket, TicketLine } from "../ticket/ticket.ts";
import type { InvoiceRecipient } from "./recipient.ts";
import { MORE_DIGITS, unitNetText } from "./unit-net.ts";
import { INVOICE_WORDS } from "./words.ts";

/**
 * An invoice row by row, with what article 226 of Directive 2006/112/EC asks for: date of issue (no. 1), a number that is there once (no. 2, the receipt's), the
 * VAT ids of seller and customer (nos. 3 and 4), both names and addresses (no. 5), quantity and kind of the goods (no. 6), date of supply (no. 7), the taxable
 * amount per rate with unit prices without tax and the discounts (no. 8), the rate (no. 9) and the tax (no. 10). Why goods are exempt (no. 11) stands in the
 * store's legal texts. The first row says the language.
 */
export function invoiceRows({
  ticket,
  settings,
  recipient,
  issuedAt,
  isCopy,
  language: wished = null,
}: {
  readonly ticket: Ticket;
  readonly settings: StoreSettings;
  readonly recipient: InvoiceRecipient;
  readonly issuedAt: Instant;
  readonly isCopy: boolean;
  /** The customer's language (BCP 47), where known. */
  readonly language?: string | null;
}): readonly ReceiptRow[] {
  const language = receiptLanguage(settings, wished);
  const words = INVOICE_WORDS[language.code];
  const { legal, footer } = receiptTextsOf(settings, language.code);
  const day = dayFormat(language.locale, language.timeZone);
  return [
    { kind: "language", tag: language.locale },
    ...(isCopy ? [centered(language.words.copy, true), RULE] : []),
    ...storeRows(settings, language),
    heading(words.title),
    pair(words.number, nameText(ticket.number, language)),
    pair(words.issuedOn, day.format(issuedAt)),
    pair(words.suppliedOn, day.format(ticket.completedAt)),
    RULE,
    ...recipientRows(recipient, language),
    RULE,
    ...ticket.lines.flatMap((line) => lineRows(line, ticket.taxMode, language)),
    RULE,
    ...totalRows(ticket, language),
    ...tenderRows(ticket, language),
    RULE,
    ...taxRows(ticket, language),
    ...[...legal, ...footer].map((line) => centered(line)),
    { kind: "barcode", text: ticket.number },
  ];
}

function recipientRows(
  { name, address, vatId }: InvoiceRecipient,
  language: Language,
): readonly ReceiptRow[] {
  return [
    heading(INVOICE_WORDS[language.code].recipient),
    ...[name, ...address].map((line) => pair(nameText(line, language))),
    ...(vatId === "" ? [] : [pair(`${language.words.vatId} ${nameText(vatId, language)}`)]),
  ];
}

function lineRows(line: TicketLine, mode: TaxMode, language: Language): readonly ReceiptRow[] {
  const { words, code, locale } = language;
  const unitNet = unitFormat(locale, line.unitPrice.currency).format(
    unitNetText(line, mode) as Intl.StringNumericLiteral,
  );
  return [
    ...(line.kind === "return" ? [heading(words.returned)] : []),
    pair(lineName(line, language), amountText(line.gross, language)),
    pair(`  ${line.quantity} ${words.times} ${unitNet} ${INVOICE_WORDS[code].withoutTax}`),
    ...discountRows(line, language),
    ...line.taxes.map((tax) => {
      const row = taxRow(tax, language);
      return row.kind === "pair" ? { ...row, left: `  ${row.left}` } : row;
    }),
  ];
}

const dayFormat = madeOnce(
  (locale: string, timeZone: string) => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }),
);

const unitFormat = madeOnce((locale: string, currency: Currency) => {
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    maximumFractionDigits: (digits.maximumFractionDigits ?? 2) + MORE_DIGITS,
  });
});
