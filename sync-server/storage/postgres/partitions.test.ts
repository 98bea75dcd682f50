import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import { createDeps, type ServerDeps } from "../../http/deps.ts";
import { hashSecret } from "../../sync/enrol.ts";
import { CHAIN_FEEDS } from "../../sync/feeds.ts";
import { TestClock } from "../../testing/clock.ts";
import { PostgresForTests, SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { BERLIN, CUP, HAMBURG, price, product, TEA } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { Storage } from "../port.ts";
import type { Database, Row, SqlInput } from "../sql/database.ts";
import { SqlReads } from "../sql/reads.ts";
import { SqlWrites } from "../sql/writes.ts";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { PostgresDatabase, ROW_TYPES } from "./database.ts";
import { migrate } from "./migrate.ts";
import { layByStore, PARTITIONS } from "./partitions.ts";
import { migrationInPostgresWords, wholeSchema } from "./schema.ts";
import { beginRead, PostgresStorage } from "./storage.ts";
import { TAUGHT } from "./taught.ts";
import { inPostgresWords } from "./words.ts";

const STARTS_WITHIN_MS = 120_000;
const TABLES = ["journal", "movements", "store_feed_rows", "tickets"];
const AT = instant(1_800_000_000_000);
/** How many migrations there were before tables were laid by their store. */
const BEFORE = MIGRATIONS.findIndex((migration) => migration.includes("CREATE TABLE ticket_places"));

let postgres: PostgresForTests;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);

let url: string;
let client: Client;
beforeEach(async () => {
  url = await postgres.database();
  client = new Client({ connectionString: url, types: ROW_TYPES });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await postgres.giveBack(url);
});

async function partsOf(table: string): Promise<number> {
  const { rows } = await client.query(
    "SELECT count(*) AS n FROM pg_inherits WHERE inhparent = to_regclass($1)",
    [table],
  );
  return rows[0].n;
}

test("journal, tickets, movements and store feeds are laid by their store, in so many parts each", async () => {
  for (const table of TABLES) expect(await partsOf(table)).toBe(PARTITIONS);
  const { rows } = await client.query(
    "SELECT partrelid::regclass::text AS name, pg_get_partkeydef(partrelid) AS by FROM pg_partitioned_table ORDER BY 1",
  );
  expect(rows).toEqual(TABLES.map((name) => ({ name, by: "HASH (store)" })));
});

/** A database that notes beside each statement what parts of a table it looks into. */
class Watched implements Database {
  readonly engine = "postgres";
  readonly secrets = SECRETS_FOR_TESTS;
  readonly isSpread: boolean;
  readonly asked: { readonly sql: string; readonly relations: readonly string[] }[] = [];
  readonly #inner: PostgresDatabase;
  #sent: Promise<unknown> = Promise.resolve();

  constructor({ isSpread = false } = {}) {
    this.isSpread = isSpread;
    this.#inner = new PostgresDatabase(client, SECRETS_FOR_TESTS);
  }
  send(sql: string, ...values: readonly SqlInput[]): void {
    this.#sent = this.#sent.then(async () => {
      await this.#note(sql, values);
      await this.#inner.run(sql, ...values);
    });
  }
  async settled(): Promise<void> {
    await this.#sent;
  }
  async run(sql: string, ...values: readonly SqlInput[]): Promise<number> {
    await this.settled();
    await this.#note(sql, values);
    return this.#inner.run(sql, ...values);
  }
  async get(sql: string, ...values: readonly SqlInput[]): Promise<Row | undefined> {
    await this.settled();
    await this.#note(sql, values);
    return this.#inner.get(sql, ...values);
  }
  async all(sql: string, ...values: readonly SqlInput[]): Promise<readonly Row[]> {
    await this.settled();
    await this.#note(sql, values);
    return this.#inner.all(sql, ...values);
  }
  savepoint = () => this.#inner.savepoint();
  keepSavepoint = () => this.#inner.keepSavepoint();
  undoToSavepoint = () => this.#inner.undoToSavepoint();
  mayGoOnAfter = (error: unknown) => this.#inner.mayGoOnAfter(error);

  async #note(sql: string, given: readonly SqlInput[]): Promise<void> {
    const { text, values } = inPostgresWords(sql, given);
    // What is only asked may be run twice; of what writes, the plan says enough.
    const how = /^\s*SELECT/.test(text) ? "ANALYZE, TIMING OFF, FORMAT JSON" : "FORMAT JSON";
    const { rows } = await client.query(`EXPLAIN (${how}) ${text}`, [...values]);
    const [explained] = JSON.parse(rows[0]["QUERY PLAN"]);
    this.asked.push({ sql: text, relations: relationsIn(explained.Plan) });
  }
}

