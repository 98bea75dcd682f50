import type { ShiftId } from "../ids.ts";
import { addMoney, negateMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import type { Ticket, TicketTender } from "../ticket/ticket.ts";
import { valueKindOf } from "../value/credit-code.ts";
import type { DayReport, ReportDrawer, ReportTender } from "./report.ts";

/** A figure of a Z report that is another by the tickets that were booked, minor units. */
export interface Disagreement {
  /** Which: `turnover`, `receipts`, `tax de-19`, `in cash`, `expected shift-1` … */
  readonly figure: string;
  readonly reported: number;
  readonly booked: number;
}

type Figures = ReadonlyMap<string, number>;

/**
 * Where a report and the tickets of its span do not agree, figure by figure; none where all of it adds up. Reckoned anew from the tickets,
 * by other means than the till's own running sums. A ticket that is given twice counts once.
 */
export function disagreements(report: DayReport, tickets: readonly Ticket[]): readonly Disagreement[] {
  const unique = [...new Map(tickets.map((ticket) => [ticket.id, ticket])).values()];
  const ours = unique.filter(({ currency }) => currency === report.currency);
  const reported = reportedFigures(report);
  const booked = bookedFigures(report, ours);
  const foreign = unique.length - ours.length;
  const figures = [...new Set([...reported.keys(), ...booked.keys()])];
  return [
    ...(foreign === 0 ? [] : [{ figure: "otherCurrency", reported: 0, booked: foreign }]),
    ...figures.flatMap((figure) => {
      const [told, found] = [reported.get(figure) ?? 0, booked.get(figure) ?? 0];
      return told === found ? [] : [{ figure, reported: told, booked: found }];
    }),
  ];
}

function reportedFigures(report: DayReport): Figures {
  return new Map([
    ["receipts", report.receipts.count],
    ["turnover", report.turnover.minor],
    ["cashRounding", report.cashRounding.minor],
    ["giftCards", report.giftCards.minor],
    ["returns", report.returns.total.minor],
    ...added(report.taxes.map(({ rate, tax }) => [`tax ${rate}`, tax.minor])),
    ...added(report.taxes.map(({ rate, net }) => [`net ${rate}`, net.minor])),
    ...report.tenders.map((tender): [string, number] => [`in ${tender.kind}`, tender.in.minor]),
    ...report.tenders.map((tender): [string, number] => [`out ${tender.kind}`, tender.out.minor]),
    ...report.drawers.flatMap((drawer): [string, number][] => [
      [`cashIn ${drawer.shift}`, drawer.cashIn.minor],
      [`expected ${drawer.shift}`, drawer.expected.minor],
      [`variance ${drawer.shift}`, drawer.variance?.minor ?? 0],
    ]),
  ]);
}

function bookedFigures(report: DayReport, tickets: readonly Ticket[]): Figures {
  const { currency } = report;
  const total = (amounts: readonly Money[]): number => sumMoney(amounts, currency).minor;
  const lines = tickets.flatMap((ticket) => ticket.lines);
  const tenders = tickets.flatMap((ticket) => ticket.tenders.map(movedBy));
  return new Map([
    ["receipts", tickets.length],
    ["turnover", total(tickets.map(({ totals }) => totals.due))],
    ["cashRounding", total(tickets.map(({ totals }) => totals.cashRounding))],
    [
      "giftCards",
      total(
        lines.flatMap((line) => (line.kind === "sale" && line.giftCard !== undefined ? [line.total] : [])),
      ),
    ],
    ["returns", total(lines.flatMap((line) => (line.kind === "return" ? [negateMoney(line.total)] : [])))],
    ...added(tickets.flatMap(({ taxes }) => taxes.map(({ rate, tax }) => [`tax ${rate.id}`, tax.minor]))),
    ...added(tickets.flatMap(({ taxes }) => taxes.map(({ rate, net }) => [`net ${rate.id}`, net.minor]))),
    ...added(tenders.map((moved) => [`in ${moved.kind}`, moved.in.minor])),
    ...added(tenders.map((moved) => [`out ${moved.kind}`, moved.out.minor])),
    ...report.drawers.flatMap((drawer) => drawerFigures(drawer, tickets)),
  ]);
}

/** What a drawer should come to by its own parts, and what sales brought into it. */
function drawerFigures(drawer: ReportDrawer, tickets: readonly Ticket[]): readonly [string, number][] {
  const { shift, float, cashIn, cashOut, moves, expected, counted } = drawer;
  const plus = addMoney(addMoney(float, cashIn), moves.in);
  const minus = addMoney(addMoney(cashOut, moves.out), moves.pickup);
  return [
    [`cashIn ${shift}`, cashInto(shift, { tickets, none: zeroMoney(float.currency) }).minor],
    [`expected ${shift}`, subtractMoney(plus, minus).minor],
    [`variance ${shift}`, counted === null ? 0 : subtractMoney(counted, expected).minor],
  ];
}

function cashInto(
  shift: ShiftId,
  { tickets, none }: { readonly tickets: readonly Ticket[]; readonly none: Money },
): Money {
  return tickets
    .filter((ticket) => ticket.shift === shift)
    .flatMap((ticket) => ticket.tenders.map(movedBy))
    .filter(({ kind }) => kind === "cash")
    .reduce((sum, moved) => addMoney(sum, moved.in), none);
}

/** In which way a tender moves how much; of cash what was kept of it. */
function movedBy(tender: TicketTender): Pick<ReportTender, "kind" | "in" | "out"> {
  if (tender.kind === "refund") {
    const { to, amount } = tender;
    const kind = to.kind === "credit" ? valueKindOf(to.code) : to.kind;
    return { kind, in: zeroMoney(amount.currency), out: amount };
  }
  if (tender.kind === "cash") {
    const kept = cashKept(tender);
    return { kind: "cash", in: kept, out: zeroMoney(kept.currency) };
  }
  const kind = tender.kind === "credit" ? valueKindOf(tender.code) : tender.kind;
  return { kind, in: tender.amount, out: zeroMoney(tender.amount.currency) };
}

function added(figures: readonly (readonly [string, number])[]): readonly [string, number][] {
  const sums = new Map<string, number>();
  for (const [figure, minor] of figures) sums.set(figure, (sums.get(figure) ?? 0) + minor);
  return [...sums];
}
