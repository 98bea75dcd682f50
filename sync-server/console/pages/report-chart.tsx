import type { ReportAnswer } from "#protocol/hq/reports.ts";
import { t } from "../translate.ts";
import { BarChart, type ChartPoint, LineChart } from "../ui/chart.tsx";
import { figureText } from "./report-figure.ts";

/** More bars are no picture any more. */
const MAX_BARS = 24;
const LINES: readonly ReportAnswer["by"][] = ["day", "week", "month"];

/** The main column of a report as a picture: of the currency that most rows have. */
export function ReportChart({ answer }: { readonly answer: ReportAnswer }) {
  const place = answer.columns.findIndex(({ name }) => name === answer.main);
  const column = answer.columns[place];
  const currency = answer.rows[0]?.currency;
  if (column === undefined || currency === undefined) return null;
  const points = answer.rows
    .filter((row) => row.currency === currency)
    .map(
      ({ key, name, figures, before }): ChartPoint => ({
        key,
        name,
        value: figures[place] ?? 0,
        before: before === null ? null : (before[place] ?? 0),
      }),
    );
  const { period, compared } = answer;
  const props = {
    label: t("reports.chart", { title: answer.title, rows: answer.byTitle, column: column.title }),
    textOf: (value: number) => figureText(column.kind, value, currency),
    now: t("reports.chart.now", period),
    former: compared === null ? "" : t("reports.chart.now", compared),
  };
  return (
    <div className="p-4">
      {LINES.includes(answer.by) ? (
        <LineChart {...props} points={points} />
      ) : (
        <BarChart {...props} points={points.slice(0, MAX_BARS)} />
      )}
    </div>
  );
}
