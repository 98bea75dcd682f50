import { DatabaseSync } from "node:sqlite";
import { tablesIn } from "../storage/copies/tables.ts";
import { SqliteDatabase } from "../storage/sqlite/database.ts";

const ROWS = 25;
/** In every text: what has broken something somewhere, as JSON, since some columns are read as such. */
const AWKWARD = "Ä'\"\\ \n,{}NULL 😀 \u2028";
const LARGE = 2 ** 50;

/** A database of the newest schema with rows in every table that there is, a migration's of tomorrow too. */
export function wholeShop(file: string): void {
  const made = new SqliteDatabase(file);
  made.migrate();
  made.close();
  const database = new DatabaseSync(file);
  database.function("folded", { deterministic: true }, (text) => String(text));
  database.exec("BEGIN");
  for (const { name, columns } of tablesIn(database)) {
    const described = database.prepare('SELECT name, "notnull", pk FROM pragma_table_info(?)').all(name);
    const { sql } = database.prepare("SELECT sql FROM sqlite_master WHERE name = ?").get(name) ?? {};
    const isWords = String(sql).includes("VIRTUAL");
    const isSingle = String(sql).includes("CHECK (one = 1)");
    database.exec(`DELETE FROM ${name}`);
    const insert = database.prepare(
      `INSERT INTO ${name} (${columns.map((column) => column.name).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    );
    for (let row = 1; row <= (isSingle ? 1 : ROWS); row += 1)
      insert.run(
        ...columns.map(({ name: column, kind }) => {
          const known = described.find((each) => each.name === column);
          if (!isWords && known !== undefined && known.notnull === 0 && known.pk === 0 && row % 3 === 0)
            return null;
          if (isSingle && column === "one") return 1;
          if (kind === "text") return JSON.stringify({ row, validTo: row, kind: column, words: AWKWARD });
          if (kind === "bytes") return Uint8Array.from([0, 255, row, 92, 34, 10]);
          if (kind === "real") return row / 3;
          // Rows come in no order of their numbers, and some numbers are gone.
          return column === "rowid" || known?.pk !== 0
            ? ((row * 7) % ROWS) * 3 + 1
            : row % 2 === 0
              ? -row
              : LARGE + row;
        }),
      );
    // A number that was given out and whose row is gone is not given out again.
    if (/AUTOINCREMENT/.test(String(sql)))
      database.exec(`DELETE FROM ${name} WHERE seq = (SELECT max(seq) FROM ${name})`);
  }
  database.exec("COMMIT");
  database.close();
}
