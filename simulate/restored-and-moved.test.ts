import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { tillsAnswerSchema } from "#protocol/hq/tills.ts";
import { factsOf } from "../sync-server/storage/copies/facts.ts";
import { lookAt, placeIn } from "../sync-server/storage/copies/place.ts";
import { PostgresStorage } from "../sync-server/storage/postgres/storage.ts";
import { createSecretBox, keysBeside } from "../sync-server/storage/secrets/secret-box.ts";
import { SqliteStorage } from "../sync-server/storage/sqlite/storage.ts";
import { PostgresForTests } from "../sync-server/testing/postgres.ts";
import { hq, openShopIn, RealServer, RealTill } from "./real-programs-for-tests.ts";
import { FIRST_STOCK, STORES, VARIANTS } from "./retailer.ts";

/** A store as HQ makes it. */
const MUNICH = {
  ...{ code: "MUC1", like: "BER1", name: "Munich", address: [], vatId: "", hours: null },
  ...{ contact: { phone: "", email: "" }, timeZone: "Europe/Berlin", locale: "en-DE", currency: "EUR" },
};
const STARTS_WITHIN_MS = 120_000;
/** However busy the machine is. */
const LONG_MS = 300_000;
const BOOKED_WITHIN_MS = 75_000;

let postgres: PostgresForTests;
let folder: string;
let url: string;
let server: RealServer;
let tills: RealTill[];
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-moved-"));
  mkdirSync(join(folder, "server"));
  url = await postgres.emptyDatabase();
  server = new RealServer();
  tills = [];
});
afterEach(async () => {
  await Promise.all(tills.map((till) => till.close()));
  await server.end("SIGKILL");
  await postgres.drop(url);
  rmSync(folder, { recursive: true, force: true });
});

const data = () => join(folder, "server");
const sqlite = () => `sqlite:${data()}`;
const ON = {
  sqlite: {
    place: sqlite,
    storage: async () => new SqliteStorage(join(data(), "server.sqlite")),
    start: () => server.start({ data: data(), databaseUrl: null }),
  },
  postgres: {
    place: () => url,
    storage: () =>
      PostgresStorage.open(url, { secrets: createSecretBox(keysBeside(join(data(), "server"))) }),
    start: () => server.start({ data: data(), databaseUrl: url }),
  },
} as const;

async function twoTills(): Promise<readonly [RealTill, RealTill]> {
  const one = await RealTill.open(join(folder, "till-1"), server);
  tills.push(one);
  const other = await RealTill.open(join(folder, "till-2"), server);
  tills.push(other);
  return [one, other];
}

/** What is booked there, straight from the database. */
async function booksAt(text: string) {
  const place = placeIn(text);
  if (place === null) throw new Error(`${text} is no place`);
  const shop = await lookAt(place);
  try {
    const tickets = await shop.database.all("SELECT id FROM tickets");
    const stock = await shop.database.all(
      "SELECT variant, on_hand FROM stock WHERE store = ? ORDER BY variant",
      STORES[0]!.store,
    );
    return {
      tickets: tickets.map(({ id }) => String(id)).toSorted(),
      onHand: new Map(stock.map((row) => [String(row.variant), Number(row.on_hand)])),
      facts: await factsOf(shop),
    };
  } finally {
    await shop.close();
  }
}

/** The numbers that registers have there, and those of their receipts. */
async function registersAt(text: string) {
  const place = placeIn(text);
  if (place === null) throw new Error(`${text} is no place`);
  const shop = await lookAt(place);
  try {
    const devices = await shop.database.all("SELECT register FROM devices ORDER BY register");
    const tickets = await shop.database.all("SELECT number FROM tickets");
    return {
      registers: devices.map(({ register }) => Number(register)),
      numbers: tickets.map(({ number }) => String(number)),
    };
  } finally {
    await shop.close();
  }
}

