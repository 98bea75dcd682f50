import { Clock } from "lucide-react";
import { useCallback, useState } from "react";
import { ok } from "#domain/result.ts";
import type { WorkSpanRow } from "#protocol/hq/staff.ts";
import type { ApiProblem } from "../ask.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { CorrectionSheet } from "./correction-sheet.tsx";
import { download } from "./download.ts";
import { usePeriod } from "./period.ts";
import { PeriodFields } from "./period-fields.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StaffTabs } from "./staff-tabs.tsx";
import { hoursText, zonedTime } from "./zoned-time.ts";

const REFRESH_MS = 5_000;
const USUAL_DAYS = 7;

/** When colleagues worked, by the tills' time clock and what HQ corrected. */
export function TimeClockPage() {
  const { staff } = useApi();
  const { period, asked, change } = usePeriod(USUAL_DAYS);
  const { what: opened, open, close } = useOpened<WorkSpanRow | "new">();
  const { data, problem, reload } = usePolled(
    useCallback(
      () => (asked === null ? Promise.resolve(ok({ spans: [] as WorkSpanRow[] })) : staff.timeClock(asked)),
      [staff, asked],
    ),
    REFRESH_MS,
  );
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  async function save(): Promise<void> {
    if (asked === null) return;
    const file = await staff.csv("time-clock", asked);
    setFailed(file.ok ? null : file.reason);
    if (file.ok) download(file.value, `hours-${asked.from}-${asked.until}.csv`);
  }
  return (
    <>
      <PageTitle title={t("nav.timeClock")}>
        <StaffTabs page="timeClock" />
      </PageTitle>
      <PeriodFields period={period} isWrong={asked === null} onChange={change}>
        <div className="ml-auto flex gap-2">
          <Button isDisabled={asked === null} onPress={() => save()}>
            {t("period.csv")}
          </Button>
          <May right="staff.edit">
            <Button look="primary" onPress={() => open("new")}>
              {t("clock.add")}
            </Button>
          </May>
        </div>
      </PeriodFields>
      <ProblemNote problem={problem ?? failed} />
      {data?.spans.length === 0 ? (
        <Panel>
          <Empty icon={<Clock aria-hidden size={32} />}>{t("clock.empty")}</Empty>
        </Panel>
      ) : (
        <div className="grid items-start gap-5 xl:grid-cols-[1fr_20rem]">
          <Panel title={t("clock.spans")}>
            <SpanTable spans={data?.spans ?? []} onCorrect={open} />
          </Panel>
          <Panel title={t("clock.totals")}>
            <SumTable spans={data?.spans ?? []} />
          </Panel>
        </div>
      )}
      {opened !== null && (
        <CorrectionSheet
          span={opened === "new" ? null : opened}
          onDone={() => {
            close();
            reload();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

const TONES: Readonly<Record<WorkSpanRow["state"], Tone>> = {
  whole: "good",
  working: "neutral",
  missingOut: "bad",
  missingIn: "bad",
};

function SpanTable({
  spans,
  onCorrect,
}: {
  readonly spans: readonly WorkSpanRow[];
  readonly onCorrect: (span: WorkSpanRow) => void;
}) {
  return (
    <Table
      label={t("clock.spans")}
      columns={[
        { title: t("clock.colleague") },
        { title: t("clock.store") },
        { title: t("clock.in") },
        { title: t("clock.out") },
        { title: t("clock.hours"), align: "right" },
        { title: t("staff.state") },
        { title: t("clock.correct") },
      ]}
    >
      {spans.map((span) => (
        <Row key={span.id}>
          <Cell className="font-medium">{span.staffName}</Cell>
          <Cell>{span.store}</Cell>
          <Cell className="figures whitespace-nowrap">{timeOrNone(span.times.from, span)}</Cell>
          <Cell className="figures whitespace-nowrap">{timeOrNone(span.times.until, span)}</Cell>
          <Cell align="right">{span.workedMs === null ? t("common.none") : hoursText(span.workedMs)}</Cell>
          <Cell>
            {span.corrections.length > 0 ? (
              <Badge tone="warn">{t("clock.corrected")}</Badge>
            ) : (
              <Badge tone={TONES[span.state]}>{t(`clock.state.${span.state}`)}</Badge>
            )}
          </Cell>
          <Cell>
            <May right="staff.edit">
              <Button
                look="quiet"
                aria-label={t("clock.correctOf", { name: span.staffName, day: span.day })}
                onPress={() => onCorrect(span)}
              >
                {t("clock.correct")}
              </Button>
            </May>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function timeOrNone(at: number | null, { timeZone }: WorkSpanRow): string {
  return at === null ? t("common.none") : zonedTime(at, timeZone);
}

function SumTable({ spans }: { readonly spans: readonly WorkSpanRow[] }) {
  return (
    <Table
      label={t("clock.totals")}
      columns={[{ title: t("clock.colleague") }, { title: t("clock.hours"), align: "right" }]}
    >
      {sumsOf(spans).map(({ staff, name, ms, missing }) => (
        <Row key={staff}>
          <Cell>
            {name}
            {missing > 0 && (
              <span className="block text-danger text-sm">{tCount("clock.missing", missing)}</span>
            )}
          </Cell>
          <Cell align="right" className="font-semibold">
            {hoursText(ms)}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

interface HourSum {
  readonly staff: string;
  readonly name: string;
  readonly ms: number;
  readonly missing: number;
}

function sumsOf(spans: readonly WorkSpanRow[]): readonly HourSum[] {
  const sums = new Map<string, HourSum>();
  for (const { staff, staffName: name, workedMs, state } of spans) {
    const sum = sums.get(staff) ?? { staff, name, ms: 0, missing: 0 };
    const isMissing = state === "missingIn" || state === "missingOut";
    sums.set(staff, { ...sum, ms: sum.ms + (workedMs ?? 0), missing: sum.missing + (isMissing ? 1 : 0) });
  }
  return [...sums.values()].sort((a, b) => a.name.localeCompare(b.name, "en"));
}
