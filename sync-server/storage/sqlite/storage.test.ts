import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askedCustomer } from "#domain/customer/search.ts";
import { idOf, instant } from "#domain/ids.ts";
import { commissionLinesOf } from "#domain/staff/commission.ts";
import { putNewSqlite } from "../../testing/new-sqlite.ts";
import { BERLIN, cashier, HAMBURG, price, product, TEA } from "../../testing/shop.ts";
import { ticketBack } from "../../testing/ticket-back.ts";
import { TestTill } from "../../testing/till.ts";
import { STORAGE_CONTRACT } from "../contract.ts";
import { OPEN_COUNTS } from "../sql/connector-reads.ts";
import { CUSTOMERS_LIKE, customersPage, HISTORY, whereFits } from "../sql/customer-reads.ts";
import { VALUE_OF } from "../sql/profile-reads.ts";
import { LAST_COUNT, NEWEST_OF_STORES } from "../sql/reads.ts";
import { behind, ticketsPage } from "../sql/report-tickets.ts";
import { SqliteDatabase } from "./database.ts";
import { MIGRATIONS } from "./schema.ts";
import { SqliteStorage } from "./storage.ts";

/** The schema that kept no moments of movements. */
const BEFORE_MOMENTS = 5;
/** The schema that knew of prices only what they are. */
const BEFORE_PRICE_LOG = MIGRATIONS.findIndex((each) => each.includes("CREATE TABLE price_log"));
/** The schema in which colleagues stood in the feeds of their stores alone, and nobody reckoned commission. */
const BEFORE_STAFF = MIGRATIONS.findIndex((each) => each.includes("CREATE TABLE colleagues"));
/** The schema that kept customers whole and no history of theirs. */
const BEFORE_HISTORIES = MIGRATIONS.findIndex((each) => each.includes("CREATE TABLE customer_history"));

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-storage-"));
  file = join(folder, "server.sqlite");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("SQLite keeps the storage contract", () => {
  for (const { promise, check } of STORAGE_CONTRACT) {
    test(promise, async () => {
      putNewSqlite(file);
      let storage = new SqliteStorage(file);
      try {
        await check(storage, async () => {
          await storage.close();
          storage = new SqliteStorage(file);
          return storage;
        });
      } finally {
        await storage.close();
      }
    });
  }
});

test("the file is its owner's alone, and so is all that lies beside it: people are in it", async () => {
  const storage = new SqliteStorage(file);
  await storage.write((tx) => tx.putStore(BERLIN));
  const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
  await storage.close();
  expect(modes.toSorted()).toEqual([
    ["server.sqlite", 0o600],
    ["server.sqlite-shm", 0o600],
    ["server.sqlite-wal", 0o600],
  ]);
});

test("a committed write is on the disk before it is answered: WAL with synchronous=FULL", async () => {
  const database = new SqliteDatabase(file);
  expect((await database.get("PRAGMA journal_mode"))?.journal_mode).toBe("wal");
  expect((await database.get("PRAGMA synchronous"))?.synchronous).toBe(2);
  database.close();
});

test("data of a newer version is left alone, and the message says what to do", async () => {
  const database = new SqliteDatabase(file);
  await database.run("PRAGMA user_version = 999");
  database.close();
  expect(() => new SqliteStorage(file)).toThrow(/written by a newer Onetill/);
});

test("a file of before that could not be brought to the newest schema stays at the step before, and goes on from there", async () => {
  const isGrid = (migration: string) => migration.includes("CREATE TABLE catalogue (");
  const old = new DatabaseSync(file);
  for (const name of ["customer_column", "folded"]) old.function(name, { varargs: true }, () => "");
  for (const migration of MIGRATIONS.slice(0, BEFORE_MOMENTS)) old.exec(migration);
  old.exec(`PRAGMA user_version = ${BEFORE_MOMENTS}; CREATE TABLE catalogue (in_the_way TEXT)`);
  expect(() => new SqliteStorage(file)).toThrow(/catalogue/);
  expect(old.prepare("PRAGMA user_version").get()?.user_version).toBe(MIGRATIONS.findIndex(isGrid));
  old.exec("DROP TABLE catalogue");
  old.close();
  await new SqliteStorage(file).close();
  const found = new DatabaseSync(file);
  expect(found.prepare("PRAGMA user_version").get()?.user_version).toBe(MIGRATIONS.length);
  found.close();
});

