import { Boxes } from "lucide-react";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { LEVEL_SORTS, LEVEL_STATES, type LevelRow, MAX_LEVELS_COUNTED } from "#protocol/hq/stock.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import type { LevelsShown } from "../stock-api.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { type Ask, showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { AdjustmentReasonsSheet } from "./adjustment-reasons-sheet.tsx";
import { download } from "./download.ts";
import { LevelsTable } from "./levels-table.tsx";
import { MovementsSheet } from "./movements-sheet.tsx";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StockTabs } from "./stock-tabs.tsx";
import { StockValueSheet } from "./stock-value-sheet.tsx";
import { StoreSelect } from "./store-select.tsx";

const REFRESH_MS = 5_000;
const PAGE_SIZE = 50;

/** Orders that a level list can have, as one choice. */
const ORDERS = ["title", "onHand.up", "onHand.down", "movedAt.up", "movedAt.down"] as const;

/** What there is in the stores; each level opens the movements that it is made of. All of what is shown stands in the address. */
export function StockPage() {
  const { stock, returns } = useApi();
  const ask = useAsk();
  const show = (changes: Ask) => showAsk("stock", { ...ask, offset: "", ...changes });
  const shown = useSettled(useMemo(() => shownOf(ask), [ask]));
  const offset = Number(ask.offset ?? 0) || 0;
  const categories = useAskedOnce(returns.categories).known?.categories ?? [];
  const { data, problem, reload } = usePolled(
    useCallback(() => stock.levels(shown, { offset, limit: PAGE_SIZE }), [stock, shown, offset]),
    REFRESH_MS,
  );
  const [failed, setFailed] = useState<ApiProblem | null>(null);
  const [showsReasons, setShowsReasons] = useState(false);
  const [showsValue, setShowsValue] = useState(false);
  const opened = openedOf(ask.level);

  async function takeAway(): Promise<void> {
    const file = await stock.csv(shownOf(ask));
    setFailed(file.ok ? null : file.reason);
    if (file.ok) download(file.value, "stock.csv");
  }

  return (
    <>
      <PageTitle title={t("nav.stock")}>
        <StockTabs page="stock" />
        <May right="margins.read">
          <Button onPress={() => setShowsValue(true)}>{t("stock.value")}</Button>
        </May>
        <May right="rules.edit" everywhere>
          <Button onPress={() => setShowsReasons(true)}>{t("reasons.open")}</Button>
        </May>
        <Button onPress={() => takeAway()}>{t("stock.export")}</Button>
      </PageTitle>
      <Filters ask={ask} categories={categories} onChange={show}>
        <span role="status" className="figures text-soft">
          {data !== null &&
            (data.isMore
              ? t("stock.moreLevels", { count: numberText(MAX_LEVELS_COUNTED) })
              : tCount("stock.levels", data.total))}
        </span>
      </Filters>
      <ProblemNote problem={problem ?? failed} />
      <Panel>
        {data?.total === 0 ? (
          <Empty icon={<Boxes aria-hidden size={36} />}>
            {t(isUnfiltered(ask) ? "stock.empty" : "stock.nothing")}
          </Empty>
        ) : (
          <LevelsTable
            levels={data?.levels ?? []}
            onOpen={({ store, variant }: LevelRow) =>
              showAsk("stock", { ...ask, level: `${store} ${variant}` }, { replace: false })
            }
          />
        )}
      </Panel>
      {data !== null && (
        <Pager
          offset={offset}
          total={data.total}
          size={PAGE_SIZE}
          onMove={(next) => showAsk("stock", { ...ask, offset: String(next) })}
        />
      )}
      {opened !== null && (
        <MovementsSheet
          key={ask.level}
          level={opened}
          onChanged={reload}
          onClose={() => showAsk("stock", { ...ask, level: "" })}
        />
      )}
      {showsValue && <StockValueSheet store={ask.store ?? ""} onClose={() => setShowsValue(false)} />}
      {showsReasons && <AdjustmentReasonsSheet onClose={() => setShowsReasons(false)} />}
    </>
  );
}

function Filters({
  ask,
  categories,
  onChange,
  children,
}: {
  readonly ask: Ask;
  readonly categories: readonly string[];
  readonly onChange: (changes: Ask) => void;
  readonly children: ReactNode;
}) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      <FindField
        label={t("stock.search")}
        className="w-72 max-w-full"
        value={ask.search ?? ""}
        onChange={(search) => onChange({ search })}
      />
      <StoreSelect
        value={ask.store ?? null}
        none={t("common.allStores")}
        onChange={(code) => onChange({ store: code ?? "" })}
      />
      <Select
        label={t("stock.category")}
        value={ask.category ?? ""}
        choices={[
          { value: "", text: t("stock.allCategories") },
          ...categories.map((category) => ({ value: category, text: category })),
        ]}
        onChange={(category) => onChange({ category })}
      />
      <Select
        label={t("stock.state")}
        value={ask.state ?? "all"}
        choices={LEVEL_STATES.map((state) => ({ value: state, text: t(`stock.state.${state}`) }))}
        onChange={(state) => onChange({ state })}
      />
      <Select
        label={t("stock.sort")}
        value={ask.sort ?? "title"}
        choices={ORDERS.map((order) => ({ value: order, text: t(`stock.sort.${order}`) }))}
        onChange={(sort) => onChange({ sort })}
      />
      {children}
    </div>
  );
}

function shownOf(ask: Ask): LevelsShown {
  const [sort = "title", way = "up"] = (ask.sort ?? "title").split(".");
  return {
    store: ask.store ?? "",
    category: ask.category ?? "",
    search: ask.search ?? "",
    state: LEVEL_STATES.find((state) => state === ask.state) ?? "all",
    sort: LEVEL_SORTS.find((each) => each === sort) ?? "title",
    descending: way === "down",
  };
}

function isUnfiltered(ask: Ask): boolean {
  const { store, category, search, state } = shownOf(ask);
  return store === "" && category === "" && search === "" && state === "all";
}

/** The level that the address opens: its store's code and its article, a space between them. */
function openedOf(text = ""): { readonly store: string; readonly variant: string } | null {
  const [store = "", variant = ""] = text.split(" ");
  return store === "" || variant === "" ? null : { store, variant };
}
