import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import { countInBulk } from "./bulk-sales.ts";
import { salesOf } from "./sales.ts";

const TICKETS = 300;
const TABLES = ["report_tickets", "report_lines", "report_parts", "report_sums", "report_names"];

function contents(file: string): unknown {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = TABLES.map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  const indexes = database
    .prepare("SELECT name, sql FROM sqlite_master WHERE name LIKE 'report%' ORDER BY name")
    .all();
  database.close();
  return { tables, indexes };
}

test("tickets that are counted in bulk stand in the tables as those that are counted one by one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-bulk-"));
  const [one, bulk] = [join(folder, "one.sqlite"), join(folder, "bulk.sqlite")];
  const factsOf = salesOf({ skus: 30, stores: 3, tickets: TICKETS });
  const all = Array.from({ length: TICKETS }, (_, number) => factsOf(number));
  const storage = new SqliteStorage(one);
  await storage.write(async (tx) => {
    for (const facts of all) await tx.addTicketFacts([facts]);
  });
  await storage.close();
  await new SqliteStorage(bulk).close();
  expect(countInBulk(bulk, all)).toBe(TICKETS);
  expect(contents(bulk)).toEqual(contents(one));
  rmSync(folder, { recursive: true, force: true });
});