interface Plan {
  readonly "Relation Name"?: string;
  readonly "Actual Loops"?: number;
  readonly Plans?: readonly Plan[];
}

function relationsIn(plan: Plan): readonly string[] {
  const own = plan["Relation Name"];
  const wasRun = plan["Actual Loops"] !== 0;
  return [...(own !== undefined && wasRun ? [own] : []), ...(plan.Plans ?? []).flatMap(relationsIn)];
}

/** A server whose statements are watched. */
function watchedServer(database: Watched): ServerDeps {
  const within = async <T>(work: () => Promise<T>, begin: string): Promise<T> => {
    await client.query(begin);
    const done = await work();
    await database.settled();
    await client.query("COMMIT");
    return done;
  };
  const storage: Storage = {
    write: (work) => within(() => work(new SqlWrites(database)), "BEGIN; SET LOCAL enable_seqscan = off"),
    read: (work, finds) =>
      within(() => work(new SqlReads(database)), `${beginRead(finds)}; SET LOCAL enable_seqscan = off`),
    ask: (work) => work(new SqlReads(database)),
    aside: {
      read: () => {
        throw new Error("nobody asks");
      },
    },
    listen: () => () => undefined,
    isOnDuty: false,
    alone: (work) => work(),
    close: async () => undefined,
  };
  return createDeps({ storage, now: new TestClock().now, newId: () => randomUUID() });
}

async function shopWith(database: Watched) {
  const server = watchedServer(database);
  await server.publisher.publish(async (publication) => {
    await publication.putStore(BERLIN);
    await publication.putStore(HAMBURG);
    await publication.putProduct(product(TEA));
    await publication.putPrice(price(TEA));
  });
  const till = new TestTill({ store: BERLIN.store });
  const code = await server.enrolment.makePairingCode(BERLIN.code);
  const paired = await server.enrolment.pair({
    kind: "pair",
    code: code?.code ?? "",
    publicKey: till.publicKey,
    name: "Till",
  });
  if (!paired.ok) throw new Error(paired.reason);
  till.device = paired.value.device;
  const device = await server.storage.read((tx) => tx.device(till.device));
  if (device === null) throw new Error("no till");

  return { server, till, device, token: paired.value.token };
}

test("the list of one store's tickets looks into one part of a table", async () => {
  const database = new Watched();
  const { server, till, device } = await shopWith(database);
  await server.ingestion.ingest(device, [till.begin(), till.sell([{ variant: TEA, quantity: 2 }])]);
  database.asked.length = 0;
  const listed = await server.storage.read((tx) =>
    tx.tickets({ store: [BERLIN.store], before: null, limit: 9 }),
  );
  expect(listed).toHaveLength(1);
  const [places] = database.asked.map(({ relations }) => [...new Set(relations)]);
  expect(places).toEqual([expect.stringMatching(/^tickets_p\d+$/)]);
  const parts = new Set(
    database.asked.flatMap(({ relations }) => relations.filter((name) => /_p\d+$/.test(name))),
  );
  expect(parts.size).toBe(1);
});

