/** A cell by the place of its row and column. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at a time. */
  readonly page: number;
}

/** Where a key leads from a cell; null: it leads nowhere. With `far` (Ctrl or ⌘) Home and End lead to the first and last row. */
export function cellAfter(
  key: string,
  { row, column }: CellPlace,
  { size, far }: { readonly size: GridSize; readonly far: boolean },
): CellPlace | null {
  const to = (place: CellPlace): CellPlace => ({
    row: Math.max(0, Math.min(size.rows - 1, place.row)),
    column: Math.max(0, Math.min(size.columns - 1, place.column)),
  });
  switch (key) {
    case "ArrowUp":
      return to({ row: row - 1, column });
    case "ArrowDown":
      return to({ row: row + 1, column });
    case "ArrowLeft":
      return to({ row, column: column - 1 });
    case "ArrowRight":
      return to({ row, column: column + 1 });
    case "PageUp":
      return to({ row: row - size.page, column });
    case "PageDown":
      return to({ row: row + size.page, column });
    case "Home":
      return to(far ? { row: 0, column: 0 } : { row, column: 0 });
    case "End":
      return to(far ? { row: size.rows - 1, column: size.columns - 1 } : { row, column: size.columns - 1 });
    default:
      return null;
  }
}

/** The cells from one to another, as first and last row and column. */
export function rangeOf(one: CellPlace, other: CellPlace) {
  return {
    rows: [Math.min(one.row, other.row), Math.max(one.row, other.row)] as const,
    columns: [Math.min(one.column, other.column), Math.max(one.column, other.column)] as const,
  };
}

/** Rows of texts as a spreadsheet takes them; what would break its rows and columns is quoted. */
export function tsvOf(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join("\t")).join("\n");
}
