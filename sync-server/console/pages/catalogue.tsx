import { PackageSearch } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { idOf } from "#domain/ids.ts";
import type { BulkEditWish } from "#protocol/hq/catalogue.ts";
import { type CatalogueAsk, wishOf } from "../catalogue-api.ts";
import { May } from "../may.tsx";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { ColumnChooser } from "../ui/column-chooser.tsx";
import { DataGrid } from "../ui/data-grid.tsx";
import { type GridSelection, NOTHING_SELECTED } from "../ui/data-grid-parts.ts";
import { FindField } from "../ui/find-field.tsx";
import { withPlace, withWidth } from "../ui/grid-layout.ts";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { type Ask, addressOf, showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { questionOf } from "./catalogue-ask.ts";
import { CatalogueBulkSheet } from "./catalogue-bulk-sheet.tsx";
import { addressOfProduct } from "./catalogue-columns.tsx";
import { CatalogueFilters } from "./catalogue-filters.tsx";
import { CELLS, type Said, useCatalogueSaves } from "./catalogue-saves.ts";
import { CatalogueTabs } from "./catalogue-tabs.tsx";
import type { CatalogueQuestion, CatalogueWindows } from "./catalogue-windows.ts";
import { OnTills } from "./on-tills.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { DELETED_SHEET, RemovedProductsSheet } from "./removed-products.tsx";
import { type CatalogueKnown, useCatalogue, useKnown, useLayout } from "./use-catalogue.ts";

/** Places held until it is known how many products there are. */
const HELD = 20;
const GRID_WORDS = {
  selectAll: t("catalogue.selectAll"),
  selectRow: (title: string) => t("catalogue.select", { title }),
  open: (title: string) => t("catalogue.show", { title }),
};

/** Every product there is: found, filtered, sorted, and changed where it stands or many at once. */
export function CataloguePage() {
  const ask = useAsk();
  const question = useMemo(() => questionOf(ask), [ask]);
  const [round, setRound] = useState(0);
  const { windows, version } = useCatalogue(question, round, CELLS);
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED);
  const [isBulk, setBulk] = useState(false);
  const { total } = windows;
  const known = useKnown(windows);
  const { saves, said, undo } = useCatalogueSaves(windows);
  const layout = useLayout(known, saves);
  const show = useCallback(
    (changes: Ask) => {
      setSelection(NOTHING_SELECTED);
      showAsk("catalogue", { ...ask, ...changes });
    },
    [ask],
  );
  const askAgain = useCallback(() => setRound((before) => before + 1), []);
  const chosen = selection.all ? (total ?? 0) - selection.keys.size : selection.keys.size;
  return (
    <div data-wide className="flex min-h-[calc(100dvh-3rem)] flex-col xl:min-h-[calc(100dvh-4rem)]">
      <PageTitle title={t("nav.catalogue")}>
        <CatalogueTabs page="catalogue" />
        <May right="catalogue.edit" everywhere>
          <a
            href={addressOf("product")}
            className="inline-flex min-h-10 items-center rounded-xl border border-line bg-surface px-4 font-semibold"
          >
            {t("product.new")}
          </a>
          <Button onPress={() => show({ sheet: DELETED_SHEET })}>{t("product.removed.list")}</Button>
        </May>
        <span role="status" className="figures text-soft">
          {total === null ? "" : tCount("catalogue.total", total)}
        </span>
      </PageTitle>
      <ProblemNote problem={windows.problem} />
      <Toolbar ask={ask} question={question} known={known} layout={layout} onAsk={show} />
      <Products
        question={question}
        windows={windows}
        version={version}
        layout={layout}
        selection={selection}
        onSelection={setSelection}
        onUndo={undo}
        onAsk={show}
      />
      <ActionBar
        chosen={chosen}
        said={said}
        onChange={() => setBulk(true)}
        onUnselect={() => setSelection(NOTHING_SELECTED)}
        onUndo={undo}
      />
      {ask.sheet === DELETED_SHEET && (
        <RemovedProductsSheet onRestored={askAgain} onClose={() => show({ sheet: "" })} />
      )}
      {isBulk && (
        <CatalogueBulkSheet
          which={whichOf(selection, question.filter)}
          count={chosen}
          list={known.list}
          currency={known.currency}
          taxClasses={known.taxClasses.map(({ id, name }) => ({ value: id, text: name }))}
          onChanged={askAgain}
          onClose={() => setBulk(false)}
        />
      )}
    </div>
  );
}

type Layout = ReturnType<typeof useLayout>;