test("a movement that was booked before its moment was kept happened when it was booked", async () => {
  const database = new DatabaseSync(file);
  for (const migration of MIGRATIONS.slice(0, BEFORE_MOMENTS)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${BEFORE_MOMENTS}`);
  database
    .prepare(
      "INSERT INTO movements (cause, store, variant, quantity, reason, at) VALUES ('counted:e', 's', 'v', 3, ?, 500)",
    )
    .run(JSON.stringify({ kind: "counted", entry: "e" }));
  database.close();
  const storage = new SqliteStorage(file);
  const place = { store: idOf<"Store">("s"), variant: idOf<"Variant">("v") };
  await storage.read(async (tx) => {
    expect(await tx.movementSum({ ...place, until: instant(499) })).toBe(0);
    expect(await tx.movementSum({ ...place, until: instant(500) })).toBe(3);
    expect(await tx.lastCount(place)).toEqual({ entry: "e", at: 500 });
  });
  await storage.close();
});

test("a price of before there was a log of them counts as one that always held", async () => {
  const database = new DatabaseSync(file);
  // Of the schemas in between one asks for it; there are no customers here.
  for (const name of ["customer_column", "folded"]) database.function(name, { varargs: true }, () => "");
  for (const migration of MIGRATIONS.slice(0, BEFORE_PRICE_LOG)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${BEFORE_PRICE_LOG}`);
  const add = database.prepare(
    "INSERT INTO prices (variant, list, valid_from, price) VALUES ('tea', 'retail', ?, ?)",
  );
  const [tea, planned] = [price(TEA), price(TEA, { validFrom: instant(700) })];
  add.run(0, JSON.stringify(tea));
  add.run(700, JSON.stringify(planned));
  database.close();
  const storage = new SqliteStorage(file);
  expect(await storage.read((tx) => tx.priceWrites({ list: tea.list, variant: TEA }))).toEqual([
    { at: 0, validFrom: null, price: tea },
    { at: 0, validFrom: 700, price: planned },
  ]);
  await storage.close();
});