test("what is done for each sale and each pull looks into one part of a table", async () => {
  const database = new Watched();
  const { server, till, device, token } = await shopWith(database);
  // A shelf that was counted is looked at by its movements.
  const counted = { kind: "counted", entry: idOf<"Entry">("count") } as const;
  const shelf = { store: BERLIN.store, variant: CUP };
  await server.storage.write((tx) =>
    tx.addMovement({ ...shelf, quantity: 5, reason: counted }, { cause: "counted:count", at: AT }),
  );
  database.asked.length = 0;
  const run = [till.begin(), till.sell([TEA, CUP].map((variant) => ({ variant, quantity: 2 })))];
  expect(await server.ingestion.ingest(device, run)).toMatchObject({ ok: true, acknowledged: 2 });
  expect(await server.ingestion.ingest(device, run)).toMatchObject({ ok: true, acknowledged: 2 });
  const tokenHash = hashSecret(token ?? "");
  const asked = { tokenHashes: [tokenHash], chainFeeds: CHAIN_FEEDS };
  const standings = await server.storage.ask((tx) => tx.standings(asked));
  expect(standings.get(tokenHash)).toMatchObject({ chainHead: { seq: 2, hash: run.at(-1)?.hash } });
  const pulled = await server.pullDesk.pull(tokenHash, [{ collection: "stock", after: "", limit: 100 }]);
  expect(pulled?.pages.map(({ page }) => page.ok)).toEqual([true]);
  const [sale] = run.slice(1);
  const ticket = sale?.fact.type === "ticket.completed" ? sale.fact.ticket : null;
  const found = await server.storage.read((tx) => tx.ticket(ticket!.id));
  expect(found?.ticket.id).toBe(ticket?.id);

  const parts = database.asked.map(({ sql, relations }) => ({
    sql,
    parts: [...new Set(relations.filter((name) => /_p\d+$/.test(name)))],
  }));
  expect(parts.filter((each) => each.parts.length > 1)).toEqual([]);
  const seen = new Set(parts.flatMap((each) => each.parts.map((name) => name.replace(/_p\d+$/, ""))));
  expect([...seen].toSorted()).toEqual(TABLES);
});

const ofStores = (database: Watched) =>
  database.asked.filter(({ relations }) => relations.some((name) => name.startsWith("store_feed_rows")));

test.each([false, true])(
  "pages of two stores that are asked for at once look into the parts of these two, and one store's each where tables are spread (%s)",
  async (isSpread) => {
    const database = new Watched({ isSpread });
    const { server } = await shopWith(database);
    const asks = [BERLIN, HAMBURG].map(
      ({ store }) => ({ feed: `store:${store}`, collection: "settings", after: 0, limit: 9 }) as const,
    );
    const read = (asked: typeof asks) => {
      database.asked.length = 0;
      return server.storage.read((tx) => Promise.all(asked.map((ask) => tx.feedRows(ask))), "byKeys");
    };
    const alone = [];
    for (const ask of asks) alone.push({ rows: await read([ask]), parts: ofStores(database) });
    const together = await read(asks);
    expect(together).toEqual(alone.flatMap(({ rows }) => rows));
    expect(together.every((rows) => rows.length > 0)).toBe(true);
    const partsOfEach = ofStores(database).map(({ relations }) => [...new Set(relations)].toSorted());
    const partsAlone = alone.map(({ parts }) => parts.flatMap(({ relations }) => [...new Set(relations)]));
    expect(partsOfEach).toEqual(isSpread ? partsAlone : [[...new Set(partsAlone.flat())].toSorted()]);
  },
);

/** Tables that a sale writes whose rows are of its store, its till or its ticket alone: sales of two stores never meet there. */
const OF_ONE_STORE: readonly string[] = [
  "catalogue_stock",
  "commission_lines",
  "count_results",
  "customer_history",
  "devices",
  "exceptions",
  "journal",
  "movements",
  "outbox",
  "report_facts",
  "report_lines",
  "report_parts",
  "report_tickets",
  "sales_slots",
  "stock",
  "store_feed_rows",
  "store_feeds",
  "ticket_places",
  "tickets",
];

