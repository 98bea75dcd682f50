import { negateMoney } from "../money/arithmetic.ts";
import type { TerminalSlip } from "../payments/terminal-slip.ts";
import type { TaxAmount } from "../tax/tax.ts";
import type { RefundTender, Ticket, TicketLine, TicketTender } from "../ticket/ticket.ts";
import { valueKindOf } from "../value/credit-code.ts";
import { amountText, type Language, nameText, percentText } from "./language.ts";
import { isLinked } from "./line-rows.ts";
import { pointsText } from "./loyalty-rows.ts";
import type { ReceiptRow } from "./row.ts";
import { pair } from "./row-kinds.ts";

const SHOWN_OF_CODE = 4;

/** From the lines' sum to what is to pay or to give back, and how many pieces changed hands. */
export function totalRows(ticket: Ticket, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  const { totals, lines } = ticket;
  const added = ticket.taxMode === "exclusive" ? ticket.taxes : [];
  const isReduced = totals.discount.minor !== 0;
  const returned = piecesOf(lines, "return");
  return [
    ...(isReduced ? [pair(words.subtotal, amountText(totals.gross, language))] : []),
    ...(isReduced
      ? [
          pair(
            totals.discount.minor > 0 ? words.discount : words.discountsTakenBack,
            amountText(negateMoney(totals.discount), language),
          ),
        ]
      : []),
    ...added.map((tax) => pair(rateText(tax, language), amountText(tax.tax, language))),
    ...(totals.cashRounding.minor === 0
      ? []
      : [pair(words.rounding, amountText(totals.cashRounding, language))]),
    totals.due.minor < 0
      ? { kind: "big", left: words.toGiveBack, right: amountText(negateMoney(totals.due), language) }
      : { kind: "big", left: words.total, right: amountText(totals.due, language) },
    ...(lines.some(({ kind }) => kind === "sale") ? [pair(words.pieces(piecesOf(lines, "sale")))] : []),
    ...(returned === 0 ? [] : [pair(words.piecesReturned(returned))]),
  ];
}

function piecesOf(lines: readonly TicketLine[], kind: TicketLine["kind"]): number {
  return lines.reduce((sum, line) => sum + (line.kind === kind && !isLinked(line) ? line.quantity : 0), 0);
}

/** How it was paid or given back, and the change. */
export function tenderRows({ tenders }: Ticket, language: Language): readonly ReceiptRow[] {
  return [
    ...tenders.flatMap((tender) => paidRows(tender, language)),
    ...tenders.flatMap((tender) =>
      tender.kind === "cash" && tender.change.minor > 0
        ? [pair(language.words.change, amountText(tender.change, language))]
        : [],
    ),
  ];
}

function paidRows(tender: TicketTender, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  switch (tender.kind) {
    case "cash":
      return [pair(words.cash, amountText(tender.tendered, language))];
    case "paidOnline":
      return [pair(words.paidOnline, amountText(tender.amount, language))];
    case "credit":
      return [
        pair(valueName(tender.code, language), amountText(tender.amount, language)),
        pair(`  ${endOfCode(tender.code)}`),
        ...(tender.left === undefined
          ? []
          : [pair(`  ${words.leftOnIt}`, amountText(tender.left, language))]),
      ];
    case "points":
      return [
        pair(words.points, amountText(tender.amount, language)),
        pair(`  ${pointsText(tender.points, language)}`),
      ];
    case "refund":
      return refundRows(tender, language);
    case "card":
      return [
        pair(words.card, amountText(tender.amount, language)),
        pair(`  ${words.approvalCode} ${tender.approvalCode}`),
        ...terminalRows(tender.terminal, language),
      ];
  }
}

/** What a terminal said of the card, and the lines that the card's scheme wants its holder to have. */
function terminalRows(slip: TerminalSlip | undefined, language: Language): readonly ReceiptRow[] {
  if (slip === undefined) return [];
  const { brand, lastFour, terminal, reference, lines } = slip;
  const card = [brand, ...(lastFour === null ? [] : [`…${lastFour}`])].join(" ").trim();
  const { words } = language;
  return [
    ...(card === "" ? [] : [pair(`  ${nameText(card, language)}`)]),
    pair(`  ${words.terminal} ${nameText(terminal, language)}`),
    pair(`  ${words.transaction} ${nameText(reference, language)}`),
    ...lines.flatMap((line) => (line === "" ? [] : [pair(`  ${nameText(line, language)}`)])),
  ];
}

/** What is shown of a code that something was paid with: its holder recognises it, and whoever finds the receipt cannot spend the rest. */
export function endOfCode(code: string): string {
  return `…${code.slice(-SHOWN_OF_CODE)}`;
}

function valueName(code: string, { words }: Language): string {
  return valueKindOf(code) === "giftCard" ? words.giftCard : words.credit;
}

function refundRows({ amount, to }: RefundTender, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  const shown = amountText(amount, language);
  if (to.kind === "credit" && valueKindOf(to.code) === "giftCard")
    return [pair(words.refundedToGiftCard, shown), pair(`  ${endOfCode(to.code)}`)];
  const row = pair(words.refundedTo[to.kind], shown);
  if (to.kind === "card")
    return [row, pair(`  ${words.approvalCode} ${to.approvalCode}`), ...terminalRows(to.terminal, language)];
  if (to.kind === "points") return [row, pair(`  ${pointsText(to.points, language)}`)];
  return [row];
}

/** The tax in what was paid, a row for each rate; and by which certificate none was paid. */
export function taxRows({ taxes, taxExemption }: Ticket, language: Language): readonly ReceiptRow[] {
  const rows = taxes.map((tax) => taxRow(tax, language));
  if (taxExemption === undefined) return rows;
  return [...rows, pair(`${language.words.taxExempt} ${nameText(taxExemption, language)}`)];
}

/** A rate, what it was taken on, and the tax. */
export function taxRow(amount: TaxAmount, language: Language): ReceiptRow {
  const left = `${rateText(amount, language)} ${language.words.taxNet} ${amountText(amount.net, language)}`;
  return pair(left, amountText(amount.tax, language));
}

/** Some retailers name their rates by the percentage, which is then said once. */
function rateText({ rate: { name, ppm } }: TaxAmount, language: Language): string {
  const percent = percentText(ppm, language);
  const close = (text: string): string => text.replace(/\s/g, "");
  return nameText(close(name).endsWith(close(percent)) ? name : `${name} ${percent}`, language);
}
