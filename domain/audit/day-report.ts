import type { DayReport, ReportDrawer } from "../shift/report.ts";
import type { DaySums, DrawerSums } from "./day-sums.ts";
import type { WrongFigure } from "./ticket-sums.ts";

type Figures = Map<string, number | string | null>;

/** Every figure of a report that the entries of its span contradict. */
export function wrongReportFigures(report: DayReport, sums: DaySums): readonly WrongFigure[] {
  const found = figuresOfReport(report);
  const expected = figuresOfSums(sums, report);
  const names = new Set([...expected.keys(), ...found.keys()]);
  return [...names].flatMap((name) => {
    const [is, should] = [found.get(name) ?? 0, expected.get(name) ?? 0];
    return is === should ? [] : [{ figure: name, found: String(is), expected: String(should) }];
  });
}

function figuresOfReport(report: DayReport): Figures {
  const figures: Figures = new Map<string, number | string | null>([
    ["the number of receipts", report.receipts.count],
    ["the first receipt", report.receipts.first],
    ["the last receipt", report.receipts.last],
    ["the number of lines sold", report.sales.lines],
    ["what was sold before discounts", report.sales.gross.minor],
    ["the number of lines returned", report.returns.lines],
    ["what was returned", report.returns.total.minor],
    ["the number of discounts", report.discounts.count],
    ["the sum of discounts", report.discounts.total.minor],
    ["gift cards sold", report.giftCards.minor],
    ["cash rounding", report.cashRounding.minor],
    ["turnover", report.turnover.minor],
    ["drawer openings without a sale", report.drawerOpenings],
    ["receipts printed again", report.reprints],
    ["approvals by PIN", report.approvals],
  ]);
  for (const { rate, ppm, net, tax } of report.taxes) {
    add(figures, `net at ${rate}=${ppm}`, net.minor);
    add(figures, `tax at ${rate}=${ppm}`, tax.minor);
  }
  for (const { kind, count, in: taken, out } of report.tenders) {
    add(figures, `payments by ${kind}`, count);
    add(figures, `taken by ${kind}`, taken.minor);
    add(figures, `given back by ${kind}`, out.minor);
  }
  for (const { staff, tickets, total } of report.staff) {
    add(figures, `tickets of ${staff}`, tickets);
    add(figures, `turnover of ${staff}`, total.minor);
  }
  for (const drawer of report.drawers) addReportDrawer(figures, drawer);
  return figures;
}

function figuresOfSums(sums: DaySums, report: DayReport): Figures {
  const figures: Figures = new Map<string, number | string | null>([
    ["the number of receipts", sums.receipts.count],
    ["the first receipt", sums.receipts.first],
    ["the last receipt", sums.receipts.last],
    ["the number of lines sold", sums.sales.lines],
    ["what was sold before discounts", sums.sales.gross],
    ["the number of lines returned", sums.returns.lines],
    ["what was returned", sums.returns.total],
    ["the number of discounts", sums.discounts.count],
    ["the sum of discounts", sums.discounts.total],
    ["gift cards sold", sums.giftCards],
    ["cash rounding", sums.cashRounding],
    ["turnover", sums.turnover],
    ["drawer openings without a sale", sums.drawerOpenings],
    ["receipts printed again", sums.reprints],
    ["approvals by PIN", sums.approvals],
  ]);
  for (const [key, { net, tax }] of sums.taxes) {
    add(figures, `net at ${key}`, net);
    add(figures, `tax at ${key}`, tax);
  }
  for (const [kind, { count, in: taken, out }] of sums.tenders) {
    add(figures, `payments by ${kind}`, count);
    add(figures, `taken by ${kind}`, taken);
    add(figures, `given back by ${kind}`, out);
  }
  for (const [staff, { tickets, total }] of sums.staff) {
    add(figures, `tickets of ${staff}`, tickets);
    add(figures, `turnover of ${staff}`, total);
  }
  for (const [shift, drawer] of sums.drawers)
    addDrawer(
      figures,
      shift,
      drawer,
      report.drawers.find((each) => each.shift === shift),
    );
  return figures;
}

function addReportDrawer(figures: Figures, drawer: ReportDrawer): void {
  const { shift, counted, variance, moves } = drawer;
  add(figures, `the float of drawer ${shift}`, drawer.float.minor);
  add(figures, `cash taken into drawer ${shift}`, drawer.cashIn.minor);
  add(figures, `cash given from drawer ${shift}`, drawer.cashOut.minor);
  add(figures, `paid into drawer ${shift}`, moves.in.minor);
  add(figures, `paid out of drawer ${shift}`, moves.out.minor);
  add(figures, `picked up from drawer ${shift}`, moves.pickup.minor);
  add(figures, `expected in drawer ${shift}`, drawer.expected.minor);
  if (counted !== null) add(figures, `counted in drawer ${shift}`, counted.minor);
  if (variance !== null) add(figures, `variance of drawer ${shift}`, variance.minor);
}

function addDrawer(
  figures: Figures,
  shift: string,
  sums: DrawerSums,
  reported: ReportDrawer | undefined,
): void {
  const float = sums.float ?? reported?.float.minor ?? 0;
  const expected = float + sums.cashIn - sums.cashOut + sums.in - sums.out - sums.pickup;
  add(figures, `the float of drawer ${shift}`, float);
  add(figures, `cash taken into drawer ${shift}`, sums.cashIn);
  add(figures, `cash given from drawer ${shift}`, sums.cashOut);
  add(figures, `paid into drawer ${shift}`, sums.in);
  add(figures, `paid out of drawer ${shift}`, sums.out);
  add(figures, `picked up from drawer ${shift}`, sums.pickup);
  add(figures, `expected in drawer ${shift}`, expected);
  if (sums.counted === null) return;
  add(figures, `counted in drawer ${shift}`, sums.counted);
  add(figures, `variance of drawer ${shift}`, sums.counted - expected);
}

/** The same name twice is added up: a rate or a kind of payment may stand on two rows. */
function add(figures: Figures, name: string, minor: number): void {
  const before = figures.get(name);
  figures.set(name, (typeof before === "number" ? before : 0) + minor);
}
