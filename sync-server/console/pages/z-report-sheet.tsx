import { type ReactNode, useCallback, useState } from "react";
import type { EntryId } from "#domain/ids.ts";
import { CASH_MOVEMENT_KINDS } from "#domain/shift/facts.ts";
import type { DayReport, ReportDrawer } from "#domain/shift/report.ts";
import { zReportTitle } from "#domain/shift/report-rows.ts";
import { tillText } from "#domain/store/till-text.ts";
import type { ShiftRow, ZReportDetail } from "#protocol/hq/shifts.ts";
import type { ApiProblem } from "../ask.ts";
import { amountText, dateTimeText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { usePolled } from "../use-polled.ts";
import { download } from "./download.ts";
import { ProblemNote } from "./problem-note.tsx";
import { ShiftActs } from "./shift-acts.tsx";
import { VarianceBadge } from "./variance-badge.tsx";

const REFRESH_MS = 60_000;

/** One Z report: its sums, and each drawer with what was done with it. */
export function ZReportSheet({ id, onClose }: { readonly id: EntryId; readonly onClose: () => void }) {
  const { shifts: api } = useApi();
  const { data, problem } = usePolled(
    useCallback(() => api.zReport(id), [api, id]),
    REFRESH_MS,
  );
  const title =
    data === null
      ? ""
      : t("shifts.detail", {
          number: data.row.number,
          till: tillText(data.row),
          day: data.row.businessDay,
        });
  return (
    <Sheet title={title} closeLabel={t("common.close")} onClose={onClose}>
      <ProblemNote problem={problem} />
      {data !== null && (
        <div className="space-y-5">
          <p className="text-soft">
            {data.row.storeName} · {dateTimeText(data.row.madeAt)} {t("shifts.by", { who: data.row.madeBy })}
          </p>
          <SaveReport id={id} row={data.row} />
          <Sums report={data.report} />
          <Taxes report={data.report} />
          <Tenders report={data.report} />
          <Drawers detail={data} />
        </div>
      )}
    </Sheet>
  );
}

/** The report as a file to keep. */
function SaveReport({ id, row }: { readonly id: EntryId; readonly row: ZReportDetail["row"] }) {
  const { shifts: api } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  async function save(): Promise<void> {
    const answer = await api.zReportFile(id);
    setProblem(answer.ok ? null : answer.reason);
    if (answer.ok) download(answer.value, `${zReportTitle(row, { code: row.store })}.pdf`);
  }
  return (
    <>
      <ProblemNote problem={problem} />
      <Button onPress={() => save()}>{t("shifts.pdf")}</Button>
    </>
  );
}

function Sums({ report }: { readonly report: DayReport }) {
  const rows: readonly (readonly [string, string])[] = [
    [t("shifts.receipts"), numberText(report.receipts.count)],
    [t("shifts.returns"), amountText(report.returns.total)],
    [t("shifts.discounts"), amountText(report.discounts.total)],
    [t("shifts.giftCards"), amountText(report.giftCards)],
    [t("shifts.cashRounding"), amountText(report.cashRounding)],
    [t("shifts.turnover"), amountText(report.turnover)],
    [t("shifts.grandTotal"), amountText(report.grandTotal)],
    ...(report.unsent === 0 ? [] : [[t("shifts.unsent"), numberText(report.unsent)] as const]),
  ];
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1">
      {rows.map(([label, value]) => (
        <Line key={label} label={label} value={value} />
      ))}
    </dl>
  );
}

function Taxes({ report: { taxes } }: { readonly report: DayReport }) {
  if (taxes.length === 0) return null;
  return (
    <Part title={t("shifts.taxes")}>
      {taxes.map(({ rate, name, net, tax }) => (
        <Line
          key={`${rate} ${name}`}
          label={t("shifts.tax", { name, net: amountText(net) })}
          value={amountText(tax)}
        />
      ))}
    </Part>
  );
}

function Tenders({ report: { tenders } }: { readonly report: DayReport }) {
  if (tenders.length === 0) return null;
  return (
    <Part title={t("shifts.tenders")}>
      {tenders.map((tender) => (
        <Line
          key={tender.kind}
          label={`${t(`shifts.tender.${tender.kind}`)} (${numberText(tender.count)})`}
          value={[
            t("shifts.in", { amount: amountText(tender.in) }),
            ...(tender.out.minor === 0 ? [] : [t("shifts.out", { amount: amountText(tender.out) })]),
          ].join(", ")}
        />
      ))}
    </Part>
  );
}

function Drawers({ detail: { report, shifts, names } }: { readonly detail: ZReportDetail }) {
  if (report.drawers.length === 0) return null;
  return (
    <section className="space-y-3">
      <h3 className="font-semibold">{t("shifts.drawers")}</h3>
      {report.drawers.map((drawer) => (
        <Drawer
          key={drawer.shift}
          drawer={drawer}
          owner={drawer.owner === null ? t("shifts.shared") : (names[drawer.owner] ?? drawer.owner)}
          known={shifts.find(({ shift }) => shift === drawer.shift) ?? null}
        />
      ))}
    </section>
  );
}

function Drawer({
  drawer,
  owner,
  known,
}: {
  readonly drawer: ReportDrawer;
  readonly owner: string;
  readonly known: ShiftRow | null;
}) {
  const { counted, variance, varianceReason } = drawer;
  return (
    <article className="rounded-2xl border border-line p-4">
      <header className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h4 className="font-medium">{owner}</h4>
        {variance !== null && <VarianceBadge variance={variance} />}
      </header>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1">
        <Line label={t("shifts.float")} value={amountText(drawer.float)} />
        <Line label={t("shifts.cashIn")} value={amountText(drawer.cashIn)} />
        <Line label={t("shifts.cashOut")} value={amountText(drawer.cashOut)} />
        {CASH_MOVEMENT_KINDS.filter((kind) => drawer.moves[kind].minor !== 0).map((kind) => (
          <Line key={kind} label={t(`shifts.move.${kind}`)} value={amountText(drawer.moves[kind])} />
        ))}
        <Line label={t("shifts.expected")} value={amountText(drawer.expected)} />
        <Line
          label={t("shifts.counted")}
          value={counted === null ? t("shifts.notCounted") : amountText(counted)}
        />
        {known?.closed != null && <Line label={t("shifts.kept")} value={amountText(known.closed.kept)} />}
      </dl>
      {varianceReason !== null && <p className="mt-2">{varianceReason}</p>}
      {known?.closed?.approvedBy != null && (
        <p className="text-soft text-sm">{t("shifts.approved", { who: known.closed.approvedBy })}</p>
      )}
      <ShiftActs acts={known?.acts ?? []} />
    </article>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 font-semibold">{title}</h3>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1">{children}</dl>
    </section>
  );
}

function Line({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt className="text-soft">{label}</dt>
      <dd className="figures text-right">{value}</dd>
    </>
  );
}
