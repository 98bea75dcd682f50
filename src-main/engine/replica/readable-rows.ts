import { setImmediate as othersTurn } from "node:timers/promises";
import { isCorrupt } from "../disk-trouble.ts";
import type { SqliteInternals } from "../storage/instance.ts";
import type { PlacedRow, StoredRow } from "../storage/table.ts";

/** Small enough that a scan of the counter never waits longer than a few milliseconds. */
const CHUNK = 500;
/** Where of so many places in a row none can be read, nothing is looked for behind them. */
const BARREN_AT_MOST = 20_000;

type Table = Pick<SqliteInternals, "after" | "behind">;
/** Is told each time that something could not be read; throws where nobody reads on. */
type OnLost = (error: unknown) => void;

/**
 * All rows of a table in chunks, in the order of their ids. From where a page of the file cannot be read the rest comes in the order in which it lies there, without the rows of that page: each article that can be
 * read can be sold. The event loop is given back between chunks.
 */
export async function* readableRows(table: Table, onLost: OnLost): AsyncGenerator<readonly StoredRow[]> {
  for (let last = ""; ; ) {
    let rows: readonly StoredRow[];
    try {
      rows = inOrderOfIds(last, table.after(last, CHUNK));
    } catch (error) {
      onLost(error);
      for await (const lying of asTheyLie(table, onLost)) yield lying.filter(({ id }) => isBehind(id, last));
      return;
    }
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows;
    last = end.id;
    await othersTurn();
  }
}

async function* asTheyLie(table: Table, onLost: OnLost): AsyncGenerator<readonly StoredRow[]> {
  for (let place = 0, barren = 0; barren < BARREN_AT_MOST; ) {
    const { rows, isWhole } = atPlaces(table, place, onLost);
    const end = rows.at(-1);
    if (end === undefined && isWhole) return;
    if (end !== undefined) yield rows;
    barren = end === undefined ? barren + CHUNK : 0;
    place = isWhole && end !== undefined ? end.place : place + CHUNK;
    await othersTurn();
  }
}

/** What can be read at the next places: of a page that makes no sense what is beside it. */
function atPlaces(
  table: Table,
  place: number,
  onLost: OnLost,
): { readonly rows: readonly PlacedRow[]; readonly isWhole: boolean } {
  try {
    return { rows: inOrderOfPlaces(place, table.behind(place, CHUNK)), isWhole: true };
  } catch (error) {
    onLost(error);
    // A disk that fails may take seconds to say so each time.
    return { rows: isCorrupt(error) ? oneByOne(table, place, onLost) : [], isWhole: false };
  }
}

function oneByOne(table: Table, place: number, onLost: OnLost): readonly PlacedRow[] {
  const read: PlacedRow[] = [];
  for (let before = place; before < place + CHUNK; before += 1) {
    try {
      const [row] = table.behind(before, 1);
      if (row?.place === before + 1) read.push(row);
    } catch (error) {
      onLost(error);
      if (!isCorrupt(error)) break;
    }
  }
  return read;
}

/** An index that makes no sense could lead round and round. */
function inOrderOfIds(last: string, rows: readonly StoredRow[]): readonly StoredRow[] {
  const end = rows.at(-1);
  if (end !== undefined && !isBehind(end.id, last)) throw new SyntaxError("the ids are not in order");
  return rows;
}

function inOrderOfPlaces(place: number, rows: readonly PlacedRow[]): readonly PlacedRow[] {
  let before = place;
  for (const row of rows) {
    if (!(row.place > before)) throw new SyntaxError("the places are not in order");
    before = row.place;
  }
  return rows;
}

/** As SQLite orders them. */
function isBehind(id: string, other: string): boolean {
  return Buffer.compare(Buffer.from(id), Buffer.from(other)) > 0;
}
