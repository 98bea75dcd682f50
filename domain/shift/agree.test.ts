import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BusinessDay, idOf, instant } from "../ids.ts";
import { addMoney, negateMoney, subtractMoney } from "../money/arithmetic.ts";
import { money } from "../money/money.ts";
import { arbitraryTickets } from "../testing/arbitrary-tickets.ts";
import { EUR, eur } from "../testing/shop.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { disagreements } from "./agree.ts";
import type { DayReport, ReportDrawer, ReportTender } from "./report.ts";

const SHIFT = idOf<"Shift">("shift-1");
const DAY: BusinessDay = idOf<"BusinessDay">("2026-11-26");

/** A report as a till adds it up while it sells: ticket by ticket, never all at once. */
function reportOf(tickets: readonly Ticket[]): DayReport {
  const drawer: ReportDrawer = {
    shift: SHIFT,
    owner: null,
    openedAt: instant(1),
    closedAt: instant(2),
    float: eur(15_000),
    cashIn: eur(0),
    cashOut: eur(0),
    moves: { in: eur(2_000), out: eur(500), pickup: eur(3_000) },
    expected: eur(0),
    counted: null,
    variance: null,
    varianceReason: null,
  };
  const empty: DayReport = {
    kind: "z",
    number: 1,
    store: idOf<"Store">("s"),
    device: idOf<"Device">("d"),
    register: 1,
    businessDay: DAY,
    madeAt: instant(3),
    madeBy: idOf<"Staff">("mira"),
    currency: EUR,
    span: { from: { epoch: 1, seq: 1 }, until: { epoch: 1, seq: 9 } },
    receipts: { count: 0, first: null, last: null },
    sales: { lines: 0, gross: eur(0) },
    returns: { lines: 0, total: eur(0) },
    discounts: { count: 0, total: eur(0) },
    giftCards: eur(0),
    cashRounding: eur(0),
    turnover: eur(0),
    taxes: [],
    tenders: [],
    drawers: [drawer],
    staff: [],
    drawerOpenings: 0,
    reprints: 0,
    approvals: 0,
    grandTotal: eur(0),
    unsent: 0,
  };
  return settled(tickets.reduce(withTicket, empty));
}

function withTicket(report: DayReport, ticket: Ticket): DayReport {
  const [drawer] = report.drawers;
  if (drawer === undefined) throw new Error("a report has a drawer");
  let { tenders } = report;
  let cashIn = drawer.cashIn;
  let cashOut = drawer.cashOut;
  for (const tender of ticket.tenders) {
    if (tender.kind === "cash") {
      const kept = subtractMoney(tender.tendered, tender.change);
      tenders = withTender(tenders, { kind: "cash", count: 1, in: kept, out: eur(0) });
      if (ticket.shift === SHIFT) cashIn = addMoney(cashIn, kept);
    } else if (tender.kind === "refund" && tender.to.kind === "cash") {
      tenders = withTender(tenders, { kind: "cash", count: 1, in: eur(0), out: tender.amount });
      if (ticket.shift === SHIFT) cashOut = addMoney(cashOut, tender.amount);
    } else if (tender.kind === "card") {
      tenders = withTender(tenders, { kind: "card", count: 1, in: tender.amount, out: eur(0) });
    } else throw new Error(`these tickets are not paid by ${tender.kind}`);
  }
  const back = ticket.lines.filter(({ kind }) => kind === "return");
  return {
    ...report,
    receipts: { ...report.receipts, count: report.receipts.count + 1 },
    turnover: addMoney(report.turnover, ticket.totals.due),
    cashRounding: addMoney(report.cashRounding, ticket.totals.cashRounding),
    returns: {
      lines: report.returns.lines + back.length,
      total: back.reduce((sum, { total }) => subtractMoney(sum, total), report.returns.total),
    },
    taxes: ticket.taxes.reduce((taxes, { rate, net, tax }) => {
      const before = taxes.find((each) => each.rate === rate.id);
      const after = {
        rate: rate.id,
        name: rate.name,
        ppm: rate.ppm,
        net: before === undefined ? net : addMoney(before.net, net),
        tax: before === undefined ? tax : addMoney(before.tax, tax),
      };
      return [...taxes.filter((each) => each !== before), after];
    }, report.taxes),
    tenders,
    drawers: [{ ...drawer, cashIn, cashOut }],
  };
}

function withTender(tenders: readonly ReportTender[], more: ReportTender): readonly ReportTender[] {
  const before = tenders.find(({ kind }) => kind === more.kind);
  if (before === undefined) return [...tenders, more];
  const sum = {
    ...before,
    count: before.count + 1,
    in: addMoney(before.in, more.in),
    out: addMoney(before.out, more.out),
  };
  return tenders.map((each) => (each === before ? sum : each));
}

/** The drawer is counted, 70 cents short. */
function settled(report: DayReport): DayReport {
  return {
    ...report,
    drawers: report.drawers.map((drawer) => {
      const { float, cashIn, cashOut, moves } = drawer;
      const plus = addMoney(addMoney(float, cashIn), moves.in);
      const expected = subtractMoney(subtractMoney(subtractMoney(plus, cashOut), moves.out), moves.pickup);
      const variance = eur(-70);
      return { ...drawer, expected, counted: addMoney(expected, variance), variance };
    }),
  };
}

