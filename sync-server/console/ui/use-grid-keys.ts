import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from "react";
import type { DataGridProps } from "./data-grid.tsx";
import {
  type GridColumn,
  type GridSelection,
  isSelected,
  NOTHING_SELECTED,
  toggled,
} from "./data-grid-parts.ts";
import { ROW_PX, type RowActs } from "./data-grid-row.tsx";
import { type CellPlace, cellAfter, rangeOf, tsvOf } from "./grid-cells.ts";

export const HEAD_PX = 44;
/** More rows at once are copied by an export. */
const MAX_COPIED = 5_000;

/** Why cells were not saved, by the keys of their rows and the ids of their columns. */
type Complaints = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Place {
  readonly scroller: RefObject<HTMLElement | null>;
  /** Which column says what a row is. */
  readonly nameAt: number;
  readonly scrollTo: (row: number) => void;
}

/** The cell in front, what is marked and written in, and what keys and presses do to them. */
export function useGridKeys<R>(props: DataGridProps<R>, place: Place) {
  const [active, setActive] = useState<CellPlace>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<CellPlace | null>(null);
  const [editing, setEditing] = useState<CellPlace | null>(null);
  const [complaints, setComplaints] = useState<Complaints>({});
  const [hasFocus, setFocus] = useState(false);
  const now = useRef({ props, place, active, anchor, editing });
  now.current = { props, place, active, anchor, editing };

  const moves = useMemo(() => {
    const leave = () => {
      now.current = { ...now.current, editing: null };
      setEditing(null);
      now.current.place.scroller.current?.focus({ preventScroll: true });
    };
    const goTo = (cell: CellPlace, isMarking: boolean) => {
      setAnchor(isMarking ? (now.current.anchor ?? now.current.active) : null);
      setActive(cell);
      now.current.place.scrollTo(cell.row);
      showColumn(now.current.place.scroller.current, now.current.props.columns, cell.column);
    };
    const write = (cell: CellPlace) => {
      const of = now.current.props.rowAt(cell.row);
      const edit = now.current.props.columns[cell.column]?.edit;
      if (of === null || edit === undefined || edit.value(of.row) === null) return;
      setComplaints({});
      setEditing(cell);
    };
    const save = (cell: CellPlace, value: string) => {
      const of = now.current.props.rowAt(cell.row);
      const column = now.current.props.columns[cell.column];
      if (of === null || column?.edit === undefined || column.edit.value(of.row) === value) return;
      void column.edit.save(of.row, value).then((complaint) => {
        if (complaint === null) return;
        setComplaints((all) => ({ ...all, [of.key]: { ...all[of.key], [column.id]: complaint } }));
      });
    };
    const clear = () => {
      setAnchor(null);
      setComplaints({});
      now.current.props.onSelection(NOTHING_SELECTED);
    };
    return { leave, goTo, write, save, clear };
  }, []);

  const acts: RowActs = useMemo(
    () => ({
      onToggle: (index) => now.current.props.onToggle(index),
      onSelect: (index, shift) => select(now.current.props, index, shift ? now.current.active.row : index),
      onCell: (index, column, { shift, edit }) => {
        const { editing: at } = now.current;
        if (at?.row === index && at.column === column) return;
        moves.goTo({ row: index, column }, shift);
        if (edit) moves.write({ row: index, column });
      },
      onLeave: moves.leave,
      onSaved: (index, column, value, next) => {
        const { editing: at, props: of } = now.current;
        // What was left already is not saved by its field going away.
        if (at?.row !== index || at.column !== column) return;
        moves.leave();
        moves.save(at, value);
        if (next === 0) return;
        const cell = { row: index, column: Math.max(0, Math.min(of.columns.length - 1, column + next)) };
        moves.goTo(cell, false);
        moves.write(cell);
      },
    }),
    [moves],
  );

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    if (actOn(event)) event.preventDefault();
  }

  /** Whether the key meant something here. */
  function actOn(event: KeyboardEvent): boolean {
    const far = event.ctrlKey || event.metaKey;
    const act = actOf(event.key, { far, isMarking: event.shiftKey });
    if (act !== null) {
      act();
      return true;
    }
    const size = { rows: props.count, columns: props.columns.length, page: pageOf(place) };
    const cell = cellAfter(event.key, active, { size, far });
    if (cell !== null) moves.goTo(cell, event.shiftKey);
    return cell !== null;
  }

  function actOf(
    key: string,
    { far, isMarking }: { readonly far: boolean; readonly isMarking: boolean },
  ): (() => void) | null {
    if (far && key === "c") return () => copy(props, rangeOf(anchor ?? active, active));
    if (far && key === "z") return props.onUndo;
    if (far && key === "a") return () => props.onSelection({ all: true, keys: new Set() });
    if (key === " ") return () => select(props, active.row, isMarking ? (anchor ?? active).row : active.row);
    if (key === "Escape") return moves.clear;
    if (key === "F2" || key === "Enter") return () => moves.write(active);
    const isOpen = active.column === place.nameAt ? props.rowAt(active.row)?.isOpen : undefined;
    const folds = (key === "ArrowRight" && isOpen === false) || (key === "ArrowLeft" && isOpen === true);
    return folds && !isMarking ? () => props.onToggle(active.row) : null;
  }

  return { active, anchor, editing, complaints, hasFocus, setFocus, acts, onKeyDown };
}

/** Whole rows that are seen at a time, less one to see where one was. */
function pageOf({ scroller }: Place): number {
  return Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1);
}

/** Chooses a row or no longer; from another row on, all between that are here. */
function select<R>({ rowAt, selection, onSelection }: DataGridProps<R>, index: number, from: number): void {
  const start = Math.min(from, index);
  const places = Array.from({ length: Math.abs(from - index) + 1 }, (_, at) => start + at);
  const keys = places.map(rowAt).flatMap((of) => (of?.isSelectable === true ? [of.key] : []));
  const isMany = keys.length > 1;
  onSelection(
    keys
      .filter((key) => !isMany || !isSelected(selection, key))
      .reduce<GridSelection>((chosen, key) => toggled(chosen, key), selection),
  );
}

/** The chosen rows that are here, whole; where none is chosen the marked cells. */
function copy<R>(
  { columns, rowAt, selection, count }: DataGridProps<R>,
  range: ReturnType<typeof rangeOf>,
): void {
  const isChosen = selection.keys.size > 0 && !selection.all;
  const [from, to] = isChosen ? [0, count - 1] : range.rows;
  const shown = isChosen ? columns : columns.slice(range.columns[0], range.columns[1] + 1);
  const texts: string[][] = [];
  for (let at = from; at <= to && texts.length < MAX_COPIED; at += 1) {
    const of = rowAt(at);
    if (of !== null && (!isChosen || (of.isSelectable && isSelected(selection, of.key))))
      texts.push(shown.map(({ text }) => text(of.row)));
  }
  if (texts.length > 0) void navigator.clipboard.writeText(tsvOf(texts));
}

/** Scrolls sideways until a column is seen. */
function showColumn<R>(scroller: HTMLElement | null, columns: readonly GridColumn<R>[], place: number): void {
  if (scroller === null) return;
  const left = HEAD_PX + columns.slice(0, place).reduce((sum, { width }) => sum + width, 0);
  const right = left + (columns[place]?.width ?? 0) + HEAD_PX;
  if (place === 0) scroller.scrollLeft = 0;
  else if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (right > scroller.scrollLeft + scroller.clientWidth)
    scroller.scrollLeft = right - scroller.clientWidth;
}
