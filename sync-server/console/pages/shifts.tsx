import { Wallet } from "lucide-react";
import { useCallback, useState } from "react";
import type { EntryId } from "#domain/ids.ts";
import { tillText } from "#domain/store/till-text.ts";
import type { ShiftRow, ZReportRow } from "#protocol/hq/shifts.ts";
import { amountText, dateTimeText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { useAsk } from "../use-route.ts";
import { ProblemNote } from "./problem-note.tsx";
import { actWords } from "./shift-acts.tsx";
import { StoreSelect } from "./store-select.tsx";
import { VarianceBadge } from "./variance-badge.tsx";
import { When } from "./when.tsx";
import { ZReportSheet } from "./z-report-sheet.tsx";

const REFRESH_MS = 5_000;
const STEP = 50;
const MAX_SHOWN = 200;

/** Drawers that are open, and the days that were closed, of the whole chain. */
export function ShiftsPage() {
  const { shifts: api } = useApi();
  const asked = useAsk();
  const [store, setStore] = useState<string | null>(asked.store ?? null);
  const [day, setDay] = useState(asked.day ?? "");
  const [limit, setLimit] = useState(STEP);
  const [opened, setOpened] = useState<EntryId | null>(null);
  const open = usePolled(
    useCallback(() => api.open(store), [api, store]),
    REFRESH_MS,
  );
  const reports = usePolled(
    useCallback(() => api.zReports({ store, day, limit }), [api, store, day, limit]),
    REFRESH_MS,
  );
  const total = reports.data?.total ?? 0;
  return (
    <>
      <PageTitle title={t("nav.shifts")}>
        {reports.data !== null && <span className="figures text-soft">{tCount("shifts.count", total)}</span>}
        <label className="flex items-center gap-2 text-soft">
          {t("shifts.day")}
          <input
            type="date"
            value={day}
            onChange={(event) => setDay(event.target.value)}
            className="min-h-10 rounded-xl border border-line bg-surface px-3 text-ink"
          />
        </label>
        <StoreSelect value={store} none={t("common.allStores")} onChange={setStore} />
      </PageTitle>
      <ProblemNote problem={open.problem ?? reports.problem} />
      <Panel title={t("shifts.open")} className="mb-5">
        {open.data?.shifts.length === 0 ? (
          <p className="px-5 py-4 text-soft">{t("shifts.open.empty")}</p>
        ) : (
          <OpenTable shifts={open.data?.shifts ?? []} />
        )}
      </Panel>
      <Panel title={t("shifts.reports")}>
        {reports.data?.reports.length === 0 ? (
          <Empty icon={<Wallet aria-hidden size={32} />}>
            {t(store === null && day === "" ? "shifts.reports.empty" : "shifts.reports.nothing")}
          </Empty>
        ) : (
          <ReportTable reports={reports.data?.reports ?? []} onOpen={setOpened} />
        )}
      </Panel>
      {total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {opened !== null && <ZReportSheet id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function OpenTable({ shifts }: { readonly shifts: readonly ShiftRow[] }) {
  return (
    <Table
      label={t("shifts.open")}
      columns={[
        { title: t("shifts.till") },
        { title: t("shifts.drawer") },
        { title: t("shifts.day") },
        { title: t("shifts.since") },
        { title: t("shifts.float"), align: "right" },
        { title: t("shifts.moved") },
      ]}
    >
      {shifts.map((shift) => (
        <Row key={shift.shift}>
          <Cell className="figures whitespace-nowrap font-medium">{tillText(shift)}</Cell>
          <Cell>{shift.owner ?? t("shifts.shared")}</Cell>
          <Cell className="figures whitespace-nowrap">{shift.businessDay}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            <When at={shift.openedAt} /> {t("shifts.by", { who: shift.openedBy })}
          </Cell>
          <Cell align="right">{amountText(shift.float)}</Cell>
          <Cell className="text-soft">
            {shift.acts.length === 0
              ? t("common.none")
              : shift.acts
                  .filter(({ kind }) => kind !== "counted")
                  .map(actWords)
                  .join(" · ")}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function ReportTable({
  reports,
  onOpen,
}: {
  readonly reports: readonly ZReportRow[];
  readonly onOpen: (id: EntryId) => void;
}) {
  return (
    <Table
      label={t("shifts.reports")}
      columns={[
        { title: t("shifts.number") },
        { title: t("shifts.till") },
        { title: t("shifts.day") },
        { title: t("shifts.madeAt") },
        { title: t("shifts.receipts"), align: "right" },
        { title: t("shifts.turnover"), align: "right" },
        { title: t("shifts.variance") },
      ]}
    >
      {reports.map((row) => (
        <Row key={row.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(row.id)}
              aria-label={t("shifts.openReport", { number: row.number, till: tillText(row) })}
              className="figures whitespace-nowrap font-medium text-brand hover:underline"
            >
              {t("shifts.z", { number: row.number })}
            </button>
          </Cell>
          <Cell className="figures whitespace-nowrap">{tillText(row)}</Cell>
          <Cell className="figures whitespace-nowrap">{row.businessDay}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            {dateTimeText(row.madeAt)} {t("shifts.by", { who: row.madeBy })}
          </Cell>
          <Cell align="right">{numberText(row.receipts)}</Cell>
          <Cell align="right" className="font-medium">
            {amountText(row.turnover)}
          </Cell>
          <Cell>
            <VarianceBadge variance={row.variance} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
