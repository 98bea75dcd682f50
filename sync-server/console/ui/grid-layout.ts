/** Which columns a person sees, in which order and how wide; kept in this browser. */
export interface GridLayout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** In pixels, of those that were made wider or narrower. */
  readonly widths: Readonly<Record<string, number>>;
}

export interface LaidOut {
  readonly id: string;
  readonly width: number;
  readonly isHidden?: boolean;
}

export const MIN_COLUMN_PX = 64;
export const MAX_COLUMN_PX = 720;

/** What was kept; null where nothing was, or nothing that can be understood. */
export function readLayout(name: string): GridLayout | null {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(keyOf(name)) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { order, hidden, widths } = kept as Record<string, unknown>;
    if (!isTexts(order) || !isTexts(hidden) || typeof widths !== "object" || widths === null) return null;
    const numbers = Object.entries(widths).filter(
      (entry): entry is [string, number] => typeof entry[1] === "number" && Number.isFinite(entry[1]),
    );
    return { order, hidden, widths: Object.fromEntries(numbers) };
  } catch {
    return null;
  }
}

export function keepLayout(name: string, layout: GridLayout): void {
  try {
    window.localStorage.setItem(keyOf(name), JSON.stringify(layout));
  } catch {
    // A browser that keeps nothing shows the columns as they come.
  }
}

/** The layout of these columns: what was kept of those that there still are, new ones in their own place at the end. */
export function layoutOf(columns: readonly LaidOut[], kept: GridLayout | null): GridLayout {
  const ids = columns.map(({ id }) => id);
  const hiddenAtFirst = columns.filter(({ isHidden }) => isHidden === true).map(({ id }) => id);
  if (kept === null) return { order: ids, hidden: hiddenAtFirst, widths: {} };
  const known = kept.order.filter((id) => ids.includes(id));
  const added = ids.filter((id) => !known.includes(id));
  return {
    order: [...new Set(known), ...added],
    hidden: [
      ...kept.hidden.filter((id) => known.includes(id)),
      ...hiddenAtFirst.filter((id) => added.includes(id)),
    ],
    widths: kept.widths,
  };
}

/** Columns as they are shown: in order, without the hidden ones, as wide as they were made. */
export function shownColumns<C extends LaidOut>(columns: readonly C[], layout: GridLayout): readonly C[] {
  return layout.order
    .filter((id) => !layout.hidden.includes(id))
    .flatMap((id) => columns.filter((column) => column.id === id))
    .map((column) => ({ ...column, width: widthOf(column, layout) }));
}

export function withWidth(layout: GridLayout, id: string, width: number): GridLayout {
  const fitting = Math.round(Math.min(MAX_COLUMN_PX, Math.max(MIN_COLUMN_PX, width)));
  return { ...layout, widths: { ...layout.widths, [id]: fitting } };
}

/** A column put where another is now. */
export function withPlace(layout: GridLayout, id: string, at: string): GridLayout {
  const place = layout.order.indexOf(at);
  if (id === at || place === -1 || !layout.order.includes(id)) return layout;
  const others = layout.order.filter((each) => each !== id);
  return { ...layout, order: others.toSpliced(place, 0, id) };
}

/** The last column that is seen stays. */
export function withShown(layout: GridLayout, id: string, isShown: boolean): GridLayout {
  const hidden = layout.hidden.filter((each) => each !== id);
  if (isShown) return { ...layout, hidden };
  return hidden.length + 1 >= layout.order.length ? layout : { ...layout, hidden: [...hidden, id] };
}

function widthOf({ id, width }: LaidOut, { widths }: GridLayout): number {
  return widths[id] ?? width;
}

function keyOf(name: string): string {
  return `onetill.grid.${name}`;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
