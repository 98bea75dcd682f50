import { type KeyboardEvent, type RefObject, useCallback, useMemo, useRef, useState } from "react";
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

interface State {
  readonly active: CellPlace;
  /** Where marking began. */
  readonly anchor: CellPlace | null;
  readonly editing: CellPlace | null;
  readonly complaints: Complaints;
  readonly hasFocus: boolean;
}
const FIRST: State = {
  active: { row: 0, column: 0 },
  anchor: null,
  editing: null,
  complaints: {},
  hasFocus: false,
};

/** What there is at this moment, for acts that stay the same while it changes. */
interface Now<R> {
  readonly props: DataGridProps<R>;
  readonly place: Place;
  state: State;
  readonly change: (changes: Partial<State>) => void;
}

export interface GridKeys extends State {
  readonly acts: RowActs;
  /** Back to the first row. */
  readonly begin: () => void;
  readonly setFocus: (hasFocus: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The cell in front, what is marked and written in, and what keys and presses do to them. */
export function useGridKeys<R>(props: DataGridProps<R>, place: Place): GridKeys {
  const [state, setState] = useState(FIRST);
  const now = useRef<Now<R> | null>(null);
  const change = useCallback((changes: Partial<State>) => {
    if (now.current !== null) now.current.state = { ...now.current.state, ...changes };
    setState((before) => ({ ...before, ...changes }));
  }, []);
  now.current = { props, place, state, change };
  const acts = useMemo(() => actsOf(() => now.current), []);
  const begin = useCallback(() => {
    const column = now.current?.state.active.column ?? 0;
    change({ anchor: null, active: { row: 0, column } });
  }, [change]);
  const setFocus = useCallback((hasFocus: boolean) => change({ hasFocus }), [change]);
  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || now.current === null) return;
    if (actOn(now.current, event)) event.preventDefault();
  }
  return { ...state, acts, begin, setFocus, onKeyDown };
}

function actsOf<R>(current: () => Now<R> | null): RowActs {
  return {
    onToggle: (index) => current()?.props.onToggle(index),
    onSelect: (index, shift) => {
      const now = current();
      if (now !== null) select(now.props, index, shift ? now.state.active.row : index);
    },
    onCell: (row, column, { shift, edit }) => {
      const now = current();
      const at = now?.state.editing;
      if (now === null || (at?.row === row && at.column === column)) return;
      goTo(now, { row, column }, shift);
      if (edit) write(now, { row, column });
    },
    onLeave: () => {
      const now = current();
      if (now !== null) leave(now);
    },
    onSaved: (row, column, value, next) => {
      const now = current();
      const at = now?.state.editing;
      // What was left already is not saved by its field going away.
      if (now === null || at?.row !== row || at.column !== column) return;
      leave(now);
      save(now, at, value);
      if (next === 0) return;
      const cell = { row, column: Math.max(0, Math.min(now.props.columns.length - 1, column + next)) };
      goTo(now, cell, false);
      write(now, cell);
    },
  };
}

function leave<R>({ change, place }: Now<R>): void {
  change({ editing: null });
  place.scroller.current?.focus({ preventScroll: true });
}

function goTo<R>({ props, place, state, change }: Now<R>, cell: CellPlace, isMarking: boolean): void {
  change({ anchor: isMarking ? (state.anchor ?? state.active) : null, active: cell });
  place.scrollTo(cell.row);
  showColumn(place.scroller.current, props.columns, cell.column);
}

function write<R>({ props, change }: Now<R>, cell: CellPlace): void {
  const of = props.rowAt(cell.row);
  const edit = props.columns[cell.column]?.edit;
  if (of === null || edit === undefined || edit.value(of.row) === null) return;
  change({ editing: cell, complaints: {} });
}

function save<R>(now: Now<R>, cell: CellPlace, value: string): void {
  const { props, change } = now;
  const of = props.rowAt(cell.row);
  const column = props.columns[cell.column];
  if (of === null || column?.edit === undefined || column.edit.value(of.row) === value) return;
  void column.edit.save(of.row, value).then((complaint) => {
    if (complaint !== null) change({ complaints: { [of.key]: { [column.id]: complaint } } });
  });
}

/** Whether the key meant something here. */
function actOn<R>(now: Now<R>, event: KeyboardEvent): boolean {
  const { props, place, state } = now;
  const far = event.ctrlKey || event.metaKey;
  const act = actOf(now, event.key, { far, isMarking: event.shiftKey });
  if (act !== null) {
    act();
    return true;
  }
  const size = { rows: props.count, columns: props.columns.length, page: pageOf(place) };
  const cell = cellAfter(event.key, state.active, { size, far });
  if (cell !== null) goTo(now, cell, event.shiftKey);
  return cell !== null;
}

function actOf<R>(
  now: Now<R>,
  key: string,
  { far, isMarking }: { readonly far: boolean; readonly isMarking: boolean },
): (() => void) | null {
  const { props, place, change } = now;
  const { active, anchor } = now.state;
  if (far && key === "c") return () => copy(props, rangeOf(anchor ?? active, active));
  if (far && key === "z") return props.onUndo;
  if (far && key === "a") return () => props.onSelection({ all: true, keys: new Set() });
  if (key === " ") return () => select(props, active.row, isMarking ? (anchor ?? active).row : active.row);
  if (key === "Escape")
    return () => {
      change({ anchor: null, complaints: {} });
      props.onSelection(NOTHING_SELECTED);
    };
  if (far && key === "Enter") return () => props.onOpen(active.row);
  if (key === "F2" || key === "Enter") return () => write(now, active);
  const isOpen = active.column === place.nameAt ? props.rowAt(active.row)?.isOpen : undefined;
  const folds = (key === "ArrowRight" && isOpen === false) || (key === "ArrowLeft" && isOpen === true);
  return folds && !isMarking ? () => props.onToggle(active.row) : null;
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
