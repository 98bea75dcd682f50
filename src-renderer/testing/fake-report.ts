import { type BusinessDay, type Instant, idOf, type ShiftId, type StaffId } from "#domain/ids.ts";
import { addMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { CashMovementKind } from "#domain/shift/facts.ts";
import type { DayReport, ReportDrawer } from "#domain/shift/report.ts";
import type { ShownReport } from "#protocol/till/shift.ts";
import { THIS_TILL } from "./fake-order-shop.ts";
import { THIS_STORE } from "./fake-purchases.ts";
import { CURRENCY, STORE_FACTS } from "./fake-shop.ts";

/** What went into a drawer and out of it. */
export interface DrawerSums {
  readonly shift: ShiftId;
  readonly owner: StaffId | null;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly float: Money;
  readonly cashIn: Money;
  readonly moves: Readonly<Record<CashMovementKind, Money>>;
  readonly counted: Money | null;
  readonly reason: string | null;
}

const NOTHING = zeroMoney(CURRENCY);

/** What should lie in the drawer. */
export function expectedOf({ float, cashIn, moves }: DrawerSums): Money {
  return subtractMoney(sumMoney([float, cashIn, moves.in], CURRENCY), addMoney(moves.out, moves.pickup));
}

function drawerOf(sums: DrawerSums): ReportDrawer {
  const expected = expectedOf(sums);
  const { reason, ...rest } = sums;
  return {
    shift: rest.shift,
    owner: rest.owner,
    openedAt: rest.openedAt,
    closedAt: rest.closedAt,
    float: rest.float,
    cashIn: rest.cashIn,
    cashOut: NOTHING,
    moves: rest.moves,
    expected,
    counted: rest.counted,
    variance: rest.counted === null ? null : subtractMoney(rest.counted, expected),
    varianceReason: reason,
  };
}

/** A report over so many sales, all in cash and without tax: enough to be looked at. */
export function reportOf({
  sold,
  before,
  drawers,
  ...made
}: Pick<DayReport, "kind" | "number" | "businessDay" | "madeAt" | "madeBy"> & {
  readonly businessDay: BusinessDay;
  readonly sold: readonly Money[];
  /** Turnover of all Z reports before. */
  readonly before: Money;
  readonly drawers: readonly DrawerSums[];
}): DayReport {
  const turnover = sumMoney(sold, CURRENCY);
  return {
    ...made,
    store: THIS_STORE,
    device: THIS_TILL,
    register: STORE_FACTS.register,
    currency: CURRENCY,
    span: { from: { epoch: 1, seq: 1 }, until: { epoch: 1, seq: 1 + sold.length } },
    receipts: {
      count: sold.length,
      first: sold.length === 0 ? null : idOf<"ReceiptNumber">("BER1-01-000001"),
      last:
        sold.length === 0 ? null : idOf<"ReceiptNumber">(`BER1-01-${String(sold.length).padStart(6, "0")}`),
    },
    sales: { lines: sold.length, gross: turnover },
    returns: { lines: 0, total: NOTHING },
    discounts: { count: 0, total: NOTHING },
    giftCards: NOTHING,
    cashRounding: NOTHING,
    turnover,
    taxes: [],
    tenders: [{ kind: "cash", count: sold.length, in: turnover, out: NOTHING }],
    drawers: drawers.map(drawerOf),
    staff: [],
    drawerOpenings: 0,
    reprints: 0,
    approvals: 0,
    grandTotal: addMoney(before, turnover),
    unsent: 0,
  };
}

/** The report with its paper. */
export function shownReport(report: DayReport): ShownReport {
  const name = `${report.kind.toUpperCase()} ${report.number}`;
  return {
    report,
    paper: {
      rows: [
        { kind: "text", text: STORE_FACTS.storeName, align: "center", strong: true },
        { kind: "text", text: name, align: "center", strong: true },
        { kind: "rule" },
        pair("Receipts", String(report.receipts.count)),
        { kind: "big", left: "Turnover", right: text(report.turnover) },
        ...report.drawers.flatMap((drawer): ReceiptRow[] => [
          { kind: "rule" },
          pair("Float", text(drawer.float)),
          pair("Cash sales", text(drawer.cashIn)),
          pair("Should be in the drawer", text(drawer.expected)),
          ...(drawer.counted === null ? [] : [pair("Counted", text(drawer.counted))]),
        ]),
        { kind: "rule" },
        pair("Total of all reports", text(report.grandTotal)),
      ],
    },
  };
}

function pair(left: string, right: string): ReceiptRow {
  return { kind: "pair", left, right, strong: false };
}

function text(amount: Money): string {
  return formatMoney({ amount, locale: STORE_FACTS.locale });
}