test("products, prices and stock of before there was a grid are found and ordered in it", async () => {
  const database = new DatabaseSync(file);
  for (const name of ["customer_column", "folded"]) database.function(name, { varargs: true }, () => "");
  const before = MIGRATIONS.findIndex((migration) => migration.includes("CREATE TABLE catalogue ("));
  for (const migration of MIGRATIONS.slice(0, before)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${before}`);
  const tea = product(TEA, { title: "Émile’s Tea", tags: ["green"] });
  const add = database.prepare(
    "INSERT INTO products (id, handle, title, words, product) VALUES (?, ?, ?, ?, ?)",
  );
  add.run(tea.id, tea.handle, tea.title, "emile’s tea", JSON.stringify(tea));
  database.prepare("INSERT INTO variants (id, product, sku) VALUES (?, ?, 'SKU-tea')").run(TEA, tea.id);
  database.prepare("INSERT INTO stock (store, variant, on_hand) VALUES ('s', ?, 7)").run(TEA);
  database
    .prepare("INSERT INTO prices (variant, list, valid_from, price) VALUES (?, 'retail', 0, ?)")
    .run(TEA, JSON.stringify(price(TEA)));
  database.close();
  const storage = new SqliteStorage(file);
  const { list } = price(TEA);
  const filter = {
    search: "emile",
    status: [],
    category: [],
    brand: [],
    taxClass: [],
    tag: ["green"],
    channel: [],
    untold: [],
  };
  await storage.write((tx) => tx.freshenCataloguePrices({ list, at: instant(1), limit: 9 }));
  await storage.read(async (tx) => {
    const found = await tx.catalogueMatches({ filter, list, stores: null });
    expect(await tx.catalogueOrder({ sort: "price", list, stores: null })).toEqual(found);
    expect(await tx.catalogueProducts({ numbers: found, stores: null })).toMatchObject([
      { product: { id: tea.id }, onHand: 7 },
    ]);
  });
  await storage.close();
});

test("customers, tickets and orders of before there were histories are found and stand in them", async () => {
  const database = new DatabaseSync(file);
  for (const migration of MIGRATIONS.slice(0, BEFORE_HISTORIES)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${BEFORE_HISTORIES}`);
  const anna = {
    id: "anna",
    name: "Änna Weiß",
    email: "A@example.com",
    phone: "030 23125001",
    cardNumber: null,
  };
  database.prepare("INSERT INTO customers (id, customer) VALUES ('anna', ?)").run(JSON.stringify(anna));
  const addTicket = database.prepare(
    "INSERT INTO tickets (id, store, day, register, total_minor, received_at, ticket) VALUES (?, 's', 'd', 1, 0, 0, ?)",
  );
  addTicket.run("t1", JSON.stringify({ customer: "anna", completedAt: 700 }));
  addTicket.run("t2", JSON.stringify({ customer: null, completedAt: 700 }));
  const addOrder = database.prepare(
    "INSERT INTO orders (id, channel, external_id, status, placed_at, words, data) VALUES (?, 'web', ?, 'ready', 800, '', ?)",
  );
  addOrder.run("o1", "1", JSON.stringify({ contact: { customer: "anna" } }));
  addOrder.run("o2", "2", JSON.stringify({ contact: { customer: null } }));
  database.close();
  const storage = new SqliteStorage(file);
  const customer = idOf<"Customer">("anna");
  await storage.read(async (tx) => {
    expect((await tx.searchCustomers({ search: "anna weiss", offset: 0, limit: 9 })).customers).toHaveLength(
      1,
    );
    expect(await tx.customersLike({ email: null, phone: "+49 30 23125001" })).toEqual([anna]);
    expect(await tx.historyOf({ customer, channels: [], limit: 9 })).toEqual([
      { kind: "order", id: "o1", at: 800 },
      { kind: "ticket", id: "t1", at: 700 },
    ]);
    // Nobody wrote down then whether the shop named her or her address was enough.
    expect(await tx.isNamedThrough({ customer, channels: [idOf<"Channel">("web")] })).toBe(false);
  });
  await storage.close();
});

