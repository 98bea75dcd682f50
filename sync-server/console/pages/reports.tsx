import { ChartColumn } from "lucide-react";
import { useCallback, useState } from "react";
import type { OrderId } from "#domain/ids.ts";
import type { ReportView } from "#domain/reports/view.ts";
import type { ReportAnswer, ReportsAnswer } from "#protocol/hq/reports.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf, showAsk, useAsk } from "../use-route.ts";
import { download } from "./download.ts";
import { OrderSheet } from "./order-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { askOfView, queryOfView, viewOfAsk, withReport } from "./report-ask.ts";
import { ReportChart } from "./report-chart.tsx";
import { ReportFilters } from "./report-filters.tsx";
import { ReportTable } from "./report-table.tsx";
import { ReportTicketsSheet } from "./report-tickets-sheet.tsx";
import { SavedViews } from "./saved-views.tsx";

const REFRESH_MS = 30_000;

/** Reports: what is shown, of which days and what of it stands in the address, so that a link is a saved report. */
export function ReportsPage() {
  const { reports } = useApi();
  const ask = useAsk();
  const view = viewOfAsk(ask);
  const query = queryOfView(view);
  const { known, problem: listProblem } = useAskedOnce(reports.all);
  const { data, problem } = usePolled(
    useCallback(() => reports.report(view.report, query), [reports, view.report, query]),
    REFRESH_MS,
  );
  const [fileProblem, setFileProblem] = useState<ApiProblem | null>(null);
  const [order, setOrder] = useState<OrderId | null>(null);
  const show = (changed: ReportView) => showAsk("reports", askOfView(changed), { replace: false });
  const current = known?.reports.find(({ name }) => name === view.report);
  async function save(format: "csv" | "xlsx"): Promise<void> {
    const file = await reports.file(view.report, query, format);
    setFileProblem(file.ok ? null : file.reason);
    if (file.ok) download(file.value, `${view.report}-${view.by}.${format}`);
  }
  return (
    <>
      <PageTitle title={t("nav.reports")}>
        <SavedViews view={view} onShow={show} />
        <Button onPress={() => save("csv")}>{t("reports.csv")}</Button>
        <Button onPress={() => save("xlsx")}>{t("reports.xlsx")}</Button>
      </PageTitle>
      {known !== null && <ReportTabs all={known.reports} view={view} />}
      {current !== undefined && (
        <ReportFilters view={view} known={current} onChange={(changes) => show({ ...view, ...changes })} />
      )}
      <ProblemNote problem={problem ?? listProblem ?? fileProblem} />
      {data !== null && data.report === view.report && (
        <ReportPanels
          answer={data}
          mayOpen={current?.mayOpen ?? false}
          addressOfTickets={(behind) =>
            addressOf("reports", { ...askOfView(view), tickets: behind.query, ticketsOf: behind.name })
          }
        />
      )}
      {ask.tickets !== undefined && order === null && (
        <ReportTicketsSheet
          key={`${view.report} ${ask.tickets}`}
          report={view.report}
          behind={{ name: ask.ticketsOf ?? "", query: ask.tickets }}
          onOrder={setOrder}
          onClose={() => show(view)}
        />
      )}
      {order !== null && <OrderSheet id={order} onChanged={() => undefined} onClose={() => setOrder(null)} />}
    </>
  );
}

function ReportTabs({ all, view }: { readonly all: ReportsAnswer["reports"]; readonly view: ReportView }) {
  return (
    <div className="mb-4">
      <Tabs
        label={t("reports.tabs")}
        all={all.map(({ name }) => name)}
        current={view.report}
        textOf={(name) => all.find((each) => each.name === name)?.title ?? name}
        addressOf={(name) => addressOf("reports", askOfView(withReport(view, name)))}
      />
    </div>
  );
}

function ReportPanels({
  answer,
  mayOpen,
  addressOfTickets,
}: {
  readonly answer: ReportAnswer;
  readonly mayOpen: boolean;
  readonly addressOfTickets: Parameters<typeof ReportTable>[0]["addressOfTickets"];
}) {
  return (
    <>
      {!answer.complete && (
        <p className="mb-4 rounded-xl bg-warn-soft px-4 py-3 text-warn">{t("reports.incomplete")}</p>
      )}
      {answer.rows.length === 0 ? (
        <Panel>
          <Empty icon={<ChartColumn aria-hidden size={32} />}>{t("reports.empty")}</Empty>
        </Panel>
      ) : (
        <>
          <Panel className="mb-4">
            <ReportChart answer={answer} />
          </Panel>
          <Panel>
            <ReportTable answer={answer} mayOpen={mayOpen} addressOfTickets={addressOfTickets} />
          </Panel>
          {answer.count > answer.rows.length && (
            <p className="mt-3 text-soft">
              {t("reports.more", { shown: numberText(answer.rows.length), count: numberText(answer.count) })}
            </p>
          )}
        </>
      )}
    </>
  );
}
