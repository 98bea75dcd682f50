// biome-ignore-all lint/a11y/useSemanticElements: a table of a hundred thousand rows of which thirty are there is none of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and says which cell is in front
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useRef } from "react";
import { GridHead } from "./data-grid-head.tsx";
import {
  type GridColumn,
  type GridRow,
  type GridSelection,
  type GridSort,
  type GridWords,
  isSelected,
} from "./data-grid-parts.ts";
import { cellId, ROW_PX, Row } from "./data-grid-row.tsx";
import { rangeOf } from "./grid-cells.ts";
import { type GridKeys, HEAD_PX, useGridKeys } from "./use-grid-keys.ts";

const OVERSCAN = 6;
const POOL_STEP = 16;

export interface DataGridProps<R> {
  readonly label: string;
  /** As they are shown, in order; keep it the same object while nothing of them changes. */
  readonly columns: readonly GridColumn<R>[];
  readonly count: number;
  /** Another begins at the top. */
  readonly question: unknown;
  /** Another whenever rows are: what `rowAt` answers is read again. */
  readonly version: unknown;
  readonly rowAt: (index: number) => GridRow<R> | null;
  /** Which rows are seen, the last included: those that are not here are to be asked for. */
  readonly onRange: (first: number, last: number) => void;
  readonly sort: GridSort;
  readonly onSort: (sort: GridSort) => void;
  readonly selection: GridSelection;
  readonly onSelection: (selection: GridSelection) => void;
  /** Shows what is beneath a row, or no longer. */
  readonly onToggle: (index: number) => void;
  readonly onUndo: () => void;
  /** Shows all there is of a row, where it stands by itself. */
  readonly onOpen: (index: number) => void;
  readonly onWidth: (id: string, width: number) => void;
  readonly onPlace: (id: string, at: string) => void;
  readonly words: GridWords;
}

/**
 * Rows without end, as many as there are: only those that are seen are drawn and asked for. Worked by keys as by pointer: arrows, Page up and
 * down, Home and End move (with Shift they mark), Enter or F2 writes, Ctrl+Enter opens, Escape leaves, Space chooses a row, Ctrl+C copies, Ctrl+Z undoes. The grid
 * has the focus and says which cell is in front (aria-activedescendant), so that scrolling a row away never loses it.
 */
export function DataGrid<R>(props: DataGridProps<R>) {
  const { columns, count, version, question, onRange } = props;
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    paddingStart: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    useFlushSync: false,
  });
  const nameAt = Math.max(
    0,
    columns.findIndex(({ isName }) => isName === true),
  );
  const keys = useGridKeys(props, { scroller, nameAt, scrollTo: (row) => rows.scrollToIndex(row) });
  const { active, hasFocus, begin } = keys;
  const visible = rows.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version may lack what is seen
  useEffect(() => {
    if (count > 0) onRange(first, last);
  }, [first, last, count, version, onRange]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question is what makes it begin anew
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
    begin();
  }, [question, begin]);
  const isInFront = hasFocus && count > 0 && visible.some(({ index }) => index === active.row);

  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={isInFront ? cellId(gridId, active.row, active.column) : undefined}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      onFocus={() => keys.setFocus(true)}
      onBlur={() => keys.setFocus(false)}
      // As high as the column that it stands in has room for, and never as high as all its rows.
      className="min-h-88 shrink-0 grow basis-0 overflow-auto overscroll-contain rounded-2xl border border-line bg-surface"
    >
      <div className="relative w-max min-w-full" style={{ height: rows.getTotalSize() }}>
        <GridHead
          columns={columns}
          sort={props.sort}
          selected={selectedOf(props.selection, count)}
          words={props.words}
          onSort={props.onSort}
          onSelectAll={(all) => props.onSelection({ all, keys: new Set() })}
          onWidth={props.onWidth}
          onPlace={props.onPlace}
        />
        <Rows props={props} gridId={gridId} nameAt={nameAt} keys={keys} visible={rows.getVirtualItems()} />
      </div>
    </div>
  );
}

function Rows<R>({
  props: { columns, rowAt, selection, words },
  gridId,
  nameAt,
  keys: { acts, active, anchor, editing, complaints, hasFocus },
  visible,
}: {
  readonly props: DataGridProps<R>;
  readonly gridId: string;
  readonly nameAt: number;
  readonly keys: GridKeys;
  readonly visible: readonly { readonly index: number; readonly start: number }[];
}) {
  // Rows that come into sight are drawn in the places of those that went, which is less work than to make them anew.
  const pool = Math.ceil(visible.length / POOL_STEP) * POOL_STEP;
  const range = rangeOf(anchor ?? active, active);
  return (
    <div role="rowgroup">
      {visible.map(({ index, start }) => {
        const of = rowAt(index);
        const isMarked = hasFocus && anchor !== null && index >= range.rows[0] && index <= range.rows[1];
        const isWritten = editing?.row === index;
        return (
          <Row
            // What is being written stays, however many rows are seen.
            key={isWritten ? "written" : index % pool}
            {...acts}
            gridId={gridId}
            index={index}
            start={start}
            of={of}
            columns={columns}
            nameAt={nameAt}
            isSelected={of?.isSelectable === true && isSelected(selection, of.key)}
            markedFrom={isMarked ? range.columns[0] : -1}
            markedTo={isMarked ? range.columns[1] : -2}
            active={hasFocus && active.row === index ? active.column : -1}
            editing={isWritten ? editing.column : -1}
            refused={of === null ? null : (complaints[of.key] ?? null)}
            words={words}
          />
        );
      })}
    </div>
  );
}

function selectedOf({ all, keys }: GridSelection, count: number): "none" | "some" | "all" {
  if (keys.size === 0) return all && count > 0 ? "all" : "none";
  return "some";
}