/** How a ticket was paid: in cash with change, by card, or in both ways; or its money was given back instead. */
const PAID = ["cash", "card", "both", "back"] as const;
const TENDER = idOf<"Tender">("tender");

function paidBy(ticket: Ticket, how: (typeof PAID)[number]): Ticket {
  const { due } = ticket.totals;
  const cash = { id: TENDER, kind: "cash", tendered: addMoney(due, eur(500)), change: eur(500) } as const;
  const card = { id: TENDER, kind: "card", amount: due, approvalCode: "1" } as const;
  if (how === "cash") return { ...ticket, tenders: [cash] };
  if (how === "card") return { ...ticket, tenders: [card] };
  if (how === "both") {
    const most = { ...cash, tendered: addMoney(due, eur(499)) };
    return { ...ticket, tenders: [most, { ...card, amount: eur(1) }] };
  }
  return {
    ...ticket,
    taxes: ticket.taxes.map((each) => ({ ...each, net: negateMoney(each.net), tax: negateMoney(each.tax) })),
    totals: { ...ticket.totals, due: negateMoney(due) },
    tenders: [{ id: TENDER, kind: "refund", amount: due, to: { kind: "cash" } }],
  };
}

/** A day's tickets, some in the drawer's shift and some sold without one. */
const day = fc
  .tuple(arbitraryTickets, fc.infiniteStream(fc.tuple(fc.constantFrom(...PAID), fc.boolean())))
  .map(([tickets, ways]) =>
    tickets.map((ticket) => {
      const [how, isInShift] = ways.next().value;
      const paid = paidBy(ticket, how);
      return isInShift ? { ...paid, shift: SHIFT } : paid;
    }),
  );

describe("a Z report and the tickets that HQ booked", () => {
  it("agree to the cent whatever was sold, paid and given back that day", () => {
    fc.assert(
      fc.property(day, (tickets) => {
        expect(disagreements(reportOf(tickets), tickets)).toEqual([]);
      }),
    );
  });

  it("agree in whatever order the tickets come, and also where one comes twice", () => {
    fc.assert(
      fc.property(day, (tickets) => {
        expect(disagreements(reportOf(tickets), [...tickets, ...tickets].toReversed())).toEqual([]);
      }),
    );
  });

  it("do not agree when a ticket is missing or one too many", () => {
    fc.assert(
      fc.property(day, fc.nat(), (tickets, pick) => {
        fc.pre(tickets.length > 0);
        const left = tickets.toSpliced(pick % tickets.length, 1);
        expect(disagreements(reportOf(tickets), left).map(({ figure }) => figure)).toContain("receipts");
        expect(disagreements(reportOf(left), tickets).map(({ figure }) => figure)).toContain("receipts");
      }),
    );
  });

  it("do not agree when a figure is off by a cent, and the figure is named", () => {
    const changes: readonly [string, (report: DayReport) => DayReport][] = [
      ["turnover", (report) => ({ ...report, turnover: addMoney(report.turnover, eur(1)) })],
      ["cashRounding", (report) => ({ ...report, cashRounding: addMoney(report.cashRounding, eur(1)) })],
      ["giftCards", (report) => ({ ...report, giftCards: eur(1) })],
      ["in card", (report) => withTendersOf(report, "card")],
      [`cashIn ${SHIFT}`, (report) => withDrawer(report, "cashIn")],
      [`expected ${SHIFT}`, (report) => withDrawer(report, "expected")],
      [`variance ${SHIFT}`, (report) => withDrawer(report, "variance")],
    ];
    fc.assert(
      fc.property(day, fc.constantFrom(...changes), (tickets, [figure, change]) => {
        const found = disagreements(change(reportOf(tickets)), tickets).find(
          (each) => each.figure === figure,
        );
        expect((found?.reported ?? 0) - (found?.booked ?? 0)).toBe(1);
      }),
    );
  });

  it("money of another currency is never added to the day's", () => {
    fc.assert(
      fc.property(day, (tickets) => {
        fc.pre(tickets.length > 0);
        const [first] = tickets;
        if (first === undefined) return;
        const foreign = {
          ...first,
          id: idOf<"Ticket">("foreign"),
          currency: money(0, idOf<"Currency">("CHF")).currency,
        };
        expect(disagreements(reportOf(tickets), [...tickets, foreign])).toEqual([
          { figure: "otherCurrency", reported: 0, booked: 1 },
        ]);
      }),
    );
  });
});

function withTendersOf(report: DayReport, kind: ReportTender["kind"]): DayReport {
  const none = { kind, count: 0, in: eur(0), out: eur(0) };
  const before = report.tenders.find((each) => each.kind === kind) ?? none;
  const others = report.tenders.filter((each) => each.kind !== kind);
  return { ...report, tenders: [...others, { ...before, in: addMoney(before.in, eur(1)) }] };
}

function withDrawer(report: DayReport, figure: "cashIn" | "expected" | "variance"): DayReport {
  return {
    ...report,
    drawers: report.drawers.map((drawer) => ({
      ...drawer,
      [figure]: addMoney(drawer[figure] ?? eur(0), eur(1)),
    })),
  };
}
