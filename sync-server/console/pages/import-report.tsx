import { CircleCheck, Info, OctagonAlert } from "lucide-react";
import type { ImportReport, RowProblem } from "#protocol/hq/import.ts";
import { numberText } from "../format.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { ImportChanges } from "./import-changes.tsx";

type Accepted = Extract<ImportReport, { readonly ok: true }>;

/** What the server found in a file: a summary, the changes one by one, and the rows that need a look. */
export function ImportReportView({
  fileName,
  report,
  onImport,
}: {
  readonly fileName: string;
  readonly report: ImportReport;
  /** Null: the file is not at hand any more. */
  readonly onImport: (() => void) | null;
}) {
  if (!report.ok)
    return (
      <div className="space-y-5">
        <Panel>
          <div role="alert" className="flex items-start gap-4 px-5 py-6">
            <OctagonAlert aria-hidden className="mt-0.5 shrink-0 text-danger" />
            <div>
              <h2 className="font-semibold text-lg">
                {t("import.refused")}: {fileName}
              </h2>
              <p className="mt-1 text-soft">{report.message}</p>
            </div>
          </div>
        </Panel>
        <Problems problems={report.problems} total={report.problems.length} />
      </div>
    );
  return (
    <div className="space-y-5">
      <Summary fileName={fileName} report={report} onImport={onImport} />
      <Problems problems={report.problems} total={report.problemCount} />
      <ImportChanges changes={report.changes} total={report.changeCount} dryRun={report.dryRun} />
    </div>
  );
}

function Summary({
  fileName,
  report,
  onImport,
}: {
  readonly fileName: string;
  readonly report: Accepted;
  /** Null: the file is not at hand any more. */
  readonly onImport: (() => void) | null;
}) {
  const { created, changed, unchanged } = report.products;
  return (
    <Panel>
      <div className="flex flex-wrap items-center gap-4 px-5 py-4">
        {report.dryRun ? (
          <Info aria-hidden className="text-soft" />
        ) : (
          <CircleCheck aria-hidden className="text-brand" />
        )}
        <p role="status" className="mr-auto font-medium">
          {t(report.dryRun ? "import.checked" : "import.done", { file: fileName })}
        </p>
        {report.dryRun && report.changeCount > 0 && onImport !== null && (
          <Button look="primary" onPress={onImport} className="min-h-12 px-6">
            {t("import.now")}
          </Button>
        )}
        {report.dryRun && report.changeCount === 0 && <Badge tone="good">{t("import.nothingToDo")}</Badge>}
      </div>
      <dl className="grid grid-cols-5 border-line border-t">
        <Count label={t("import.created")} count={created} />
        <Count label={t("import.changed")} count={changed} />
        <Count label={t("import.unchanged")} count={unchanged} />
        <Count label={t("import.prices")} count={report.prices} />
        <Count label={t("import.problems")} count={report.problemCount} isWarning={report.problemCount > 0} />
      </dl>
      {report.derivedSkus > 0 && (
        <p className="border-line border-t px-5 py-3 text-soft">
          {tCount("import.derived", report.derivedSkus)}
        </p>
      )}
    </Panel>
  );
}

function Count({
  label,
  count,
  isWarning = false,
}: {
  readonly label: string;
  readonly count: number;
  readonly isWarning?: boolean;
}) {
  return (
    <div className="border-line border-r px-5 py-3 last:border-r-0">
      <dt className="text-soft text-sm">{label}</dt>
      <dd className={`figures font-semibold text-xl ${isWarning ? "text-warn" : ""}`}>{numberText(count)}</dd>
    </div>
  );
}

function Problems({ problems, total }: { readonly problems: readonly RowProblem[]; readonly total: number }) {
  if (problems.length === 0) return null;
  return (
    <Panel
      title={t("import.problemsTitle")}
      aside={
        <span className="figures text-soft">
          {t("import.cut", { shown: numberText(problems.length), all: numberText(total) })}
        </span>
      }
    >
      <div className="max-h-96 overflow-y-auto">
        <Table
          label={t("import.problemsTitle")}
          columns={[
            { title: t("import.line"), align: "right" },
            { title: t("import.column") },
            { title: t("import.reason") },
            { title: t("import.value") },
            { title: t("import.effect") },
          ]}
        >
          {problems.map((problem) => (
            <Row key={`${problem.line} ${problem.column} ${problem.reason} ${problem.value}`}>
              <Cell align="right" className="w-20">
                {numberText(problem.line)}
              </Cell>
              <Cell className="whitespace-nowrap text-soft">{problem.column ?? t("common.none")}</Cell>
              <Cell>{t(`reason.${problem.reason}`)}</Cell>
              <Cell className="max-w-72 truncate font-mono text-sm">{problem.value}</Cell>
              <Cell>
                <Badge tone={problem.effect === "field" ? "neutral" : "warn"}>
                  {t(`effect.${problem.effect}`)}
                </Badge>
              </Cell>
            </Row>
          ))}
        </Table>
      </div>
    </Panel>
  );
}
