import type { BusinessDay, DeviceId, Instant, StaffId, StoreId } from "../ids.ts";
import { addMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Currency, money } from "../money/money.ts";
import { type DayState, type DrawerState, dayOf, type JournalPlace, nextNumber } from "./day-state.ts";
import type { DaySums, TenderKind } from "./day-sums.ts";
import { expectedCash } from "./drawers.ts";
import type { DayReport, ReportDrawer, ReportTender } from "./report.ts";

/** In the order in which a report tells them. */
const TENDER_KINDS: readonly TenderKind[] = [
  "cash",
  "card",
  "giftCard",
  "credit",
  "points",
  "paidOnline",
  "online",
];

/** What a report says besides the day itself. */
export interface ReportMaking {
  readonly kind: DayReport["kind"];
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly register: number;
  readonly today: BusinessDay;
  readonly at: Instant;
  readonly by: StaffId;
  /** Of the store. */
  readonly currency: Currency;
  /** The newest entry of the till's journal. */
  readonly head: JournalPlace;
  /** Entries that have not reached the server. */
  readonly unsent: number;
}

/** The day as an X or Z report tells it. */
export function dayReport(state: DayState, making: ReportMaking): DayReport {
  const currency = state.currency ?? making.currency;
  const amount = (minor: number) => money(minor, currency);
  const { sums } = state;
  const turnover = amount(sums.turnover);
  const before = state.last?.grandTotal;
  return {
    kind: making.kind,
    number: nextNumber(state),
    store: making.store,
    device: making.device,
    register: making.register,
    businessDay: dayOf(state, making.today),
    madeAt: making.at,
    madeBy: making.by,
    currency,
    span: { from: state.from ?? making.head, until: state.until ?? making.head },
    receipts: sums.receipts,
    sales: { lines: sums.sales.lines, gross: amount(sums.sales.gross) },
    returns: { lines: sums.returns.lines, total: amount(sums.returns.total) },
    discounts: { count: sums.discounts.count, total: amount(sums.discounts.total) },
    giftCards: amount(sums.giftCards),
    ...(state.paidOut === 0 ? {} : { giftCardsPaidOut: amount(state.paidOut) }),
    cashRounding: amount(sums.cashRounding),
    turnover,
    taxes: sums.taxes.map(({ net, tax, ...rate }) => ({ ...rate, net: amount(net), tax: amount(tax) })),
    tenders: tendersOf(sums, currency),
    drawers: state.drawers.map(drawerOf),
    staff: sums.staff.map(({ total, ...each }) => ({ ...each, total: amount(total) })),
    drawerOpenings: state.drawerOpenings,
    reprints: state.reprints,
    approvals: state.approvals,
    grandTotal: before?.currency === currency ? addMoney(before, turnover) : turnover,
    unsent: making.unsent,
  };
}

function tendersOf({ tenders }: DaySums, currency: Currency): readonly ReportTender[] {
  return TENDER_KINDS.flatMap((kind) => {
    const sum = tenders[kind];
    if (sum === undefined) return [];
    return [{ kind, count: sum.count, in: money(sum.in, currency), out: money(sum.out, currency) }];
  });
}

function drawerOf(drawer: DrawerState): ReportDrawer {
  const { closed } = drawer;
  return {
    shift: drawer.shift,
    owner: drawer.owner,
    openedAt: drawer.openedAt,
    closedAt: closed?.at ?? null,
    float: drawer.float,
    cashIn: drawer.cashIn,
    cashOut: drawer.cashOut,
    moves: drawer.moves,
    expected: expectedCash(drawer),
    counted: closed?.counted ?? null,
    variance: closed?.variance ?? null,
    varianceReason: closed?.reason ?? null,
    ...(closed === null ? {} : { kept: closed.kept }),
  };
}

/** What the drawers of a report are off by, taken together; zero where none is counted. */
export function varianceOf({ drawers, currency }: DayReport) {
  return drawers.reduce(
    (sum, { variance }) => (variance?.currency === currency ? addMoney(sum, variance) : sum),
    zeroMoney(currency),
  );
}
