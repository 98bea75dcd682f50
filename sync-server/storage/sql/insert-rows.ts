import type { Database, Row, SqlInput } from "./database.ts";

/** A statement never puts more rows than this. */
const MOST_AT_ONCE = 32;

/**
 * Puts rows with as few statements as may be, in their order; of each table few different ones: so many rows at once as a power of two. `tail` is what follows the
 * values, such as what becomes of rows that are there already; no two rows of one call may then be the same one.
 */
export async function insertRows(
  database: Database,
  {
    into,
    rows,
    tail = "",
  }: {
    /** Table and columns. */
    readonly into: string;
    readonly rows: readonly (readonly SqlInput[])[];
    readonly tail?: string;
  },
): Promise<void> {
  await insertReturning(database, { into, rows, tail });
}

/** The same; answers what `tail` has it return. */
export async function insertReturning(
  database: Database,
  {
    into,
    rows,
    tail,
  }: { readonly into: string; readonly rows: readonly (readonly SqlInput[])[]; readonly tail: string },
): Promise<readonly Row[]> {
  const returned: Row[] = [];
  let put = 0;
  while (put < rows.length) {
    const size = sizeFor(rows.length - put);
    const some = rows.slice(put, put + size);
    const places = some.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");
    returned.push(...(await database.all(`INSERT INTO ${into} VALUES ${places} ${tail}`, ...some.flat())));
    put += size;
  }
  return returned;
}

function sizeFor(left: number): number {
  let size = MOST_AT_ONCE;
  while (size > left) size /= 2;
  return size;
}
