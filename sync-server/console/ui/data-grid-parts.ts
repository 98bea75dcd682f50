import type { ReactNode } from "react";
import type { LaidOut } from "./grid-layout.ts";
import type { Choice } from "./select.tsx";

export interface GridSort {
  readonly column: string;
  readonly down: boolean;
}

/** How a cell is changed where it stands. */
export interface CellEdit<R> {
  /** Null: this row's cell cannot be changed. */
  readonly value: (row: R) => string | null;
  /** One of these; absent: typed. */
  readonly choices?: (row: R) => readonly Choice[];
  /** Whether numbers are typed. */
  readonly isNumber?: boolean;
  /** Shows it at once and saves it. Answers why it was not saved, in words for people; null: it was. */
  readonly save: (row: R, value: string) => Promise<string | null>;
}

export interface GridColumn<R> extends LaidOut {
  readonly title: string;
  readonly align?: "right";
  readonly isSortable?: boolean;
  /** It says what the row is: rows beneath it are shown from here. */
  readonly isName?: boolean;
  readonly render: (row: R) => ReactNode;
  /** What is copied. */
  readonly text: (row: R) => string;
  readonly edit?: CellEdit<R>;
}

/** A row by a key that it keeps wherever it stands; null: it is still being asked for. */
export interface GridRow<R> {
  readonly key: string;
  readonly row: R;
  /** 2: beneath another. */
  readonly level: 1 | 2;
  /** Null: nothing is beneath it. */
  readonly isOpen: boolean | null;
  readonly isSelectable: boolean;
}

/** What is chosen: some, or all there are but some. */
export interface GridSelection {
  readonly all: boolean;
  readonly keys: ReadonlySet<string>;
}
export const NOTHING_SELECTED: GridSelection = { all: false, keys: new Set() };

export function isSelected({ all, keys }: GridSelection, key: string): boolean {
  return keys.has(key) !== all;
}

export function toggled({ all, keys }: GridSelection, key: string): GridSelection {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return { all, keys: next };
}

/** Words of a grid, whatever it shows. */
export interface GridWords {
  readonly selectAll: string;
  readonly selectRow: (row: string) => string;
  readonly open: (row: string) => string;
}