test("colleagues of before they were kept for themselves work where their tills had them, and old sales count for commission", async () => {
  const database = new DatabaseSync(file);
  for (const name of ["customer_column", "folded"]) database.function(name, { varargs: true }, () => "");
  for (const migration of MIGRATIONS.slice(0, BEFORE_STAFF)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${BEFORE_STAFF}`);
  const addRow = database.prepare(
    "INSERT INTO feed_rows (feed, collection, id, seq, data, at) VALUES (?, 'staff', ?, ?, ?, 0)",
  );
  const [mira, alina] = [cashier("mira"), { ...cashier("alina"), active: false }];
  addRow.run(`store:${BERLIN.store}`, mira.id, 1, JSON.stringify(mira));
  addRow.run(`store:${HAMBURG.store}`, mira.id, 1, JSON.stringify(mira));
  addRow.run(`store:${HAMBURG.store}`, alina.id, 2, JSON.stringify(alina));
  const till = new TestTill({ store: BERLIN.store });
  const sale = till.ticket([{ variant: TEA, quantity: 2 }]);
  const addTicket = database.prepare(
    "INSERT INTO tickets (id, store, day, register, total_minor, received_at, ticket) VALUES (?, ?, ?, 1, 0, 1, ?)",
  );
  const back = ticketBack(till, sale, 1);
  for (const ticket of [sale, back])
    addTicket.run(ticket.id, ticket.store, ticket.businessDay, JSON.stringify(ticket));
  database.close();
  const storage = new SqliteStorage(file);
  const days = { from: sale.businessDay, until: sale.businessDay, store: null };
  await storage.read(async (tx) => {
    expect(await tx.colleague(mira.id)).toEqual({
      member: mira,
      stores: [BERLIN.store, HAMBURG.store].sort(),
    });
    const gone = await tx.colleagues({ store: HAMBURG.store, active: false, search: "" });
    expect(gone.map(({ member }) => member)).toEqual([alina]);
    const [returned, sold] = await tx.commissionAmounts(days);
    expect(returned).toMatchObject({ staff: "mira", kind: "returned", lines: 1, pieces: 1 });
    expect(sold).toMatchObject({ staff: "mira", kind: "sold", lines: 1, pieces: 2 });
    for (const [told, ticket] of [
      [sold, sale],
      [returned, back],
    ] as const) {
      const lines = commissionLinesOf(ticket);
      expect([told?.total, told?.net]).toEqual([lines[0]?.total, lines[0]?.net]);
    }
  });
  await storage.close();
});

test("a history and the profiles like a contact are found by index, however many customers there are", async () => {
  await new SqliteStorage(file).close();
  const database = new SqliteDatabase(file);
  const steps = async (sql: string, ...values: readonly (string | number)[]) =>
    (await database.all(`EXPLAIN QUERY PLAN ${sql}`, ...values)).map((row) => String(row.detail)).join("; ");
  const history = await steps(HISTORY, "anna", "[]", "[]", 9);
  expect(history).toContain("USING COVERING INDEX customer_history_in_order");
  expect(history).not.toContain("TEMP B-TREE FOR ORDER BY");
  const like = await steps(CUSTOMERS_LIKE, "a@example.com", "3125001");
  expect(like).toContain("customers_by_email");
  expect(like).toContain("customers_by_phone");
  const value = await steps(VALUE_OF, "[]");
  expect(value).toContain("SEARCH e USING COVERING INDEX ledger_entries_of_ticket");
  expect(value).toContain("customer_history_in_order");
  expect(value).not.toContain("SCAN e");
  const asked = askedCustomer("anna");
  if (asked === null) throw new Error("nothing is asked for");
  const { sql, values } = whereFits(asked);
  const found = await steps(customersPage(sql), ...values, 51, 0);
  expect(found).toContain("SCAN customers USING COVERING INDEX customers_as_found");
  expect(found).toContain("SEARCH c USING INDEX sqlite_autoindex_customers_1 (id=?)");
  database.close();
});

test("each sale finds the last count of its shelf by index, however many moved since", async () => {
  await new SqliteStorage(file).close();
  const database = new SqliteDatabase(file);
  const plan = await database.all(`EXPLAIN QUERY PLAN ${LAST_COUNT}`, "s", "v");
  const steps = plan.map((row) => String(row.detail)).join("; ");
  expect(steps).toContain("USING INDEX movements_counted");
  expect(steps).not.toContain("TEMP B-TREE");
  database.close();
});

test("HQ lists the tickets of a store by index, however many the chain has", async () => {
  await new SqliteStorage(file).close();
  const database = new SqliteDatabase(file);
  const plan = await database.all(`EXPLAIN QUERY PLAN ${NEWEST_OF_STORES}`, 9, 9, "[]");
  const steps = plan.map((row) => String(row.detail)).join("; ");
  expect(steps).toContain("SEARCH t USING COVERING INDEX tickets_of_store (store=? AND cursor<?)");
  expect(steps).not.toContain("FOR ORDER BY");
  database.close();
});

test("HQ counts the open messages of a shop by index, however many were done", async () => {
  await new SqliteStorage(file).close();
  const database = new SqliteDatabase(file);
  const plan = await database.all(`EXPLAIN QUERY PLAN ${OPEN_COUNTS} GROUP BY state`, "a");
  expect(plan.map((row) => String(row.detail)).join("; ")).toMatch(/USING COVERING INDEX inbox_open/);
  database.close();
});

test("a pull finds its rows by index, however many there are", async () => {
  await new SqliteStorage(file).close();
  const database = new SqliteDatabase(file);
  const plan = await database.all(
    "EXPLAIN QUERY PLAN SELECT seq, id, data FROM chain_feed_rows WHERE feed = ? AND collection = ? AND seq > ? ORDER BY seq LIMIT ?",
    "catalog",
    "products",
    0,
    10,
  );
  const steps = plan.map((row) => String(row.detail)).join("; ");
  expect(steps).toContain("USING INDEX feed_rows_in_order");
  expect(steps).not.toContain("TEMP B-TREE");
  database.close();
});

test("receipts and cards of sales from before they were kept in order are found as well, and the orders that they paid", async () => {
  const database = new DatabaseSync(file);
  for (const migration of MIGRATIONS.slice(0, BEFORE_HISTORIES)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${BEFORE_HISTORIES}`);
  const plain = new TestTill({ store: BERLIN.store }).ticket([{ variant: TEA, quantity: 1 }]);
  const order = idOf<"Order">("o1");
  const lines = plain.lines.map((line) => ({ ...line, order: { order, line: "1" } }));
  const tenders = [{ id: "c", kind: "card", amount: plain.totals.due, approvalCode: "A-1" }];
  const ticket = { ...plain, customer: "ada", lines, tenders };
  database
    .prepare(
      "INSERT INTO tickets (id, store, day, register, total_minor, received_at, ticket) VALUES (?, ?, '2027-01-15', 1, 350, 1, ?)",
    )
    .run(ticket.id, ticket.store, JSON.stringify(ticket));
  database.close();
  const storage = new SqliteStorage(file);
  const asks = [{ text: ticket.number }, { text: "A-1" }, { customer: idOf<"Customer">("ada") }];
  await storage.read(async (tx) => {
    for (const ask of asks) {
      const named = { text: null, customer: null, variant: null, day: null, paidMinor: null, ...ask };
      expect(await tx.findTickets({ ...named, limit: 9 })).toEqual([ticket]);
    }
    expect(await tx.ticketsPaying(order)).toEqual([ticket]);
  });
  await storage.close();
});

