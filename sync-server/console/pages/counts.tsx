import { ClipboardCheck } from "lucide-react";
import { useCallback } from "react";
import type { CountRow } from "#protocol/hq/counts.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf, showAsk, useAsk } from "../use-route.ts";
import { CountDetailPage } from "./count-detail.tsx";
import { CountStateBadge, scopeText } from "./count-state.tsx";
import { PlanCountSheet } from "./plan-count-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StockTabs } from "./stock-tabs.tsx";
import { StoreSelect } from "./store-select.tsx";

const REFRESH_MS = 5_000;

/** Counts that stores were asked for, or the one that the address names. */
export function CountsPage() {
  const { count } = useAsk();
  return count === undefined ? <CountList /> : <CountDetailPage key={count} id={count} />;
}

function CountList() {
  const { stock } = useApi();
  const { store = "" } = useAsk();
  const { data, problem, reload } = usePolled(
    useCallback(() => stock.counts(store), [stock, store]),
    REFRESH_MS,
  );
  const planning = useOpened<"count">();
  return (
    <>
      <PageTitle title={t("nav.counts")}>
        <StockTabs page="counts" />
        <StoreSelect
          value={store === "" ? null : store}
          none={t("common.allStores")}
          onChange={(code) => showAsk("counts", { store: code ?? "" })}
        />
        <May right="stock.edit">
          <Button look="primary" onPress={() => planning.open("count")}>
            {t("counts.new")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.counts.length === 0 ? (
          <Empty icon={<ClipboardCheck aria-hidden size={36} />}>{t("counts.empty")}</Empty>
        ) : (
          <CountTable counts={data?.counts ?? []} />
        )}
      </Panel>
      {planning.what !== null && (
        <PlanCountSheet
          onPlanned={() => {
            planning.close();
            reload();
          }}
          onClose={planning.close}
        />
      )}
    </>
  );
}

function CountTable({ counts }: { readonly counts: readonly CountRow[] }) {
  return (
    <Table
      label={t("nav.counts")}
      columns={[
        { title: t("counts.name") },
        { title: t("counts.store") },
        { title: t("counts.scope") },
        { title: t("counts.day") },
        { title: t("counts.areas"), align: "right" },
        { title: t("counts.found"), align: "right" },
        { title: t("counts.off"), align: "right" },
        { title: t("counts.state") },
      ]}
    >
      {counts.map((count) => (
        <Row key={count.id} className="hover:bg-sunken/60">
          <Cell>
            <a
              href={addressOf("counts", { count: count.id })}
              aria-label={t("counts.open", { name: count.name })}
              className="inline-flex min-h-10 items-center font-medium text-brand hover:underline"
            >
              {count.name}
            </a>
          </Cell>
          <Cell>{count.store}</Cell>
          <Cell>{scopeText(count)}</Cell>
          <Cell className="figures whitespace-nowrap">{count.day}</Cell>
          <Cell align="right">{numberText(count.areas)}</Cell>
          <Cell align="right">{numberText(count.counted)}</Cell>
          <Cell align="right">{numberText(count.off)}</Cell>
          <Cell>
            <CountStateBadge state={count.state} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
