import { DatabaseSync } from "node:sqlite";
import type { Client } from "pg";
import { idOf, instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { createDeps } from "../../sync-server/http/deps.ts";
import type { Storage } from "../../sync-server/storage/port.ts";
import type { Measured } from "../metric.ts";
import { usageOf } from "../programs/usage.ts";
import { seedShop } from "../shop/seed.ts";

const MICROS_PER_MS = 1_000;
/** Tables by what they are for; whatever is not named is counted as other. */
const GROUPS: readonly (readonly [group: string, tables: RegExp])[] = [
  ["journal", /^journal/],
  ["tickets", /^ticket/],
  ["movements", /^(movements|stock$|catalogue_stock)/],
  ["storeFeeds", /^store_feed/],
  ["reports", /^(report_|sales_slots|commission_)/],
  ["outbox", /^(outbox|deliveries)/],
];

/** What the journal of a real till takes up on PostgreSQL once it is booked, ticket by ticket: rows with their indexes, and what was logged ahead. */
export async function* rowSizes({
  storage,
  client,
  journal,
  skus,
  booked,
  say,
}: {
  readonly storage: Storage;
  readonly client: Client;
  /** The file of the server that the till sold to. */
  readonly journal: string;
  readonly skus: number;
  /** Called when all is booked, before anything is tidied up. */
  readonly booked: () => Promise<void>;
  readonly say: (what: string) => void;
}): AsyncGenerator<Measured> {
  say("seeding PostgreSQL");
  await seedShop(storage, skus);
  const now = () => instant(Date.now());
  let made = 0;
  const newId = () => {
    made += 1;
    return `bench-${made}`;
  };
  const { ingestion } = createDeps({ storage, now, newId });
  const source = new DatabaseSync(journal, { readOnly: true });
  const row = source
    .prepare(
      "SELECT d.*, j.entry FROM devices d JOIN journal j ON j.device = d.id ORDER BY j.epoch, j.seq LIMIT 1",
    )
    .get();
  const entries = source
    .prepare("SELECT entry FROM journal WHERE device = ? ORDER BY epoch, seq")
    .all(String(row?.id))
    .map(({ entry }) => JSON.parse(String(entry)) as JournalEntry);
  source.close();
  const device = {
    id: idOf<"Device">(String(row?.id)),
    store: idOf<"Store">(String(row?.store)),
    register: Number(row?.register),
    name: String(row?.name),
    publicKey: String(row?.public_key),
    epoch: Number(row?.epoch),
    actedTo: instant(0),
  };
  await storage.write((tx) => tx.addDevice(device, "bench"));
  const record = await storage.read((tx) => tx.device(device.id));
  if (record === null) throw new Error("the till is not there");

  const tickets = entries.filter(({ fact }) => fact.type === "ticket.completed").length;
  say(`booking ${tickets} tickets`);
  await tidied(client);
  const before = await sizesNow(client);
  const logged = await loggedNow(client);
  const took = { server: process.cpuUsage(), database: await backendsMs(client) };
  for (const entry of entries) {
    const answer = await ingestion.ingest(record, [entry]);
    if (!answer.ok) throw new Error(`an entry was refused: ${answer.reason}`);
  }
  const wal = (await loggedNow(client)) - logged;
  const { user, system } = process.cpuUsage(took.server);
  const databaseMs = (await backendsMs(client)) - took.database;
  await booked();
  await tidied(client);
  const after = await sizesNow(client);

  const texts = entries.filter(({ fact }) => fact.type === "ticket.completed");
  const floor = texts.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0) / tickets;
  const common = { unit: "B", floor, params: { tickets, skus } } as const;
  const sums = new Map<string, number>();
  for (const [table, size] of after) {
    const group = GROUPS.find(([, tables]) => tables.test(table))?.[0] ?? "other";
    sums.set(group, (sums.get(group) ?? 0) + size - (before.get(table) ?? 0));
  }
  const all = [...sums.values()].reduce((sum, size) => sum + size, 0);
  yield { ...common, metric: "rows.ticket", value: all / tickets };
  for (const [group, size] of sums)
    yield { ...common, metric: `rows.ticket.${group}`, value: size / tickets };
  yield { ...common, metric: "rows.ticket.wal", value: wal / tickets };
  const cost = { unit: "ms", floor: 1, params: { tickets, skus } } as const;
  yield { ...cost, metric: "ingest.ticket.server", value: (user + system) / MICROS_PER_MS / tickets };
  yield { ...cost, metric: "ingest.ticket.database", value: databaseMs / tickets };
  const stocked = after.get("store_feed_rows") ?? 0;
  yield { ...common, metric: "rows.article.storeFeed", value: stocked / skus };
}

/** Processor time of the server's connections so far, milliseconds. */
async function backendsMs(client: Client): Promise<number> {
  const { rows } = await client.query<{ readonly pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'onetill' AND datname = current_database()",
  );
  return rows.reduce((sum, { pid }) => sum + usageOf(pid).cpuMs, 0);
}

/** Tables without what was written over: what is in them, and no more. */
async function tidied(client: Client): Promise<void> {
  await client.query("VACUUM FULL");
}

/** Bytes of each table with its indexes and its parts. */
async function sizesNow(client: Client): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ readonly name: string; readonly bytes: string }>(
    `SELECT regexp_replace(relname, '_p\\d+$', '') AS name, sum(pg_total_relation_size(oid))::bigint AS bytes FROM pg_class
      WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace GROUP BY 1`,
  );
  return new Map(rows.map(({ name, bytes }) => [name, Number(bytes)]));
}

async function loggedNow(client: Client): Promise<number> {
  const { rows } = await client.query<{ readonly bytes: string }>(
    "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS bytes",
  );
  return Number(rows[0]?.bytes);
}
