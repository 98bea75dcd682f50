import { useVirtualizer } from "@tanstack/react-virtual";
import { Search, X } from "lucide-react";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Item } from "#protocol/till/catalog.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import {
  chooseVariant,
  clearSearch,
  loadPage,
  PAGE_TILES,
  refreshCatalog,
  search,
  showCategory,
  useCatalog,
} from "./catalog-store.ts";
import { TileButton } from "./tile-button.tsx";
import { keyOf, type Shown } from "./tiles.ts";
import { VariantSheet } from "./variant-sheet.tsx";

const MIN_TILE_PX = 132;
const GAP_PX = 12;
/** Height of a picture by its width. */
const PICTURE_RATIO = 0.85;
/** Below the picture: two lines of name, the price, the stock. */
const TILE_TEXT_PX = 106;

/** Everything that can be rung up: categories, search, and a grid that draws only what is seen. */
export function CatalogPanel({
  onRing,
  searchField,
}: {
  readonly onRing: (item: Item) => void;
  readonly searchField: RefObject<HTMLInputElement | null>;
}) {
  const catalog = useTill((till) => till.catalog);
  const revision = catalog?.revision;
  const choosing = useCatalog((state) => state.choosing);
  useEffect(() => {
    if (revision !== undefined) void refreshCatalog();
  }, [revision]);
  return (
    <section aria-label={t("catalog.products")} className="flex min-h-0 min-w-0 flex-col gap-3 p-4 pr-2">
      <SearchField field={searchField} />
      <Categories />
      <Grid onRing={onRing} />
      {choosing === null ? null : (
        <VariantSheet name={choosing.name} items={choosing.items} onRing={onRing} />
      )}
    </section>
  );
}

function SearchField({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  const text = useCatalog((state) => state.text);
  return (
    <div className="relative">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-ink-soft"
      />
      <input
        ref={field}
        type="search"
        aria-label={t("catalog.search")}
        placeholder={t("catalog.search")}
        value={text}
        onChange={(event) => {
          useCatalog.setState({ text: event.target.value });
          void search(event.target.value);
        }}
        className="min-h-14 w-full rounded-2xl border border-line bg-surface pr-16 pl-12 text-ink text-lg select-text placeholder:text-ink-soft [&::-webkit-search-cancel-button]:hidden"
      />
      {text === "" ? null : (
        <Button
          look="quiet"
          aria-label={t("catalog.clear")}
          icon={<X aria-hidden />}
          className="absolute top-1 right-1"
          onClick={clearSearch}
        />
      )}
    </div>
  );
}

function Categories() {
  const categories = useTill((till) => till.catalog?.categories) ?? [];
  const chosen = useCatalog((state) => state.category);
  const names = [null, ...categories.map((category) => category.name)];
  return (
    <nav
      aria-label={t("catalog.categories")}
      className="-mx-1 flex shrink-0 gap-2 overflow-x-auto px-1 pb-1 [scrollbar-width:thin]"
    >
      {names.map((name) => (
        <button
          key={name ?? ""}
          type="button"
          aria-pressed={name === chosen}
          onClick={() => showCategory(name)}
          className={`press min-h-12 shrink-0 rounded-full px-5 font-semibold ${name === chosen ? "bg-ink text-paper" : "border border-line bg-surface hover:bg-sunken"}`}
        >
          {name ?? t("catalog.all")}
        </button>
      ))}
    </nav>
  );
}

function Grid({ onRing }: { readonly onRing: (item: Item) => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const { found, total, pages, text } = useCatalog();
  const count = found === null ? total : found.length;
  const columns = Math.max(2, Math.floor((width + GAP_PX) / (MIN_TILE_PX + GAP_PX)));
  const tileWidth = (width - GAP_PX * (columns - 1)) / columns;
  const rowHeight = tileWidth * PICTURE_RATIO + TILE_TEXT_PX + GAP_PX;
  const rows = useVirtualizer({
    count: Math.ceil(count / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
  });
  const visible = rows.getVirtualItems();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height is what makes the old measures wrong
  useLayoutEffect(() => rows.measure(), [rows, rowHeight]);
  const last = ((visible.at(-1)?.index ?? 0) + 1) * columns;
  useEffect(() => {
    if (found !== null) return;
    for (
      let page = Math.floor(((visible[0]?.index ?? 0) * columns) / PAGE_TILES);
      page * PAGE_TILES < Math.min(last, total);
      page += 1
    )
      void loadPage(page);
  }, [found, visible, columns, last, total]);

  const shownAt = (index: number): Shown | null => {
    if (found !== null) {
      const item = found[index];
      return item === undefined ? null : { kind: "item", item };
    }
    const tile = pages.get(Math.floor(index / PAGE_TILES))?.[index % PAGE_TILES];
    return tile === undefined ? null : { kind: "tile", tile };
  };
  const press = (shown: Shown): void => {
    if (shown.kind === "item") onRing(shown.item);
    else if (shown.tile.item !== null) onRing(shown.tile.item);
    else void chooseVariant(shown.tile);
  };

  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto rounded-tile pr-2 [scrollbar-gutter:stable]"
    >
      {found !== null && found.length === 0 ? <Nothing text={text} /> : null}
      {found === null && total === 0 ? (
        <p className="p-10 text-center text-ink-soft text-lg">{t("catalog.empty")}</p>
      ) : null}
      <div className="relative w-full" style={{ height: rows.getTotalSize() }}>
        {visible.map((row) => (
          <div
            key={row.key}
            className="absolute inset-x-0 grid"
            style={{
              transform: `translateY(${row.start}px)`,
              height: rowHeight - GAP_PX,
              gap: GAP_PX,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {Array.from({ length: columns }, (_, column) => row.index * columns + column)
              .filter((index) => index < count)
              .map((index) => {
                const shown = shownAt(index);
                return shown === null ? (
                  <span key={index} className="rounded-tile bg-sunken" />
                ) : (
                  <TileButton key={keyOf(shown)} shown={shown} onPress={() => press(shown)} />
                );
              })}
          </div>
        ))}
      </div>
    </div>
  );
}

function Nothing({ text }: { readonly text: string }) {
  return (
    <div role="status" className="flex flex-col items-center gap-1 p-10 text-center">
      <p className="font-semibold text-lg">{t("catalog.nothing", { text })}</p>
      <p className="text-ink-soft">{t("catalog.nothingHint")}</p>
    </div>
  );
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(entry.contentRect.width);
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
