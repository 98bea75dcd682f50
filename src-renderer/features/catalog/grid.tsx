import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { VariantId } from "#domain/ids.ts";
import type { Item } from "#protocol/till/catalog.ts";
import { useTill } from "../../app/till.ts";
import { chooseVariant, loadPages, PAGE_TILES, useCatalog } from "./catalog-store.ts";
import { TileButton } from "./tile-button.tsx";
import { keyOf, type Shown } from "./tiles.ts";

/** Tiles are at least this wide: four beside the basket on 1024 px, larger ones where there is room. */
const MIN_TILE_PX = { compact: 132, roomy: 164 } as const;
const ROOMY_FROM_PX = 900;
const GAP_PX = 10;
/** Height of a picture by its width. */
const PICTURE_RATIO = 0.8;
/** Below the picture: two lines of name and a line with price and stock; what a search found also says which form it is. */
const TILE_TEXT_PX = { shelf: 88, found: 108 } as const;

/** The tiles, drawn only where they are seen, however many there are. */
export function Grid({ onRing }: { readonly onRing: (item: Item) => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const { found, total, pages, category, text } = useCatalog();
  const inBasket = usePieces();
  const count = found === null ? total : found.length;
  const least = width >= ROOMY_FROM_PX ? MIN_TILE_PX.roomy : MIN_TILE_PX.compact;
  const columns = Math.max(2, Math.floor((width + GAP_PX) / (least + GAP_PX)));
  const tileWidth = (width - GAP_PX * (columns - 1)) / columns;
  const rowHeight = Math.round(
    tileWidth * PICTURE_RATIO + TILE_TEXT_PX[found === null ? "shelf" : "found"] + GAP_PX,
  );
  const rows = useVirtualizer({
    count: Math.ceil(count / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
  });
  const visible = rows.getVirtualItems();
  const from = (visible[0]?.index ?? 0) * columns;
  const until = Math.min(((visible.at(-1)?.index ?? 0) + 1) * columns, total);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height is what makes the old measures wrong
  useLayoutEffect(() => rows.measure(), [rows, rowHeight]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shelf or another search begins at its top
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [category, text]);
  useEffect(() => {
    if (found === null) loadPages({ from, until });
  }, [found, from, until]);

  const shownAt = (index: number): Shown | null => {
    if (found !== null) {
      const item = found[index];
      return item === undefined ? null : { kind: "item", item };
    }
    const tile = pages.get(Math.floor(index / PAGE_TILES))?.[index % PAGE_TILES];
    return tile === undefined ? null : { kind: "tile", tile };
  };
  const press = (shown: Shown): void => {
    const item = shown.kind === "item" ? shown.item : shown.tile.item;
    if (item !== null) onRing(item);
    else if (shown.kind === "tile") void chooseVariant(shown.tile);
  };

  return (
    <div ref={scroller} className="thin-scroll min-h-0 flex-1 overflow-y-auto pe-1 [scrollbar-gutter:stable]">
      <div className="relative mb-3 w-full" style={{ height: rows.getTotalSize() }}>
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
                  <TileButton
                    key={keyOf(shown)}
                    shown={shown}
                    inBasket={piecesOf(shown, inBasket)}
                    onPress={() => press(shown)}
                  />
                );
              })}
          </div>
        ))}
      </div>
    </div>
  );
}

/** How many pieces of each variant lie in the basket. */
function usePieces(): ReadonlyMap<VariantId, number> {
  const lines = useTill((till) => till.basket?.lines);
  return useMemo(() => {
    const pieces = new Map<VariantId, number>();
    for (const { variant, quantity } of lines ?? [])
      pieces.set(variant, (pieces.get(variant) ?? 0) + quantity);
    return pieces;
  }, [lines]);
}

function piecesOf(shown: Shown, pieces: ReadonlyMap<VariantId, number>): number {
  const item = shown.kind === "item" ? shown.item : shown.tile.item;
  return item === null ? 0 : (pieces.get(item.variant) ?? 0);
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(600);
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
