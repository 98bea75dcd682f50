import type { BusinessDay, Instant, StaffId } from "../ids.ts";
import { madeOnce } from "../made-once.ts";
import { negateMoney, subtractMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { amountText, type Language, nameText, type ReceiptLanguage } from "../receipt/language.ts";
import { momentFormat } from "../receipt/moment-format.ts";
import { receiptLanguage } from "../receipt/receipt-rows.ts";
import type { ReceiptRow } from "../receipt/row.ts";
import { centered, heading, pair, RULE } from "../receipt/row-kinds.ts";
import { taxRow } from "../receipt/total-rows.ts";
import { dayNumberOf } from "../store/business-day.ts";
import { DAY_MS } from "../store/offline-state.ts";
import type { StoreSettings } from "../store/store.ts";
import { tillText } from "../store/till-text.ts";
import type { DayReport, ReportDrawer, ReportTender } from "./report.ts";
import { ARABIC } from "./words/arabic.ts";
import { ENGLISH } from "./words/english.ts";
import { FRENCH } from "./words/french.ts";
import { GERMAN } from "./words/german.ts";
import { POLISH } from "./words/polish.ts";
import { SPANISH } from "./words/spanish.ts";
import type { ReportWords } from "./words/words.ts";

const WORDS: Readonly<Record<ReceiptLanguage, ReportWords>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  pl: POLISH,
  ar: ARABIC,
};

/** What a report's rows are made with. */
interface Scene {
  readonly report: DayReport;
  readonly language: Language;
  readonly words: ReportWords;
  readonly nameOf: (staff: StaffId) => string;
}

/** An X or Z report as it is shown and printed, in the store's language. The first row says which. */
export function reportRows({
  report,
  settings,
  nameOf,
}: {
  readonly report: DayReport;
  readonly settings: StoreSettings;
  /** A colleague's name; empty where it is not known any more. */
  readonly nameOf: (staff: StaffId) => string;
}): readonly ReceiptRow[] {
  const language = receiptLanguage(settings, null);
  const scene: Scene = { report, language, words: WORDS[language.code], nameOf };
  return [
    { kind: "language", tag: language.locale },
    centered(settings.retailer, true),
    ...(settings.name === settings.retailer ? [] : [centered(nameText(settings.name, language))]),
    RULE,
    ...headRows(scene, settings),
    RULE,
    ...turnoverRows(scene),
    ...section(taxRows(scene)),
    ...section(tenderRows(scene)),
    ...report.drawers.flatMap((drawer) => section(drawerRows(drawer, scene))),
    ...section(staffRows(scene)),
    RULE,
    ...closingRows(scene),
  ];
}

/** What a Z report's file is called, without its ending: store, register and number, e.g. `Z-BER1-01-0007`. */
export function zReportTitle(
  { register, number }: Pick<DayReport, "register" | "number">,
  { code }: Pick<StoreSettings, "code">,
): string {
  return `Z-${tillText({ store: code, register })}-${String(number).padStart(4, "0")}`;
}

function section(rows: readonly ReceiptRow[]): readonly ReceiptRow[] {
  return rows.length === 0 ? [] : [RULE, ...rows];
}

function headRows(
  { report, language, words, nameOf }: Scene,
  { code }: StoreSettings,
): readonly ReceiptRow[] {
  const { receipts } = report;
  const numbers = [receipts.first, receipts.last].filter((number) => number !== null);
  return [
    { kind: "big", left: words.titles[report.kind], right: countText(report.number, language) },
    pair(words.register, nameText(tillText({ store: code, register: report.register }), language)),
    pair(words.businessDay, dayText(report.businessDay, language)),
    pair(momentText(report.madeAt, language)),
    pair(words.madeBy, nameText(nameOf(report.madeBy), language)),
    pair(words.receipts, countText(receipts.count, language)),
    ...(numbers.length === 0
      ? []
      : [
          pair(words.receiptNumbers),
          ...[...new Set(numbers)].map((each) => pair(`  ${nameText(each, language)}`)),
        ]),
  ];
}