test("sales of before there were reports are waiting to be counted, and a new shop has none", async () => {
  const database = new DatabaseSync(file);
  for (const name of ["customer_column", "folded"]) database.function(name, { varargs: true }, () => "");
  const before = MIGRATIONS.findIndex((each) => each.includes("CREATE TABLE report_lines"));
  for (const migration of MIGRATIONS.slice(0, before)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${before}`);
  const ticket = new TestTill({ store: BERLIN.store }).ticket([{ variant: TEA, quantity: 1 }]);
  database
    .prepare(
      "INSERT INTO tickets (id, store, day, register, total_minor, received_at, ticket) VALUES (?, ?, '2027-01-15', 1, 350, 1, ?)",
    )
    .run(ticket.id, ticket.store, JSON.stringify(ticket));
  database.close();
  const storage = new SqliteStorage(file);
  expect(await storage.read((tx) => tx.uncountedBelow())).toBe(2);
  await storage.close();
  const fresh = new SqliteStorage(join(folder, "fresh.sqlite"));
  expect(await fresh.read((tx) => tx.uncountedBelow())).toBeNull();
  await fresh.close();
});

test("the tickets of a figure are read in the order of their days, however many there are", async () => {
  await new SqliteStorage(file).close();
  const database = new SqliteDatabase(file);
  const day = idOf<"BusinessDay">("2027-01-15");
  const all = { from: day, until: day, stores: null, channels: null, values: null, categories: null };
  for (const family of ["channel", "tender"] as const) {
    const ask = {
      filter: { ...all, family },
      days: null,
      currency: idOf<"Currency">("EUR"),
      after: null,
      limit: 9,
    };
    const { table, where } = behind(ask);
    const plan = await database.all(`EXPLAIN QUERY PLAN ${ticketsPage(table, where)}`, ...where.values, 9);
    const steps = plan.map((row) => String(row.detail)).join("; ");
    expect(steps).toContain("USING PRIMARY KEY");
    expect(steps).not.toContain("TEMP B-TREE");
  }
  database.close();
});
