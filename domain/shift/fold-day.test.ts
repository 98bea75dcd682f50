import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ticketOf } from "../journal/effects.ts";
import type { Fact } from "../journal/entry.ts";
import {
  arbitraryDrawerAct,
  cashOf,
  closedWith,
  type DrawerAct,
  entriesOf,
  factOf,
  folded,
  opened,
  reportOf,
  shiftOf,
} from "../testing/shifts.ts";
import { eur } from "../testing/shop.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { newDay, nextNumber } from "./day-state.ts";
import { expectedCash } from "./drawers.ts";
import { foldCopy, foldDay, leftBy } from "./fold-day.ts";
import type { DayReport } from "./report.ts";

const DRAWERS = ["a", "b", "c"] as const;
const FLOAT = 10_000;
interface At {
  readonly drawer: (typeof DRAWERS)[number];
  readonly act: DrawerAct;
}
const arbitraryActs: fc.Arbitrary<readonly At[]> = fc.array(
  fc.record({ drawer: fc.constantFrom(...DRAWERS), act: arbitraryDrawerAct }),
  { maxLength: 30 },
);

function factsOf(acts: readonly At[]): readonly Fact[] {
  return [
    ...DRAWERS.map((name) => opened(shiftOf(name), FLOAT)),
    ...acts.map(({ drawer, act }, index) => factOf(act, shiftOf(drawer), index + 1)),
  ];
}

function sumOf(acts: readonly At[], drawer: string): number {
  return acts.reduce((sum, at) => (at.drawer === drawer ? sum + cashOf(at.act) : sum), FLOAT);
}

function ticketsIn(facts: readonly Fact[]): readonly Ticket[] {
  return facts.map(ticketOf).filter((ticket) => ticket !== null);
}

function total(amounts: readonly { readonly minor: number }[]): number {
  return amounts.reduce((sum, { minor }) => sum + minor, 0);
}

describe("what a drawer should hold", () => {
  test("is float and what came in less what went out, whatever happens at the others and in whatever order", () => {
    fc.assert(
      fc.property(arbitraryActs, (acts) => {
        const { drawers } = folded(entriesOf(factsOf(acts)));
        expect(drawers.map((drawer) => expectedCash(drawer).minor)).toEqual(
          DRAWERS.map((name) => sumOf(acts, name)),
        );
        const sorted = acts.toSorted((one, other) => one.drawer.localeCompare(other.drawer));
        const oneByOne = folded(entriesOf(factsOf(sorted)));
        expect(oneByOne.drawers.map(expectedCash)).toEqual(drawers.map(expectedCash));
      }),
    );
  });

  test("adds up on the report as it says", () => {
    fc.assert(
      fc.property(arbitraryActs, (acts) => {
        for (const { float, cashIn, cashOut, moves, expected } of reportOf(folded(entriesOf(factsOf(acts))))
          .drawers)
          expect(expected.minor).toBe(
            float.minor +
              cashIn.minor -
              cashOut.minor +
              moves.in.minor -
              moves.out.minor -
              moves.pickup.minor,
          );
      }),
    );
  });
});

describe("a Z report", () => {
  test("sums up its tickets: turnover, taxes, ways of paying, colleagues", () => {
    fc.assert(
      fc.property(arbitraryActs, (acts) => {
        const facts = factsOf(acts);
        const tickets = ticketsIn(facts);
        const report = reportOf(folded(entriesOf(facts)));
        const { turnover, sales, discounts, returns, giftCards, cashRounding, tenders, taxes, staff } =
          report;
        expect(turnover.minor).toBe(total(tickets.map(({ totals }) => totals.due)));
        expect(total(taxes.map(({ tax }) => tax))).toBe(total(tickets.map(({ totals }) => totals.tax)));
        expect(total(taxes.map(({ net }) => net))).toBe(total(tickets.map(({ totals }) => totals.net)));
        expect(total(tenders.map((each) => each.in)) - total(tenders.map(({ out }) => out))).toBe(
          turnover.minor,
        );
        expect(total(staff.map((each) => each.total))).toBe(turnover.minor);
        expect(
          sales.gross.minor -
            discounts.total.minor -
            returns.total.minor +
            giftCards.minor +
            cashRounding.minor,
        ).toBe(turnover.minor);
        expect(report.receipts).toEqual({
          count: tickets.length,
          first: tickets[0]?.number ?? null,
          last: tickets.at(-1)?.number ?? null,
        });
      }),
    );
  });

  test("has the next number, counts on from the grand total, and is of each entry once", () => {
    fc.assert(
      fc.property(fc.array(arbitraryActs, { minLength: 1, maxLength: 4 }), (days) => {
        let state = newDay(null);
        let seq = 1;
        const reports: DayReport[] = [];
        for (const acts of days) {
          const entries = entriesOf(factsOf(acts), seq);
          seq += entries.length;
          const report = reportOf(folded(entries, state));
          expect(report.span).toEqual({
            from: { epoch: 1, seq: seq - entries.length },
            until: { epoch: 1, seq: seq - 1 },
          });
          reports.push(report);
          state = folded(
            entriesOf([{ type: "day.closed", report, approvedBy: null }], seq),
            folded(entries, state),
          );
          seq += 1;
        }
        expect(reports.map(({ number }) => number)).toEqual(days.map((_, index) => index + 1));
        expect(nextNumber(state)).toBe(days.length + 1);
        expect(reports.at(-1)?.grandTotal.minor).toBe(total(reports.map(({ turnover }) => turnover)));
      }),
    );
  });

  test("is the same when its entries stand in the journal twice, since they were carried over", () => {
    fc.assert(
      fc.property(arbitraryActs, fc.nat(), (acts, at) => {
        const entries = entriesOf(factsOf(acts));
        const from = at % entries.length;
        const state = folded(entries);
        const again = entries
          .slice(from)
          .map((entry, index) => ({ ...entry, epoch: 2, seq: index + 2 }))
          .reduce(foldCopy, state);
        expect(again).toEqual({ ...state, until: { epoch: 2, seq: entries.length - from + 1 } });
      }),
    );
  });
});

describe("the next day", () => {
  test("begins with what the last close of the drawer left in it", () => {
    const shift = shiftOf("a");
    const again = shiftOf("b");
    const state = folded(
      entriesOf([
        opened(shift, FLOAT),
        closedWith(shift, 9_000, FLOAT),
        opened(again, 9_000),
        closedWith(again, 8_000, 9_000),
      ]),
    );
    expect(leftBy(reportOf(state)).kept).toEqual([{ owner: null, amount: eur(8_000) }]);
  });

  test("knows nothing of the day before but its number and its totals", () => {
    const [opening] = entriesOf([opened(shiftOf("a"), FLOAT)]);
    if (opening === undefined) throw new Error("nothing was opened");
    const report = reportOf(foldDay(newDay(null), opening));
    const [close] = entriesOf([{ type: "day.closed", report, approvedBy: null }], 2);
    if (close === undefined) throw new Error("nothing was closed");
    expect(foldDay(foldDay(newDay(null), opening), close)).toEqual(newDay(leftBy(report)));
    expect(foldCopy(newDay(leftBy(report)), { ...close, epoch: 2, seq: 2 })).toEqual(newDay(leftBy(report)));
  });
});