/** Every ticket that a till said is sold is there once, and stock and tills are right. */
async function expectAllRight(text: string): Promise<void> {
  const sold = tills.flatMap((till) => till.sold);
  // A till that has nothing to send learns what the server lacks as it pulls.
  await server.untilChanged(
    async () => (await booksAt(text)).tickets.length >= sold.length,
    BOOKED_WITHIN_MS,
  );
  await Promise.all(tills.map((till) => till.settled()));
  const { tickets, onHand, facts } = await booksAt(text);
  expect(tickets).toEqual(sold.toSorted());
  expect(facts.stockWrong).toBe(0);
  for (const variant of VARIANTS) {
    const pieces = tills.reduce((sum, till) => sum + till.piecesOf(variant), 0);
    expect(onHand.get(variant)).toBe(FIRST_STOCK - pieces);
    for (const till of tills) await till.untilShown(variant, FIRST_STOCK - pieces);
  }
}

describe.each(["sqlite", "postgres"] as const)("on %s", (engine) => {
  test(
    "a server that is put back to a backup, taken while tills sold, has every sale again, once, and of both tills",
    async () => {
      const { place, storage, start } = ON[engine];
      await openShopIn(await storage());
      await start();
      const [one, other] = await twoTills();
      await one.sell(3);

      // Taken while both sell.
      const backup = join(folder, "backup");
      let isTaken = false;
      const taken = hq("backup", "--from", place(), "--out", backup, "--json").finally(() => {
        isTaken = true;
      });
      const selling = [one, other].map(async (till) => {
        while (!isTaken) {
          await till.sell(1);
          // At the pace at which the server takes them.
          await till.settled();
        }
      });
      expect(await taken).toMatchObject({ status: 0, err: "" });
      expect(JSON.parse((await taken).out)).toMatchObject({
        ok: true,
        engine,
        tills: 2,
        journals: { tills: 2 },
        wrong: [],
      });
      await Promise.all(selling);
      await one.sell(4);
      await other.sell(4);
      await Promise.all(tills.map((till) => till.settled()));

      // While a server runs nothing is put back, and without a word nothing is thrown over.
      expect(await hq("restore", backup, "--to", place(), "--replace")).toMatchObject({ status: 1 });
      await server.end();
      expect((await hq("restore", backup, "--to", place())).err).toContain("--replace");
      const restored = await hq("restore", backup, "--to", place(), "--replace");
      expect(restored).toMatchObject({ status: 0, err: "" });
      const { tickets } = await booksAt(place());
      expect(tickets.length).toBeLessThan(one.sold.length + other.sold.length);

      await one.sell(2);
      await start();
      await expectAllRight(place());
      await other.sell(2);
      await expectAllRight(place());
    },
    LONG_MS,
  );
});

describe.each(["sqlite", "postgres"] as const)("on %s", (engine) => {
  test(
    "a till that was paired after the backup is let in again as what it was, with every sale once, and its number is nobody else's",
    async () => {
      const { place, storage, start } = ON[engine];
      await openShopIn(await storage());
      await start();
      const one = await RealTill.open(join(folder, "till-1"), server);
      tills.push(one);
      await one.sell(1);
      const backup = join(folder, "backup");
      expect(await hq("backup", "--from", place(), "--out", backup)).toMatchObject({ status: 0 });

      const late = await RealTill.open(join(folder, "till-2"), server);
      tills.push(late);
      await late.sell(2);
      await one.sell(1);
      await Promise.all(tills.map((till) => till.settled()));
      await server.end();
      expect(await hq("restore", backup, "--to", place(), "--replace")).toMatchObject({ status: 0 });
      await late.sell(2);

      // One that is paired before the late one comes back gets a number of its own.
      await start();
      const newest = await RealTill.open(join(folder, "till-3"), server);
      tills.push(newest);
      await newest.sell(1);
      await late.until(({ letInAt }) => letInAt !== undefined);
      await expectAllRight(place());
      await late.sell(1);
      await expectAllRight(place());
      const { registers, numbers } = await registersAt(place());
      expect(registers).toEqual([1, 2, 13]);
      expect(new Set(numbers).size).toBe(numbers.length);
      // What the late one has read and sent so far, it goes on from: its own backup knows it from now on.
      expect(await hq("backup", "--from", place(), "--out", join(folder, "again"))).toMatchObject({
        status: 0,
        err: "",
      });
    },
    LONG_MS,
  );
});