function Toolbar({
  ask,
  question,
  known,
  layout,
  onAsk,
}: {
  readonly ask: Ask;
  readonly question: CatalogueQuestion;
  readonly known: CatalogueKnown;
  readonly layout: Layout;
  readonly onAsk: (changes: Ask) => void;
}) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Search text={ask.search ?? ""} onSearch={(search) => onAsk({ search })} />
      <CatalogueFilters
        ask={ask}
        filter={question.filter}
        taxName={(id) => known.taxClasses.find((each) => each.id === id)?.name ?? id}
        onAsk={onAsk}
      />
      <span className="ml-auto" />
      {known.lists.length > 1 && (
        <Select
          label={t("catalogue.list")}
          value={known.list ?? ""}
          choices={known.lists.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={(list) => onAsk({ list })}
        />
      )}
      <ColumnChooser
        columns={layout.inOrder}
        layout={layout.layout}
        words={CHOOSER_WORDS}
        onLayout={layout.setLayout}
      />
    </div>
  );
}

const CHOOSER_WORDS = {
  title: t("catalogue.columns"),
  left: (column: string) => t("catalogue.columns.up", { column }),
  right: (column: string) => t("catalogue.columns.down", { column }),
  wider: (column: string) => t("catalogue.columns.wider", { column }),
  narrower: (column: string) => t("catalogue.columns.narrower", { column }),
  reset: t("catalogue.columns.reset"),
};

function Products({
  question,
  windows,
  version,
  layout: { layout, setLayout, columns },
  selection,
  onSelection,
  onUndo,
  onAsk,
}: {
  readonly question: CatalogueQuestion;
  readonly windows: CatalogueWindows;
  readonly version: number;
  readonly layout: Layout;
  readonly selection: GridSelection;
  readonly onSelection: (selection: GridSelection) => void;
  readonly onUndo: () => void;
  readonly onAsk: (changes: Ask) => void;
}) {
  const want = useCallback((first: number, last: number) => windows.want(first, last), [windows]);
  if (windows.total === 0)
    return (
      <Panel>
        <Empty icon={<PackageSearch aria-hidden size={36} />}>
          {t(Object.keys(question.filter).length === 0 ? "catalogue.empty" : "catalogue.nothing")}
        </Empty>
      </Panel>
    );
  return (
    <DataGrid
      label={t("nav.catalogue")}
      columns={columns}
      count={windows.total === null ? HELD : windows.rows}
      version={version}
      question={question}
      rowAt={(row) => windows.rowAt(row)}
      onRange={want}
      sort={{ column: question.sort, down: question.down }}
      onSort={({ column, down }) => onAsk({ sort: column, down: String(down) })}
      selection={selection}
      onSelection={onSelection}
      onToggle={(row) => void windows.toggle(row)}
      onUndo={onUndo}
      onOpen={(row) => {
        const at = windows.rowAt(row);
        if (at !== null) window.location.hash = addressOfProduct(at.row);
      }}
      onWidth={(id, width) => setLayout(withWidth(layout, id, width))}
      onPlace={(id, at) => setLayout(withPlace(layout, id, at))}
      words={GRID_WORDS}
    />
  );
}

/** What is chosen and what can be done with it; what was saved last and the way back. */
function ActionBar({
  chosen,
  said,
  onChange,
  onUnselect,
  onUndo,
}: {
  readonly chosen: number;
  readonly said: Said | null;
  readonly onChange: () => void;
  readonly onUnselect: () => void;
  readonly onUndo: () => void;
}) {
  return (
    <div className="mt-3 flex min-h-12 flex-wrap items-center gap-3">
      {chosen > 0 && (
        <>
          <span className="figures font-medium">{tCount("catalogue.selected", chosen)}</span>
          <May right="catalogue.edit" everywhere>
            <Button look="primary" onPress={onChange}>
              {t("catalogue.change")}
            </Button>
          </May>
          <Button look="quiet" onPress={onUnselect}>
            {t("catalogue.unselect")}
          </Button>
        </>
      )}
      <p role="status" className="ml-auto">
        {said?.words ?? ""}
      </p>
      {said !== null && said.feed !== null && <OnTills key={said.round} feed={said.feed} seq={said.seq} />}
      {said !== null && said.undo !== null && <Button onPress={onUndo}>{said.undo}</Button>}
    </div>
  );
}

function Search({ text, onSearch }: { readonly text: string; readonly onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  // Another address asks for other words.
  const [came, setCame] = useState(text);
  if (came !== text) {
    setCame(text);
    if (text !== typed.trim()) setTyped(text);
  }
  const settled = useSettled(typed);
  const latest = useRef({ text, onSearch });
  latest.current = { text, onSearch };
  useEffect(() => {
    if (settled.trim() !== latest.current.text) latest.current.onSearch(settled.trim());
  }, [settled]);
  return <FindField label={t("catalogue.search")} className="w-72" value={typed} onChange={setTyped} />;
}

function whichOf(selection: GridSelection, filter: CatalogueAsk): BulkEditWish["which"] {
  const products = [...selection.keys].map((key) => idOf<"Product">(key));
  return selection.all
    ? { kind: "filter", filter: wishOf(filter), without: products }
    : { kind: "products", products };
}
