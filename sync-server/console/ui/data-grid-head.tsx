// biome-ignore-all lint/a11y/useSemanticElements: a table of a hundred thousand rows of which thirty are there is none of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and says which cell is in front
import { ArrowDown, ArrowUp } from "lucide-react";
import type { PointerEvent } from "react";
import type { GridColumn, GridSort, GridWords } from "./data-grid-parts.ts";

export const SELECT_PX = 48;

/** The headings: pressed they sort, dragged they move, pulled at their edge they are wider or narrower. */
export function GridHead<R>({
  columns,
  sort,
  selected,
  words,
  onSort,
  onSelectAll,
  onWidth,
  onPlace,
}: {
  readonly columns: readonly GridColumn<R>[];
  readonly sort: GridSort;
  readonly selected: "none" | "some" | "all";
  readonly words: GridWords;
  readonly onSort: (sort: GridSort) => void;
  readonly onSelectAll: (all: boolean) => void;
  readonly onWidth: (id: string, width: number) => void;
  readonly onPlace: (id: string, at: string) => void;
}) {
  return (
    <div role="rowgroup" className="sticky top-0 z-2">
      <div
        role="row"
        aria-rowindex={1}
        className="flex h-11 w-max min-w-full border-line border-b bg-sunken text-[13px] text-soft"
      >
        <div role="columnheader" style={{ width: SELECT_PX }} className="flex shrink-0 justify-center">
          <label className="flex size-11 cursor-pointer items-center justify-center">
            <input
              type="checkbox"
              aria-label={words.selectAll}
              checked={selected === "all"}
              ref={(box) => {
                if (box !== null) box.indeterminate = selected === "some";
              }}
              onChange={() => onSelectAll(selected !== "all")}
              className="size-4.5 accent-brand"
            />
          </label>
        </div>
        {columns.map((column) => (
          <Heading
            key={column.id}
            column={column}
            sort={sort}
            onSort={onSort}
            onWidth={(width) => onWidth(column.id, width)}
            onPlace={onPlace}
          />
        ))}
      </div>
    </div>
  );
}

function Heading<R>({
  column: { id, title, width, align, isSortable = false },
  sort,
  onSort,
  onWidth,
  onPlace,
}: {
  readonly column: GridColumn<R>;
  readonly sort: GridSort;
  readonly onSort: (sort: GridSort) => void;
  readonly onWidth: (width: number) => void;
  readonly onPlace: (id: string, at: string) => void;
}) {
  const isSorted = sort.column === id;
  const Arrow = sort.down ? ArrowDown : ArrowUp;
  const look = `flex h-full min-w-0 flex-1 items-center gap-1 px-3 font-medium ${align === "right" ? "justify-end" : ""}`;

  function pull(event: PointerEvent<HTMLElement>) {
    event.preventDefault();
    const from = event.clientX - width;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => onWidth(moved.clientX - from);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  }

  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (sort.down ? "descending" : "ascending") : undefined}
      style={{ width }}
      draggable
      onDragStart={(event) => event.dataTransfer.setData("text/column", id)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => onPlace(event.dataTransfer.getData("text/column"), id)}
      className="relative flex shrink-0 items-center"
    >
      {isSortable ? (
        <button
          type="button"
          onClick={() => onSort({ column: id, down: isSorted && !sort.down })}
          className={`${look} hover:text-ink ${isSorted ? "text-ink" : ""}`}
        >
          <span className="truncate">{title}</span>
          {isSorted && <Arrow aria-hidden size={14} className="shrink-0" />}
        </button>
      ) : (
        <span className={look}>
          <span className="truncate">{title}</span>
        </span>
      )}
      <span
        aria-hidden
        draggable
        onDragStart={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        onPointerDown={pull}
        className="absolute top-2 right-0 bottom-2 w-2 cursor-col-resize touch-none border-line border-r-2 hover:border-brand"
      />
    </div>
  );
}
