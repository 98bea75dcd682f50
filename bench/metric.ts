/** What a figure was measured under: sizes and counts, so that two runs can be told apart. */
export type Params = Readonly<Record<string, string | number>>;

/** A figure and the least that the same work costs on this machine, measured in the same run. */
export interface Measured {
  readonly metric: string;
  readonly value: number;
  readonly unit: "ms" | "MB" | "B" | "1/s";
  readonly floor: number;
  /** What the figure is meant to be, where somebody has said so: `most` is kept to, `least` is reached. */
  readonly aim?: { readonly most: number } | { readonly least: number };
  /** What must never be, whatever the figures, and was seen with this one: the run goes on, and ends with status 1. */
  readonly fault?: string;
  readonly params: Params;
}

/** One line of `--json`; an aim stands in its params, with whether it was met. */
export interface Metric extends Omit<Measured, "aim" | "fault"> {
  readonly bench: string;
  /** `value` / `floor`. */
  readonly ratio: number;
}

/** More digits than these would be noise. */
const DIGITS = 5;

/** Completes a figure: rounds it and sets it beside its floor. Throws a RangeError on what is no figure. */
export function toMetric(bench: string, { metric, value, unit, floor, aim, params }: Measured): Metric {
  if (!Number.isFinite(value) || !Number.isFinite(floor) || floor <= 0)
    throw new RangeError(`${bench} ${metric}: ${value} over a floor of ${floor} is no figure`);
  const rounded = { value: round(value), floor: round(floor) };
  return {
    bench,
    metric,
    value: rounded.value,
    unit,
    floor: rounded.floor,
    ratio: rounded.value / rounded.floor,
    params: aim === undefined ? params : { ...params, ...judged(value, aim) },
  };
}

function judged(value: number, aim: NonNullable<Measured["aim"]>): Params {
  const isMet = "most" in aim ? value <= aim.most : value >= aim.least;
  return {
    aim: "most" in aim ? `<= ${round(aim.most)}` : `>= ${round(aim.least)}`,
    met: isMet ? "yes" : "no",
  };
}

export function jsonLine(metric: Metric): string {
  return JSON.stringify(metric);
}

/** A parameter that is no size: how many times Onetill's own figure this one of another program is. */
export const TIMES_OURS = "timesOurs";

/** The figures for people: one row per metric, numbers aligned, what they were measured under beneath. */
export function tableOf(metrics: readonly Metric[]): string {
  const isBesideOurs = metrics.some(({ params }) => TIMES_OURS in params);
  const hasAims = metrics.some(({ params }) => params.aim !== undefined);
  const head = [
    "metric",
    "value",
    "floor",
    "ratio",
    ...(isBesideOurs ? ["times ours"] : []),
    ...(hasAims ? ["aim", "met"] : []),
  ];
  const rows = metrics.map(({ metric, value, unit, floor, ratio, params }) => [
    metric,
    `${shown(value)} ${unit}`,
    `${shown(floor)} ${unit}`,
    `${ratio.toFixed(ratio < 0.1 ? 3 : ratio < 10 ? 1 : 0)} x`,
    ...(isBesideOurs ? [TIMES_OURS in params ? `${params[TIMES_OURS]} x` : ""] : []),
    ...(hasAims ? [String(params.aim ?? ""), String(params.met ?? "")] : []),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("   ")
      .trimEnd(),
  );
  return [...lines, "", ...sharedParams(metrics)].join("\n");
}

function sharedParams(metrics: readonly Metric[]): string[] {
  const texts = metrics.map(({ params }) =>
    Object.entries(params)
      .filter(([name]) => name !== TIMES_OURS && name !== "aim" && name !== "met")
      .map(([name, value]) => `${name} ${value}`)
      .join(", "),
  );
  return [...new Set(texts)].map(
    (text) => `${namesWith(metrics, texts, text)}${text === "" ? "no parameters" : text}`,
  );
}

function namesWith(metrics: readonly Metric[], texts: readonly string[], text: string): string {
  if (texts.every((each) => each === text)) return "";
  const names = metrics.filter((_, index) => texts[index] === text).map(({ metric }) => metric);
  return `${names.join(", ")}: `;
}

function round(figure: number): number {
  return Number(figure.toPrecision(DIGITS));
}

function shown(figure: number): string {
  return figure.toFixed(figure < 10 ? 2 : figure < 100 ? 1 : 0);
}
