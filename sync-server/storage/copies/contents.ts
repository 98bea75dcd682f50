import { hash } from "node:crypto";
import type { Cell, Cells, Table } from "./tables.ts";

/** What a table holds, in figures that two databases can be compared by. */
export interface TableContents {
  readonly rows: number;
  /** Hex, 64 digits: see `TableDigest`. */
  readonly digest: string;
  /** The highest number that was ever given out, in a table that gives out none twice; null in others. */
  readonly given: number | null;
}

/** By the name of the table. */
export type Contents = Readonly<Record<string, TableContents>>;

/** Where rows come from. All is of one state of the database. */
export interface RowSource {
  readonly tables: readonly Table[];
  /** The rows of a table, in pieces and in no order that anybody may rely on. */
  rows(table: Table): AsyncIterable<readonly Cells[]>;
  /** The highest number that was ever given out in a table that gives out none twice. */
  given(table: Table): Promise<number>;
}

/** Where rows go. */
export interface RowTarget {
  put(table: Table, rows: readonly Cells[]): Promise<void>;
  /** All rows of it are there. `given`: as in `TableContents`. */
  filled(table: Table, given: number | null): Promise<void>;
}

/** How far it is: a table is at work, with so many of its rows behind. */
export type OnCopied = (table: string, rows: number) => void;

const MODULUS = 2n ** 256n;
const HEX_DIGITS = 64;

/**
 * The digest of a table: the sum, modulo 2^256, of the SHA-256 of each row, written as JSON with its values in the order of the columns and bytes as their own
 * SHA-256. So it is the same in whatever order the rows are read. It finds what was damaged or forgotten; against forgery stand the tills' signatures.
 */
export class TableDigest {
  #sum = 0n;
  rows = 0;

  add(row: Cells): void {
    this.#sum =
      (this.#sum + BigInt(`0x${hash("sha256", JSON.stringify(row.map(written)), "hex")}`)) % MODULUS;
    this.rows += 1;
  }

  get hex(): string {
    return this.#sum.toString(16).padStart(HEX_DIGITS, "0");
  }
}

function written(cell: Cell): unknown {
  return cell instanceof Uint8Array ? { sha256: hash("sha256", cell, "hex") } : cell;
}

/** Reads all tables, and copies them where `target` says. Answers what was read. */
export async function readAll(
  source: RowSource,
  { target = null, onCopied }: { readonly target?: RowTarget | null; readonly onCopied: OnCopied },
): Promise<Contents> {
  const contents: Record<string, TableContents> = {};
  for (const table of source.tables) {
    const digest = new TableDigest();
    onCopied(table.name, 0);
    for await (const rows of source.rows(table)) {
      for (const row of rows) digest.add(row);
      await target?.put(table, rows);
      onCopied(table.name, digest.rows);
    }
    const given = table.neverAgain ? await source.given(table) : null;
    await target?.filled(table, given);
    contents[table.name] = { rows: digest.rows, digest: digest.hex, given };
  }
  return contents;
}

/** Of which tables one database holds something else than another: a sentence for each. None: they hold the same. */
export function differences(wanted: Contents, found: Contents): readonly string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    const [one, other] = [wanted[name], found[name]];
    if (one === undefined) return [`${name} should not be there`];
    if (other === undefined) return [`${name} is missing`];
    if (one.rows !== other.rows) return [`${name} has ${other.rows} rows, not ${one.rows}`];
    if (one.digest !== other.digest) return [`${name} has other rows than it should`];
    return one.given === other.given ? [] : [`${name} goes on at another number than it should`];
  });
}
