import { isZero, negateMoney } from "../money/arithmetic.ts";
import { ONLINE_PRICE } from "../orders/collecting.ts";
import { variantLabel } from "../product/variant-label.ts";
import type { GoodsMarks } from "../scan/goods-facts.ts";
import type { GrantedDiscount, PriceOverride, TicketLine, Weighed } from "../ticket/ticket.ts";
import { dayText } from "./day-text.ts";
import { amountText, type Language, nameText, weightText } from "./language.ts";
import type { ReceiptRow } from "./row.ts";
import { heading, pair } from "./row-kinds.ts";

/** What was sold, what came back, and what costs more since: each under its own heading where not all was sold. */
export function lineRows(lines: readonly TicketLine[], language: Language): readonly ReceiptRow[] {
  const { words } = language;
  const rowsOf = (kind: TicketLine["kind"]): readonly ReceiptRow[] =>
    lines.filter((line) => line.kind === kind).flatMap((line) => pricedRows(line, language));
  const under = (title: string, rows: readonly ReceiptRow[]): readonly ReceiptRow[] =>
    rows.length === 0 ? [] : [heading(title), ...rows];
  return [
    ...rowsOf("sale"),
    ...under(words.returned, rowsOf("return")),
    ...under(words.repriced, rowsOf("repriced")),
  ];
}

/** What was sold, as it may be read by whoever is given it: no price. */
export function giftRows(lines: readonly TicketLine[], language: Language): readonly ReceiptRow[] {
  return lines
    .filter((line) => line.kind === "sale" && !isLinked(line))
    .map((line) =>
      pair(
        line.quantity === 1
          ? lineName(line, language)
          : `${line.quantity} ${language.words.times} ${lineName(line, language)}`,
      ),
    );
}

function pricedRows(line: TicketLine, language: Language): readonly ReceiptRow[] {
  const { words } = language;
  const each = `  ${line.quantity} ${words.times} ${amountText(line.unitPrice, language)}`;
  const name = lineName(line, language);
  return [
    pair(isLinked(line) ? `  ${name}` : name, amountText(line.gross, language)),
    ...(line.quantity === 1 ? [] : [pair(each)]),
    ...(line.kind === "sale" && line.weighed !== undefined
      ? [pair(weighedText(line.weighed, language))]
      : []),
    ...(line.kind === "sale" && line.override !== undefined ? overrideRows(line.override, language) : []),
    ...(line.kind === "sale" ? markRows(line.marks, language) : []),
    ...discountRows(line, language),
    ...(line.kind === "return" && line.boughtBy !== undefined
      ? [pair(`  ${words.boughtBy} ${line.boughtBy}`)]
      : []),
  ];
}

/** Batch, serial number and last day: what a recall or a warranty asks for. */
function markRows(marks: GoodsMarks = {}, { words, locale }: Language): readonly ReceiptRow[] {
  const { lot, serial, expires } = marks;
  const said = [
    ...(lot === undefined ? [] : [`${words.marks.lot} ${lot}`]),
    ...(serial === undefined ? [] : [`${words.marks.serial} ${serial}`]),
    ...(expires === undefined ? [] : [`${words.marks.expires} ${dayText(expires, locale)}`]),
  ];
  return said.map((text) => pair(`  ${text}`));
}

/** What a package weighs, and what a kilogram of it costs. */
function weighedText({ grams, perKilo }: Weighed, language: Language): string {
  const { times, kilogram } = language.words;
  return `  ${weightText(grams, language)} ${times} ${amountText(perKilo, language)}/${kilogram}`;
}

/** What the list said of a piece, and why a colleague typed another price. */
function overrideRows({ listPrice, reason }: PriceOverride, language: Language): readonly ReceiptRow[] {
  return [
    pair(`  ${language.words.listPrice} ${amountText(listPrice, language)}`),
    pair(`  ${nameText(reason, language)}`),
  ];
}

/** Whether a line is a deposit, levy or bag: it stands below the goods that it is charged with, or that it came back with. */
export function isLinked(line: TicketLine): boolean {
  if (line.kind === "return") return line.chargedAs !== undefined;
  return line.kind === "sale" && line.linked !== undefined;
}

/** Each cent off by its reason. A promotion that needs the line and took none of its cents off it is not named. */
export function discountRows({ discounts }: TicketLine, language: Language): readonly ReceiptRow[] {
  return discounts
    .filter(({ amount }) => !isZero(amount))
    .map((discount) =>
      pair(`  ${reasonOf(discount, language)}`, amountText(negateMoney(discount.amount), language)),
    );
}

/** What a line sold, as paper calls it. */
export function lineName(line: TicketLine, language: Language): string {
  const label = variantLabel(line.options);
  const name = nameIn(line, language);
  return nameText(label === "" ? name : `${name}, ${label}`, language);
}

/** A gift card is called as the receipt's language calls it; articles have their names. */
function nameIn(line: TicketLine, { words }: Language): string {
  if (line.kind !== "sale" || line.giftCard === undefined) return line.name;
  return line.giftCard.act === "sold" ? words.giftCard : words.giftCardLoaded;
}

/** The domain's own reason is said in the receipt's language; a promotion's name and what a colleague typed stay as they are. */
function reasonOf({ source, reason }: GrantedDiscount, language: Language): string {
  if (source === "taxExemption") return language.words.taxOff;
  return reason === ONLINE_PRICE ? language.words.onlinePrice : nameText(reason, language);
}
