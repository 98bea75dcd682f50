import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { durationText } from "#domain/reports/duration.ts";
import type { ReportAnswer } from "#protocol/hq/reports.ts";
import { amountText, numberText } from "../format.ts";

const PPM = 1_000_000;
const THOUSANDTHS = 1_000;
const decimal = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const change = new Intl.NumberFormat("en", {
  style: "percent",
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

/** A figure as people read it; a dash where there is none. */
export function figureText(
  kind: ReportAnswer["columns"][number]["kind"],
  figure: number | null,
  currency: string,
): string {
  if (figure === null) return "–";
  if (kind === "count") return numberText(figure);
  if (kind === "rate") return percent.format(figure / PPM);
  if (kind === "duration") return durationText(figure);
  if (kind === "decimal") return decimal.format(figure / THOUSANDTHS);
  return amountText(money(figure, idOf<"Currency">(currency)));
}

/** By how much a figure is more or less than one before, as a share of that; a dash where that was nothing. */
export function changeText(now: number | null, before: number | null): string {
  if (now === null || before === null || before === 0) return "–";
  return change.format((now - before) / Math.abs(before));
}
