import { guarded } from "#domain/text/guarded.ts";
import { type CellValue, delimitedText } from "../audit/delimited.ts";

/**
 * A long table as CSV, page by page, each from a moment of its own, so that it holds nobody up: `page` answers the rows from an offset on, no more than
 * `atOnce` of them. The file ends at `most` rows. No text of it runs in a spreadsheet program.
 */
export async function* pagedCsv<Row>({
  columns,
  cellsOf,
  page,
  atOnce,
  most,
}: {
  readonly columns: readonly string[];
  readonly cellsOf: (row: Row) => readonly CellValue[];
  readonly page: (offset: number) => Promise<readonly Row[]>;
  readonly atOnce: number;
  readonly most: number;
}): AsyncGenerator<string> {
  const header = delimitedText(columns, []);
  yield header;
  for (let offset = 0; offset < most; offset += atOnce) {
    const rows = await page(offset);
    const cells = rows.map((row) =>
      cellsOf(row).map((cell) => (typeof cell === "string" ? guarded(cell) : cell)),
    );
    yield delimitedText(columns, cells).slice(header.length);
    if (rows.length < atOnce) return;
  }
}
