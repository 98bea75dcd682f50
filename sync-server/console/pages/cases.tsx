import { Wrench } from "lucide-react";
import { useCallback, useState } from "react";
import type { CaseId } from "#domain/ids.ts";
import { CASE_FILTERS, type CaseFilter, type HqCaseRow } from "#protocol/hq/cases.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount, tNamed } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { CaseBadge, DeadlineText } from "./case-badge.tsx";
import { CaseSheet } from "./case-sheet.tsx";
import { NewCaseSheet } from "./new-case-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const STEP = 50;
const MAX_SHOWN = 200;

/** Complaints, warranty and repair of the whole chain. */
export function CasesPage() {
  const api = useApi();
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<CaseFilter>("open");
  const [store, setStore] = useState<string | null>(null);
  const [limit, setLimit] = useState(STEP);
  const [opened, setOpened] = useState<CaseId | "new" | null>(null);
  const { data, problem, reload } = usePolled(
    useCallback(() => api.cases({ filter, store, search, limit }), [api, filter, store, search, limit]),
    REFRESH_MS,
  );
  const isFiltered = search !== "" || filter !== "open" || store !== null;
  return (
    <>
      <PageTitle title={t("nav.cases")}>
        {data !== null && <span className="figures text-soft">{tCount("cases.count", data.total)}</span>}
        <input
          type="search"
          aria-label={t("cases.search")}
          placeholder={t("cases.search")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="min-h-10 w-64 rounded-xl border border-line bg-surface px-3.5"
        />
        <Select
          label={t("cases.filter")}
          value={filter}
          choices={CASE_FILTERS.map((each) => ({ value: each, text: t(`cases.filter.${each}`) }))}
          onChange={(chosen) => setFilter(CASE_FILTERS.find((each) => each === chosen) ?? "open")}
        />
        <StoreSelect value={store} none={t("common.allStores")} onChange={setStore} />
        <May right="cases.act">
          <Button look="primary" onPress={() => setOpened("new")}>
            {t("cases.new")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.cases.length === 0 ? (
          <Empty icon={<Wrench aria-hidden size={32} />}>
            {t(isFiltered ? "cases.nothing" : "cases.empty")}
          </Empty>
        ) : (
          <CaseTable cases={data?.cases ?? []} onOpen={setOpened} />
        )}
      </Panel>
      {data !== null && data.total > limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
      {opened === "new" && (
        <NewCaseSheet
          onOpened={(id) => {
            setOpened(id);
            reload();
          }}
          onClose={() => setOpened(null)}
        />
      )}
      {opened !== null && opened !== "new" && (
        <CaseSheet id={opened} onChanged={reload} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

function CaseTable({
  cases,
  onOpen,
}: {
  readonly cases: readonly HqCaseRow[];
  readonly onOpen: (id: CaseId) => void;
}) {
  return (
    <Table
      label={t("nav.cases")}
      columns={[
        { title: t("cases.number") },
        { title: t("cases.status") },
        { title: t("cases.deadline") },
        { title: t("cases.kind") },
        { title: t("cases.product") },
        { title: t("cases.customer") },
        { title: t("cases.store") },
        { title: t("cases.opened") },
      ]}
    >
      {cases.map((row) => (
        <Row key={row.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(row.id)}
              aria-label={t("cases.open", { number: row.number })}
              className="figures whitespace-nowrap font-medium text-brand hover:underline"
            >
              {row.number}
            </button>
          </Cell>
          <Cell>
            <CaseBadge status={row.status} outcome={row.outcome} />
          </Cell>
          <Cell>{row.closedAt === null ? <DeadlineText {...row} /> : t("common.none")}</Cell>
          <Cell>{tNamed("caseKind", row.kind)}</Cell>
          <Cell>{row.productName}</Cell>
          <Cell>{row.customerName === "" ? t("common.none") : row.customerName}</Cell>
          <Cell>{row.store}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            <When at={row.openedAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
