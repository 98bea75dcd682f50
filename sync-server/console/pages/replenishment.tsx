import { PackageCheck } from "lucide-react";
import { useCallback, useState } from "react";
import { ok } from "#domain/result.ts";
import type { Proposal } from "#protocol/hq/replenish.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi, useMay } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { type Ask, addressOf, showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { download } from "./download.ts";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { ProposalsTable } from "./proposals-table.tsx";
import { ReorderRulesSheet } from "./reorder-rules-sheet.tsx";
import type { RuleDraft } from "./replenish-draft.ts";
import { ReplenishOrder } from "./replenish-order.tsx";
import { StockTabs } from "./stock-tabs.tsx";

const REFRESH_MS = 30_000;
const PAGE_SIZE = 50;
const NOTHING = ok({ proposals: [], total: 0 });

/** What a store needs more of, why, and how it gets it. Which store stands in the address. */
export function ReplenishmentPage() {
  const { replenish, stores, returns } = useApi();
  const mayOrder = useMay("stock.edit");
  const ask = useAsk();
  const known = useAskedOnce(stores).known;
  const categories = useAskedOnce(returns.categories).known?.categories ?? [];
  const store = ask.store ?? known?.stores[0]?.code ?? "";
  const { category = "" } = ask;
  const search = useSettled((ask.search ?? "").trim());
  const offset = Number(ask.offset ?? 0) || 0;
  const { data, isStale, problem, reload } = usePolled(
    useCallback(
      async () =>
        store === ""
          ? NOTHING
          : replenish.proposals({ store, category, search }, { offset, limit: PAGE_SIZE }),
      [replenish, store, category, search, offset],
    ),
    REFRESH_MS,
  );
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  const [rule, setRule] = useState<Partial<RuleDraft> | null>(null);
  const [reference, setReference] = useState<string | null>(null);
  const show = (changes: Ask) => showAsk("replenishment", { ...ask, offset: "", ...changes });

  async function takeAway(): Promise<void> {
    const file = await replenish.csv({ store, category, search });
    setFailed(file.ok ? null : file.reason);
    if (file.ok) download(file.value, `replenishment-${store}.csv`);
  }

  return (
    <>
      <PageTitle title={t("replenish.title")}>
        <StockTabs page="replenishment" />
        <Button onPress={() => setRule({})}>{t("rule.open")}</Button>
        <Button isDisabled={store === ""} onPress={() => takeAway()}>
          {t("stock.export")}
        </Button>
      </PageTitle>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Select
          label={t("tickets.store")}
          value={store}
          choices={(known?.stores ?? []).map(({ code, name }) => ({
            value: code,
            text: `${code} · ${name}`,
          }))}
          onChange={(code) => show({ store: code })}
        />
        <Select
          label={t("stock.category")}
          value={category}
          choices={[
            { value: "", text: t("stock.allCategories") },
            ...categories.map((each) => ({ value: each, text: each })),
          ]}
          onChange={(each) => show({ category: each })}
        />
        <FindField
          label={t("stock.search")}
          className="w-72 max-w-full"
          value={ask.search ?? ""}
          onChange={(text) => show({ search: text })}
        />
        <span role="status" className="figures text-soft">
          {data !== null && tCount("replenish.count", data.total)}
        </span>
      </div>
      <ProblemNote problem={problem ?? failed} />
      {reference !== null && <Accepted reference={reference} />}
      {/* Another store's proposals are not shown as this one's, however long the answer takes. */}
      {data !== null && !isStale && (
        <Proposals
          // What was taken and typed is about these.
          key={`${store} ${category} ${search} ${offset}`}
          store={store}
          proposals={data.proposals}
          mayOrder={mayOrder}
          onRule={setRule}
          onOrdered={(made) => {
            setReference(made);
            reload();
          }}
        />
      )}
      {data !== null && (
        <Pager
          offset={offset}
          total={data.total}
          size={PAGE_SIZE}
          onMove={(to) => showAsk("replenishment", { ...ask, offset: String(to) })}
        />
      )}
      {rule !== null && (
        <ReorderRulesSheet
          begin={rule}
          stores={known?.stores ?? []}
          categories={categories}
          onChanged={reload}
          onClose={() => setRule(null)}
        />
      )}
    </>
  );
}

function Accepted({ reference }: { readonly reference: string }) {
  return (
    <p role="status" className="mb-4 flex flex-wrap items-center gap-2">
      {t("replenish.accepted", { reference })}
      <a
        href={addressOf("deliveries", { search: reference })}
        className="inline-flex min-h-10 items-center text-brand hover:underline"
      >
        {t("replenish.openDelivery", { reference })}
      </a>
    </p>
  );
}

function Proposals({
  store,
  proposals,
  mayOrder,
  onRule,
  onOrdered,
}: {
  readonly store: string;
  readonly proposals: readonly Proposal[];
  readonly mayOrder: boolean;
  readonly onRule: (rule: Partial<RuleDraft>) => void;
  readonly onOrdered: (reference: string) => void;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map());
  const taken = proposals.filter(({ variant }) => chosen.has(variant));
  if (proposals.length === 0)
    return (
      <Panel>
        <Empty icon={<PackageCheck aria-hidden size={36} />}>
          {t(store === "" ? "replenish.noStore" : "replenish.none")}
        </Empty>
      </Panel>
    );
  return (
    <>
      <Panel>
        <ProposalsTable
          store={store}
          proposals={proposals}
          chosen={chosen}
          typed={typed}
          mayOrder={mayOrder}
          onChoose={setChosen}
          onType={setTyped}
          onRule={onRule}
        />
      </Panel>
      {mayOrder && (
        <ReplenishOrder
          to={store}
          taken={taken}
          typed={typed}
          onOrdered={(reference) => {
            // What was chosen and typed while the answer was on its way is for the next one.
            const ordered = new Set<string>(taken.map(({ variant }) => variant));
            setChosen((now) => new Set([...now].filter((variant) => !ordered.has(variant))));
            setTyped((now) => new Map([...now].filter(([variant]) => !ordered.has(variant))));
            onOrdered(reference);
          }}
        />
      )}
    </>
  );
}