function turnoverRows({ report, language, words }: Scene): readonly ReceiptRow[] {
  const { sales, discounts, returns, giftCards, cashRounding, turnover, giftCardsPaidOut } = report;
  const inPrices =
    sales.gross.minor - discounts.total.minor - returns.total.minor + giftCards.minor + cashRounding.minor;
  const row = (text: string, amount: Money): readonly ReceiptRow[] =>
    amount.minor === 0 ? [] : [pair(text, amountText(amount, language))];
  return [
    pair(counted(words.sales, sales.lines, language), amountText(sales.gross, language)),
    ...row(counted(words.discounts, discounts.count, language), negateMoney(discounts.total)),
    ...row(counted(words.returns, returns.lines, language), negateMoney(returns.total)),
    ...row(words.giftCards, giftCards),
    ...row(words.taxAdded, money(turnover.minor - inPrices, turnover.currency)),
    ...row(language.words.rounding, cashRounding),
    { kind: "big", left: words.turnover, right: amountText(turnover, language) },
    ...(giftCardsPaidOut === undefined ? [] : row(words.giftCardsPaidOut, negateMoney(giftCardsPaidOut))),
  ];
}

function taxRows({ report: { taxes }, language, words }: Scene): readonly ReceiptRow[] {
  if (taxes.length === 0) return [];
  return [
    heading(words.taxes),
    ...taxes.map(({ rate: id, name, ppm, net, tax }) =>
      taxRow({ rate: { id, name, ppm }, net, tax }, language),
    ),
  ];
}

function tenderRows({ report: { tenders }, language, words }: Scene): readonly ReceiptRow[] {
  if (tenders.length === 0) return [];
  return [
    heading(words.tenders),
    ...tenders.flatMap((tender) => [
      pair(counted(tenderText(tender, language), tender.count, language), amountText(tender.in, language)),
      ...(tender.out.minor === 0
        ? []
        : [pair(`  ${words.givenBack}`, amountText(negateMoney(tender.out), language))]),
    ]),
  ];
}

function tenderText({ kind }: ReportTender, { words }: Language): string {
  return kind === "online" ? words.refundedTo.online : words[kind];
}

function drawerRows(drawer: ReportDrawer, { language, words, nameOf }: Scene): readonly ReceiptRow[] {
  const { owner, closedAt, moves, counted: count, variance, varianceReason, kept } = drawer;
  const row = (text: string, amount: Money): ReceiptRow => pair(text, amountText(amount, language));
  const moved = (text: string, amount: Money): readonly ReceiptRow[] =>
    amount.minor === 0 ? [] : [row(text, amount)];
  return [
    heading(owner === null ? words.sharedDrawer : `${words.drawerOf} ${nameText(nameOf(owner), language)}`),
    pair(words.opened, momentText(drawer.openedAt, language)),
    closedAt === null ? pair(words.stillOpen) : pair(words.closed, momentText(closedAt, language)),
    row(words.float, drawer.float),
    row(words.cashIn, drawer.cashIn),
    ...moved(words.cashOut, negateMoney(drawer.cashOut)),
    ...moved(words.moves.in, moves.in),
    ...moved(words.moves.out, negateMoney(moves.out)),
    ...moved(words.moves.pickup, negateMoney(moves.pickup)),
    row(words.expected, drawer.expected),
    ...(count === null ? [] : [row(words.counted, count)]),
    ...(variance === null ? [] : [row(words.variance, variance)]),
    ...(varianceReason === null ? [] : [pair(`  ${nameText(varianceReason, language)}`)]),
    ...(kept === undefined || count === null
      ? []
      : [row(words.kept, kept), row(words.banked, subtractMoney(count, kept))]),
  ];
}

function staffRows({ report: { staff }, language, words, nameOf }: Scene): readonly ReceiptRow[] {
  if (staff.length === 0) return [];
  return [
    heading(words.staff),
    ...staff.map(({ staff: id, tickets, total }) =>
      pair(counted(nameText(nameOf(id), language), tickets, language), amountText(total, language)),
    ),
  ];
}

function closingRows({ report, language, words }: Scene): readonly ReceiptRow[] {
  return [
    pair(words.drawerOpenings, countText(report.drawerOpenings, language)),
    pair(words.reprints, countText(report.reprints, language)),
    pair(words.approvals, countText(report.approvals, language)),
    pair(words.unsent, countText(report.unsent, language)),
    { kind: "big", left: words.grandTotal, right: amountText(report.grandTotal, language) },
  ];
}

function counted(text: string, count: number, language: Language): string {
  return `${text} (${countText(count, language)})`;
}

function momentText(at: Instant, { locale, timeZone }: Language): string {
  return momentFormat(locale, timeZone).format(at);
}

function dayText(day: BusinessDay, { locale }: Language): string {
  return dayFormat(locale).format(dayNumberOf(day) * DAY_MS);
}

function countText(count: number, { locale }: Language): string {
  return countFormat(locale).format(count);
}

const dayFormat = madeOnce(
  (locale: string) => new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }),
);
const countFormat = madeOnce((locale: string) => new Intl.NumberFormat(locale));