test(
  "a till of a store that was made after the backup says so and sells on, HQ sees it and makes its store again, and every sale is there, once",
  async () => {
    const { place, storage, start } = ON.sqlite;
    await openShopIn(await storage());
    await start();
    const backup = join(folder, "backup");
    expect(await hq("backup", "--from", place(), "--out", backup)).toMatchObject({ status: 0 });

    expect((await server.ask("/hq/v1/stores", MUNICH)).status).toBe(201);
    const till = await RealTill.open(join(folder, "till-1"), server, MUNICH.code);
    tills.push(till);
    await till.sell(2);
    await till.settled();
    await server.end();
    expect(await hq("restore", backup, "--to", place(), "--replace")).toMatchObject({ status: 0 });
    await till.sell(1);
    await start();
    await till.until(({ trouble }) => trouble === "storeNotKnown");
    await till.sell(1);

    const listed = tillsAnswerSchema.parse(await (await server.ask("/hq/v1/tills")).json());
    expect(listed.tills).toEqual([]);
    const [knock] = listed.knocks;
    expect(knock).toMatchObject({ store: MUNICH.code, register: 1, state: "storeUnknown" });
    const again = await server.ask("/hq/v1/stores", { ...MUNICH, knocking: knock!.id });
    expect(again.status).toBe(201);
    await till.syncNow();
    await till.until(({ letInAt }) => letInAt !== undefined);
    await till.sell(1);
    await till.settled();
    expect((await booksAt(place())).tickets).toEqual(till.sold.toSorted());
    const { registers, numbers } = await registersAt(place());
    expect(registers).toEqual([1]);
    expect(numbers.toSorted()).toEqual([1, 2, 3, 4, 5].map((nth) => `${MUNICH.code}-01-00000${nth}`));
    const after = tillsAnswerSchema.parse(await (await server.ask("/hq/v1/tills")).json());
    expect(after.knocks).toEqual([]);
  },
  LONG_MS,
);

test(
  "a shop that moves from SQLite to PostgreSQL goes on there: its tills notice nothing, pull nothing anew, and nothing is booked twice",
  async () => {
    await openShopIn(await ON.sqlite.storage());
    await ON.sqlite.start();
    const [one, other] = await twoTills();
    await one.sell(5);
    await other.sell(5);
    await Promise.all(tills.map((till) => till.settled()));

    const early = await hq("move", "--from", sqlite(), "--to", url);
    expect(early).toMatchObject({ status: 1 });
    expect(early.err).toContain("A server runs on");
    await server.end();
    await one.sell(3);
    const moved = await hq("move", "--from", sqlite(), "--to", url, "--json");
    expect(moved).toMatchObject({ status: 0, err: "" });
    expect(JSON.parse(moved.out)).toMatchObject({
      ok: true,
      movedBefore: false,
      wrong: [],
      // The webhook's secret, the key that signs receipts, and one that is lent to each till.
      shop: { tills: 2, sealed: 4 },
    });
    expect(JSON.parse((await hq("move", "--from", sqlite(), "--to", url, "--json")).out)).toMatchObject({
      movedBefore: true,
    });

    const asked = tills.map((till) => till.asked.length);
    await ON.postgres.start();
    await expectAllRight(url);
    await other.sell(3);
    await expectAllRight(url);
    for (const [at, till] of tills.entries())
      expect(
        till.asked.slice(asked[at]).filter((path) => path.includes("snapshot") || path.includes("enrol")),
      ).toEqual([]);
    await server.end();

    // Nobody serves the old one by mistake.
    const mistaken = new RealServer();
    await expect(mistaken.start({ data: data(), databaseUrl: null })).rejects.toThrow(
      "The shop of this database was moved to postgres://",
    );

    // And back, into the file that was kept.
    const back = await hq("move", "--from", url, "--to", sqlite(), "--replace", "--json");
    expect(back).toMatchObject({ status: 0, err: "" });
    expect(existsSync(JSON.parse(back.out).kept)).toBe(true);
    await one.sell(1);
    await ON.sqlite.start();
    await expectAllRight(sqlite());
  },
  LONG_MS,
);
