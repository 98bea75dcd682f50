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
  for (const { sql, values } of statements({ into, rows, tail })) database.send(sql, ...values);
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
  for (const { sql, values } of statements({ into, rows, tail }))
    returned.push(...(await database.all(sql, ...values)));
  return returned;
}

function* statements({
  into,
  rows,
  tail,
}: {
  readonly into: string;
  readonly rows: readonly (readonly SqlInput[])[];
  readonly tail: string;
}): Generator<{ readonly sql: string; readonly values: readonly SqlInput[] }> {
  for (let put = 0; put < rows.length; ) {
    const size = sizeFor(rows.length - put);
    const some = rows.slice(put, put + size);
    const places = some.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");
    yield { sql: `INSERT INTO ${into} VALUES ${places} ${tail}`, values: some.flat() };
    put += size;
  }
}

function sizeFor(left: number): number {
  let size = MOST_AT_ONCE;
  while (size > left) size /= 2;
  return size;
}
