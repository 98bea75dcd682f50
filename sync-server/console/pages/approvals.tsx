import { KeyRound } from "lucide-react";
import { useCallback, useState } from "react";
import { ok } from "#domain/result.ts";
import { STAFF_LOG_FILTERS, type StaffLogFilterName, type StaffLogRow } from "#protocol/hq/staff.ts";
import { amountText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { usePeriod } from "./period.ts";
import { PeriodFields } from "./period-fields.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StaffTabs } from "./staff-tabs.tsx";
import { zonedTime } from "./zoned-time.ts";

const REFRESH_MS = 5_000;
const USUAL_DAYS = 7;
const STEP = 50;
const MAX_SHOWN = 200;

/** What somebody else had to allow at tills, and what else may be asked about. */
export function ApprovalsPage() {
  const { staff } = useApi();
  const { period, asked, change } = usePeriod(USUAL_DAYS);
  const [filter, setFilter] = useState<StaffLogFilterName>("allowed");
  const [limit, setLimit] = useState(STEP);
  const { data, problem } = usePolled(
    useCallback(
      () =>
        asked === null
          ? Promise.resolve(ok({ entries: [] as StaffLogRow[], total: 0 }))
          : staff.approvals(asked, { filter, limit }),
      [staff, asked, filter, limit],
    ),
    REFRESH_MS,
  );
  return (
    <>
      <PageTitle title={t("nav.approvals")}>
        <StaffTabs page="approvals" />
      </PageTitle>
      <PeriodFields period={period} isWrong={asked === null} onChange={change}>
        <Select
          label={t("approvals.filter")}
          value={filter}
          choices={STAFF_LOG_FILTERS.map((each) => ({ value: each, text: t(`approvals.filter.${each}`) }))}
          onChange={(chosen) => setFilter(STAFF_LOG_FILTERS.find((each) => each === chosen) ?? "allowed")}
        />
        <span className="figures ml-auto text-soft">
          {data !== null && tCount("approvals.count", data.total)}
        </span>
      </PeriodFields>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.entries.length === 0 ? (
          <Empty icon={<KeyRound aria-hidden size={32} />}>{t("approvals.empty")}</Empty>
        ) : (
          <LogTable entries={data?.entries ?? []} />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
    </>
  );
}

function LogTable({ entries }: { readonly entries: readonly StaffLogRow[] }) {
  return (
    <Table
      label={t("nav.approvals")}
      columns={[
        { title: t("approvals.when") },
        { title: t("approvals.where") },
        { title: t("approvals.who") },
        { title: t("approvals.what") },
        { title: t("approvals.amount"), align: "right" },
        { title: t("approvals.by") },
      ]}
    >
      {entries.map((entry) => (
        <Row key={entry.id}>
          <Cell className="figures whitespace-nowrap">{zonedTime(entry.at, entry.timeZone)}</Cell>
          <Cell className="figures whitespace-nowrap">
            {entry.register === null ? entry.store : `${entry.store} ${entry.register}`}
          </Cell>
          <Cell>{entry.staffName === "" ? t("common.none") : entry.staffName}</Cell>
          <Cell>
            <span className="font-medium">
              {entry.permission === null
                ? tNamed("logKind", entry.kind)
                : tNamed("permission", entry.permission)}
            </span>
            {entry.what !== "" && <span className="block text-soft">{entry.what}</span>}
          </Cell>
          <Cell align="right">{entry.amount === null ? "" : amountText(entry.amount)}</Cell>
          <Cell>{entry.approvedByName === "" ? t("common.none") : entry.approvedByName}</Cell>
        </Row>
      ))}
    </Table>
  );
}
