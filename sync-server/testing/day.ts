import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { DayReport } from "#domain/shift/report.ts";
import { BERLIN, EUR } from "./shop.ts";

const NOTHING = money(0, EUR);

/** The Z report of a day on which nothing was sold, but for these changes. */
export function zReport(changes: Partial<DayReport> = {}): DayReport {
  return {
    kind: "z",
    number: 1,
    store: BERLIN.store,
    device: idOf<"Device">("till-1"),
    register: 1,
    businessDay: idOf<"BusinessDay">("2026-11-26"),
    madeAt: instant(1_800_000_000_000),
    madeBy: idOf<"Staff">("mira"),
    currency: EUR,
    span: { from: { epoch: 1, seq: 1 }, until: { epoch: 1, seq: 1 } },
    receipts: { count: 0, first: null, last: null },
    sales: { lines: 0, gross: NOTHING },
    returns: { lines: 0, total: NOTHING },
    discounts: { count: 0, total: NOTHING },
    giftCards: NOTHING,
    cashRounding: NOTHING,
    turnover: NOTHING,
    taxes: [],
    tenders: [],
    drawers: [],
    staff: [],
    drawerOpenings: 0,
    reprints: 0,
    approvals: 0,
    grandTotal: NOTHING,
    unsent: 0,
    ...changes,
  };
}