test("what sales of two stores both write is few tables: sums over all stores, and the names of what was sold (decision 0030)", async () => {
  const database = new Watched();
  const { server, till, device } = await shopWith(database);
  database.asked.length = 0;
  await server.ingestion.ingest(device, [till.begin(), till.sell([{ variant: TEA, quantity: 2 }])]);
  const written = new Set(
    database.asked.flatMap(({ sql }) => /^\s*(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)/.exec(sql)?.[1] ?? []),
  );
  expect([...written].filter((table) => !OF_ONE_STORE.includes(table)).toSorted()).toEqual([
    "catalogue",
    "report_names",
    "report_sums",
  ]);
});

/** What a version before left: two tills' journals, their tickets and movements, and feeds of the chain and of stores. */
async function asBefore(): Promise<{ readonly till: TestTill }> {
  // As a new database has it: whoever gets this one next may be somebody else than its owner.
  await client.query(
    "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC",
  );
  for (const statement of [TAUGHT, ...wholeSchema(MIGRATIONS.slice(0, BEFORE))])
    await client.query(statement);
  await client.query(
    `CREATE TABLE schema_version (version BIGINT NOT NULL, taught TEXT NOT NULL); INSERT INTO schema_version VALUES (${BEFORE}, '')`,
  );
  for (const store of [BERLIN, HAMBURG])
    await client.query("INSERT INTO stores (id, code, settings) VALUES ($1, $2, $3)", [
      store.store,
      store.code,
      JSON.stringify(store),
    ]);
  const till = new TestTill({ store: BERLIN.store });
  await client.query(
    "INSERT INTO devices (id, store, register, name, public_key, token_hash, epoch) VALUES ($1, $2, 1, 'Till', $3, 'hash', 1)",
    [till.device, BERLIN.store, till.publicKey],
  );
  till.begin();
  for (let sale = 0; sale < 3; sale += 1) till.sell([{ variant: TEA, quantity: 1 }]);
  for (const entry of till.entries) {
    await client.query(
      "INSERT INTO journal (device, epoch, seq, hash, entry, received_at) VALUES ($1, $2, $3, $4, $5, $6)",
      [entry.device, entry.epoch, entry.seq, entry.hash, canonicalJson(entry), AT],
    );
    if (entry.fact.type !== "ticket.completed") continue;
    const { ticket } = entry.fact;
    await client.query(
      "INSERT INTO tickets (id, store, day, register, total_minor, received_at, number, ticket) VALUES ($1, $2, $3, 1, $4, $5, $6, $7)",
      [ticket.id, ticket.store, ticket.businessDay, 350, AT, ticket.number, JSON.stringify(ticket)],
    );
    await client.query(
      "INSERT INTO movements (cause, store, variant, quantity, reason, at) VALUES ($1, $2, $3, -1, $4, $5)",
      [ticket.id, ticket.store, TEA, JSON.stringify({ kind: "sale", ticket: ticket.id }), AT],
    );
  }
  for (const [feed, head] of [
    [`store:${BERLIN.store}`, 2],
    [`store:${HAMBURG.store}`, 1],
    [`customers:store:${BERLIN.store}`, 1],
    ["catalog", 1],
  ] as const) {
    await client.query("INSERT INTO feeds (feed, head, purged_to) VALUES ($1, $2, 1)", [feed, head]);
    for (let seq = 1; seq <= head; seq += 1)
      await client.query(
        "INSERT INTO feed_rows (feed, collection, id, seq, data, at) VALUES ($1, 'stock', $2, $3, $4, $5)",
        [feed, `${feed} ${seq}`, seq, JSON.stringify({ seq }), AT],
      );
  }
  return { till };
}

