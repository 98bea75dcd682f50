import type { TaxAmount } from "../tax/tax.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import type { Ticket, TicketLine, TicketTender } from "../ticket/ticket.ts";

/** A figure of a ticket that does not follow from the others; minor units, as text where it is a set of figures. */
export interface WrongFigure {
  readonly figure: string;
  readonly found: string;
  readonly expected: string;
}

const PPM = 1_000_000;
/** What rounding may do to the tax of one line: a cent of its own, one by sharing, one by a part that came back before. */
const TAX_SLACK_MINOR = 3;

/** Every figure of a ticket that its own lines and tenders contradict; none on a ticket that is right. */
export function wrongFigures(ticket: Ticket): readonly WrongFigure[] {
  return [
    ...ticket.lines.flatMap((line, index) => wrongInLine(line, index + 1)),
    ...wrongTotals(ticket),
    ...wrongTaxes(ticket),
    ...figure("what was paid", paidMinor(ticket.tenders), ticket.totals.due.minor),
  ];
}

/** What tenders come to: change and what was given back subtracted; minor units. */
export function paidMinor(tenders: readonly TicketTender[]): number {
  return sum(tenders, (tender) => {
    if (tender.kind === "cash") return cashKept(tender).minor;
    return tender.kind === "refund" ? -tender.amount.minor : tender.amount.minor;
  });
}

function wrongInLine(line: TicketLine, position: number): readonly WrongFigure[] {
  const reduced = sum(line.discounts, ({ amount }) => amount.minor);
  return [
    ...(line.kind === "sale"
      ? figure(`line ${position} before discounts`, line.gross.minor, line.unitPrice.minor * line.quantity)
      : []),
    ...figure(`line ${position}`, line.total.minor, line.gross.minor - reduced),
    ...line.taxes.flatMap((tax) => wrongTax(tax, `${tax.rate.name} on line ${position}`)),
  ];
}

function wrongTax({ rate, net, tax }: TaxAmount, name: string): readonly WrongFigure[] {
  const exact = (net.minor * rate.ppm) / PPM;
  return Math.abs(tax.minor - exact) <= TAX_SLACK_MINOR ? [] : figure(name, tax.minor, Math.round(exact));
}

function wrongTotals({ lines, totals, taxMode }: Ticket): readonly WrongFigure[] {
  const shown = sum(lines, ({ total }) => total.minor);
  const tax = sum(lines, ({ taxes }) => sum(taxes, (each) => each.tax.minor));
  const net = taxMode === "inclusive" ? shown - tax : shown;
  return [
    ...figure(
      "the sum before discounts",
      totals.gross.minor,
      sum(lines, ({ gross }) => gross.minor),
    ),
    ...figure(
      "the sum of discounts",
      totals.discount.minor,
      sum(lines, ({ discounts }) => sum(discounts, ({ amount }) => amount.minor)),
    ),
    ...figure("the net sum", totals.net.minor, net),
    ...figure("the sum of tax", totals.tax.minor, tax),
    ...figure("the total", totals.total.minor, net + tax),
    ...figure("what is due", totals.due.minor, totals.total.minor + totals.cashRounding.minor),
  ];
}

function wrongTaxes({ lines, taxes }: Ticket): readonly WrongFigure[] {
  const found = byRate(taxes);
  const expected = byRate(lines.flatMap((line) => line.taxes));
  const names = new Set([...expected.keys(), ...found.keys()]);
  return [...names].flatMap((name) =>
    figure(`the tax at ${name}`, found.get(name) ?? "none", expected.get(name) ?? "none"),
  );
}

/** Tax and what it is on, per rate. A rate that changed its size counts as another one. */
function byRate(taxes: readonly TaxAmount[]): ReadonlyMap<string, string> {
  const sums = new Map<string, { readonly net: number; readonly tax: number }>();
  for (const { rate, net, tax } of taxes) {
    const name = `${rate.name} (${rate.id}, ${rate.ppm} ppm)`;
    const so = sums.get(name) ?? { net: 0, tax: 0 };
    sums.set(name, { net: so.net + net.minor, tax: so.tax + tax.minor });
  }
  return new Map([...sums].map(([name, { net, tax }]) => [name, `${tax} on ${net}`]));
}

function figure(name: string, found: number | string, expected: number | string): readonly WrongFigure[] {
  return found === expected ? [] : [{ figure: name, found: String(found), expected: String(expected) }];
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((so, item) => so + of(item), 0);
}
