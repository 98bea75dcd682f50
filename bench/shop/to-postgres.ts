import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { PostgresStorage } from "../../sync-server/storage/postgres/storage.ts";
import { createSecretBox, keysBeside } from "../../sync-server/storage/secrets/secret-box.ts";

/** What a made-up year stands in. */
const TABLES = [
  "stores",
  "products",
  "variants",
  "movements",
  "report_tickets",
  "report_lines",
  "report_parts",
  "report_sums",
  "report_names",
  "report_facts",
] as const;
const ROWS_AT_ONCE = 2_000;

/** Puts a year that was made up in SQLite into an empty PostgreSQL database as well, rows first and indexes last; one that holds a year is left as it is. */
export async function yearToPostgres(
  file: string,
  url: string,
  say: (what: string) => void,
): Promise<PostgresStorage> {
  const storage = await PostgresStorage.open(url, { secrets: createSecretBox(keysBeside(file)) });
  const client = new Client({ connectionString: url });
  await client.connect();
  const known = await client.query("SELECT 1 FROM report_tickets LIMIT 1");
  if (known.rowCount === 0) await copy(file, client, say);
  await client.end();
  return storage;
}

async function copy(file: string, client: Client, say: (what: string) => void): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true });
  for (const table of TABLES) {
    say(`copying ${table}`);
    const indexes = await client.query<{ readonly name: string; readonly made: string }>(
      "SELECT indexname AS name, indexdef AS made FROM pg_indexes WHERE schemaname = 'public' AND tablename = $1 AND indexname NOT LIKE '%pkey'",
      [table],
    );
    const own = indexes.rows.filter(({ made }) => !made.includes("UNIQUE"));
    for (const { name } of own) await client.query(`DROP INDEX ${name}`);
    let some: unknown[] = [];
    const put = async () => {
      const rows = JSON.stringify(some);
      some = [];
      await client.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`, [
        rows,
      ]);
    };
    for (const row of source.prepare(`SELECT * FROM ${table}`).iterate()) {
      some.push(row);
      if (some.length === ROWS_AT_ONCE) await put();
    }
    if (some.length > 0) await put();
    for (const { made } of own) await client.query(made);
    // What was put is seen by whoever reads from now on, and its indexes answer alone.
    await client.query(`VACUUM ANALYZE ${table}`);
  }
  source.close();
}

/** The least that adding up all lines costs there: going through them once; milliseconds. */
export async function postgresScans(
  url: string,
  { from, until, samples }: { readonly from: string; readonly until: string; readonly samples: number },
): Promise<readonly number[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const times: number[] = [];
  for (let sample = 0; sample <= samples; sample += 1) {
    const start = performance.now();
    await client.query(
      "SELECT count(*) AS n, sum(net) AS net FROM report_lines WHERE day >= $1 AND day <= $2",
      [from, until],
    );
    if (sample > 0) times.push(performance.now() - start);
  }
  await client.end();
  return times;
}