test("a database of before is laid by its stores with all that is in it, also where that was broken off", async () => {
  const { till } = await asBefore();
  const halts = { query: client.query.bind(client) };
  const halting = new Proxy(client, {
    get: (target, name) =>
      name === "query"
        ? (...asked: Parameters<typeof halts.query>) => {
            if (String(asked[0]).startsWith("CREATE TABLE movements (LIKE")) throw new Error("fell");
            return halts.query(...asked);
          }
        : Reflect.get(target, name),
  });
  await expect(migrate(halting)).rejects.toThrow("fell");
  expect([await partsOf("journal"), await partsOf("movements")]).toEqual([PARTITIONS, 0]);
  await migrate(client);
  await migrate(client);
  for (const table of TABLES) expect(await partsOf(table)).toBe(PARTITIONS);

  const storage = await PostgresStorage.open(url, { secrets: SECRETS_FOR_TESTS });
  try {
    const place = { store: BERLIN.store, device: till.device, epoch: 1 };
    await storage.read(async (tx) => {
      expect(await tx.entries({ ...place, after: 0, limit: 9 })).toEqual(till.entries);
      expect(await tx.chainHead(place)).toEqual({ seq: 4, hash: till.entries.at(-1)?.hash });
      expect(await tx.ticketCount([BERLIN.store])).toBe(3);
      const newest = await tx.tickets({ store: null, before: null, limit: 9 });
      expect(newest.map(({ cursor }) => cursor)).toEqual([3, 2, 1]);
      expect(await tx.ticketNumbered(newest[0]!.ticket.number.toLowerCase())).toEqual(newest[0]!.ticket);
      expect(await tx.movementSum({ store: BERLIN.store, variant: TEA })).toBe(-3);
      expect(await tx.feedHeads()).toEqual(
        new Map([
          ["catalog", 1],
          [`customers:store:${BERLIN.store}`, 1],
          [`store:${BERLIN.store}`, 2],
          [`store:${HAMBURG.store}`, 1],
        ]),
      );
      const ofStore = { feed: `store:${BERLIN.store}`, collection: "stock", after: 0, limit: 9 } as const;
      expect((await tx.feedRows(ofStore)).map(({ seq }) => seq)).toEqual([1, 2]);
      expect(await tx.feedHead(ofStore.feed)).toEqual({ head: 2, purgedTo: 1 });
    });
    await storage.write(async (tx) => {
      expect((await tx.addTickets([{ ticket: till.ticket([]), register: 1 }], AT)).size).toBe(1);
    });
    const [next] = await storage.read((tx) => tx.tickets({ store: null, before: null, limit: 1 }));
    expect(next?.cursor).toBe(4);
  } finally {
    await storage.close();
  }
});

test("where a database spreads its tables itself they get their keys and no parts, once", async () => {
  await asBefore();
  const inOne = async (_: Client, statements: readonly string[]) => {
    for (const statement of statements) await client.query(statement);
  };
  for (const migration of MIGRATIONS.slice(BEFORE)) await client.query(migrationInPostgresWords(migration));
  await layByStore(client, inOne, async () => true);
  await layByStore(
    client,
    () => Promise.reject(new Error("laid twice")),
    async () => true,
  );
  const { rows } = await client.query(
    "SELECT c.conrelid::regclass::text AS name, pg_get_constraintdef(c.oid) AS key FROM pg_constraint c WHERE c.contype = 'p' AND c.conrelid::regclass::text = ANY ($1) ORDER BY 1",
    [TABLES],
  );
  expect(rows.map(({ key }) => String(key).startsWith("PRIMARY KEY (store, "))).toEqual(
    TABLES.map(() => true),
  );
  for (const table of TABLES) expect(await partsOf(table)).toBe(0);
  expect((await client.query("SELECT count(*) AS n FROM tickets")).rows[0].n).toBe(3);
  await client.query(`UPDATE schema_version SET version = ${MIGRATIONS.length}`);
  await migrate(client);
});

test("a server of before, which knows no store of an entry, writes nothing that nobody would find", async () => {
  await expect(
    client.query(
      "INSERT INTO journal (device, epoch, seq, hash, entry, received_at) VALUES ('d', 1, 1, '', '{}', 0)",
    ),
  ).rejects.toThrow(/null value in column "store"|no partition/);
  await expect(client.query("SELECT head FROM feeds WHERE feed = 'store:x'")).rejects.toThrow(
    /does not exist/,
  );
});
