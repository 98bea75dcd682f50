import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { PLAIN_VAULT } from "../identity.ts";
import { BASKET_DRAFT, MAIL_DRAFT, SEALED_DRAFTS } from "../personal-drafts.ts";
import { FakeServer } from "../testing/fake-server.ts";
import { MIRA } from "../testing/shop-fixture.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";
import { COUNTED_EVERY_MS } from "./lent-key.ts";

const DAY_MS = 86_400_000;
const NAME = "Zwiebelfisch-Quarkstrudel";
const EMAIL = "zwiebelfisch@quarkstrudel.example";
const ADA = { id: "ada", name: NAME, email: EMAIL, phone: "030 55512345", cardNumber: null };
const WITHOUT_NAME = { id: "ada", name: "", email: null, phone: null, cardNumber: null };
const DISK_FULL = Object.assign(new Error("the disk says no"), { code: "ERR_SQLITE_ERROR", errcode: 13 });

let server: FakeServer;
let till: SyncedTill;
beforeEach(() => {
  server = stockedServer(new FakeServer());
  server.books.put("customers", { ...ADA, id: idOf<"Customer">("ada") });
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const ada = () => till.parts.replica.get("customers", "ada");

/** Every file of the till's folder in which a text stands, as it is or in small letters. */
function filesWith(text: string): readonly string[] {
  return readdirSync(till.folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return bytes.includes(text) || bytes.includes(text.toLowerCase());
    });
}

/** Writes the till's files, which nobody has open, as a version before kept them. */
function keepAsBefore(): void {
  const replica = new DatabaseSync(join(till.folder, "replica-2.sqlite"));
  const rewrite = (table: string, id: string, data: object): void => {
    const row = replica.prepare(`SELECT data FROM "${table}" WHERE id = ?`).get(id);
    const kept = JSON.stringify({ ...JSON.parse(String(row?.data)), data });
    replica.prepare(`UPDATE "${table}" SET data = ? WHERE id = ?`).run(kept, id);
  };
  rewrite("replica/customers/0", "ada", ADA);
  rewrite("replica/staff/0", MIRA.id, MIRA);
  replica.exec(`DELETE FROM "replica/positions/0" WHERE id = 'sealedBy'`);
  replica.close();
  const journal = new DatabaseSync(join(till.folder, "journal.sqlite"));
  const row = journal.prepare(`SELECT data FROM "journal/drafts/0" WHERE id = ?`).get(`${MAIL_DRAFT}1`);
  const kept = JSON.stringify({ ...JSON.parse(String(row?.data)), value: JSON.stringify({ email: EMAIL }) });
  journal.prepare(`UPDATE "journal/drafts/0" SET data = ? WHERE id = ?`).run(kept, `${MAIL_DRAFT}1`);
  journal.exec(`DELETE FROM "journal/drafts/0" WHERE id = '${SEALED_DRAFTS}'`);
  journal.close();
  // It kept no keys of its own.
  rmSync(join(till.folder, "keys.json"));
}

/**
 * Brings the till's files, which nobody has open, to where a power cut left them after the last row was sealed: something of before still lies in
 * pages that are free, and nothing says yet that there is none.
 */
function cutPowerBeforeScrub(): void {
  const leave = (database: DatabaseSync, table: string, id: string, left: string): void => {
    const columns = database.prepare(`SELECT name FROM pragma_table_info(?)`).all(table);
    const names = columns.map(({ name }) => `"${String(name)}"`).join(", ");
    const values = columns.map(({ name }) =>
      name === "id" ? "'left'" : name === "data" ? "?" : `"${String(name)}"`,
    );
    database
      .prepare(`INSERT INTO "${table}" (${names}) SELECT ${values.join(", ")} FROM "${table}" WHERE id = ?`)
      .run(JSON.stringify({ left }), id);
    database.exec(`DELETE FROM "${table}" WHERE id = 'left'`);
  };
  const replica = new DatabaseSync(join(till.folder, "replica-2.sqlite"));
  leave(replica, "replica/customers/0", "ada", EMAIL);
  leave(replica, "replica/staff/0", MIRA.id, MIRA.pin.phc);
  replica.exec(`DELETE FROM "replica/positions/0" WHERE id = 'sealedBy'`);
  replica.close();
  const journal = new DatabaseSync(join(till.folder, "journal.sqlite"));
  leave(journal, "journal/drafts/0", `${MAIL_DRAFT}1`, NAME);
  journal.exec(`DELETE FROM "journal/drafts/0" WHERE id = '${SEALED_DRAFTS}'`);
  journal.close();
}

/** The till runs on without its server, as often as it counts. */
async function runsOn(times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await till.timers.until((rests) => rests.includes(COUNTED_EVERY_MS));
    till.timers.pass(COUNTED_EVERY_MS);
    await till.timers.until((rests) => rests.includes(COUNTED_EVERY_MS));
  }
}

async function away(): Promise<void> {
  server.goDown();
  till.tryAgain();
  await till.until(({ link }) => link.state === "offline");
}

async function back(): Promise<void> {
  server.comeBack();
  await till.tryingAgain(till.until((view) => view.link.state === "online" && !view.customersNeedConnection));
}

describe("what lies on the disk of a till", () => {
  test("no name, no address, no verifier stands in any file, with the log and all, while the till runs or after it", async () => {
    till = await SyncedTill.upToDate(server);
    await till.parts.drafts.put(`${MAIL_DRAFT}1`, { email: EMAIL });
    await till.parts.drafts.put(`${BASKET_DRAFT}1`, { contact: { name: NAME, email: EMAIL } });
    await till.sell();
    expect(await ada()).toEqual(ADA);
    expect(till.parts.replica.staff().map(({ pin }) => pin.phc)).toContain(MIRA.pin.phc);
    const secrets = [NAME, EMAIL, ADA.phone, MIRA.pin.phc];
    for (const secret of secrets) expect(filesWith(secret), secret).toEqual([]);
    // They would be found if they were there.
    expect(filesWith(MIRA.name)).not.toEqual([]);
    await till.restart();
    expect(await ada()).toEqual(ADA);
    expect(await till.parts.drafts.get(`${MAIL_DRAFT}1`)).toEqual({ email: EMAIL });
    expect(await till.parts.drafts.get(`${BASKET_DRAFT}1`)).toMatchObject({ contact: { name: NAME } });
    for (const secret of secrets) expect(filesWith(secret), secret).toEqual([]);
  });

  test("what a version before kept as it was is sealed at the first start and the first contact, and is in no file any more", async () => {
    till = await SyncedTill.upToDate(server);
    await till.parts.drafts.put(`${MAIL_DRAFT}1`, { email: EMAIL });
    server.goDown();
    await till.stop();
    keepAsBefore();
    expect(filesWith(MIRA.pin.phc)).not.toEqual([]);
    expect(filesWith(EMAIL)).not.toEqual([]);
    await till.start();
    expect(till.parts.replica.staff()).toContainEqual(MIRA);
    expect(filesWith(MIRA.pin.phc)).toEqual([]);
    expect(await ada()).toEqual(ADA);
    expect(await till.parts.drafts.get(`${MAIL_DRAFT}1`)).toEqual({ email: EMAIL });
    server.comeBack();
    await till.tryingAgain(till.until(({ link }) => link.state === "online"));
    await till.resting();
    expect(await ada()).toEqual(ADA);
    for (const secret of [NAME, EMAIL, MIRA.pin.phc]) expect(filesWith(secret), secret).toEqual([]);
  });

  test("a power cut between the sealing and the last of what was there before leaves nothing for ever", async () => {
    till = await SyncedTill.upToDate(server);
    await till.parts.drafts.put(`${MAIL_DRAFT}1`, { email: EMAIL });
    server.goDown();
    await till.stop();
    cutPowerBeforeScrub();
    for (const secret of [NAME, EMAIL, MIRA.pin.phc]) expect(filesWith(secret), secret).not.toEqual([]);
    await till.start();
    server.comeBack();
    await till.tryingAgain(till.until(({ link }) => link.state === "online"));
    await till.resting();
    expect(await ada()).toEqual(ADA);
    expect(till.parts.replica.staff()).toContainEqual(MIRA);
    expect(await till.parts.drafts.get(`${MAIL_DRAFT}1`)).toEqual({ email: EMAIL });
    for (const secret of [NAME, EMAIL, MIRA.pin.phc]) expect(filesWith(secret), secret).toEqual([]);
  });
});

describe("S170 what is known of customers", () => {
  test("is readable for fourteen days without the server, then no more, and again as soon as the server is back, without taking it anew", async () => {
    till = await SyncedTill.upToDate(server);
    await away();
    const told: unknown[] = [];
    till.parts.replica.watch("customers", (changes) => told.push(...changes.map(({ data }) => data)));
    till.clock.pass(14 * DAY_MS);
    await runsOn();
    expect(await ada()).toEqual(ADA);
    expect(till.view.customersNeedConnection).toBe(false);
    till.clock.pass(COUNTED_EVERY_MS);
    await runsOn();
    await till.until((view) => view.customersNeedConnection);
    expect(await ada()).toEqual(WITHOUT_NAME);
    expect(told).toEqual([WITHOUT_NAME]);
    expect(readFileSync(join(till.folder, "keys.json"), "utf8")).toContain('"lent":null');
    // Everything else goes on.
    await till.sell();
    const snapshots = server.asksOf("snapshot", "customers").length;
    await back();
    expect(await ada()).toEqual(ADA);
    expect(told.at(-1)).toEqual(ADA);
    await till.resting();
    expect(server.asksOf("snapshot", "customers")).toHaveLength(snapshots);
    expect(server.asksOf("personal-key")).toHaveLength(2);
  });

  test("is not readable either after a start that comes too late, before the server is heard", async () => {
    till = await SyncedTill.upToDate(server);
    server.goDown();
    await till.stop();
    till.clock.pass(15 * DAY_MS);
    await till.start();
    expect(till.view.customersNeedConnection).toBe(true);
    expect(await ada()).toEqual(WITHOUT_NAME);
    expect(till.parts.replica.staff()).toContainEqual(MIRA);
    await back();
    expect(await ada()).toEqual(ADA);
  });

  test("is not readable after a start that finds the disk full either: the till starts and sells, and the key leaves the disk once there is room", async () => {
    till = await SyncedTill.upToDate(server);
    server.goDown();
    await till.stop();
    till.clock.pass(15 * DAY_MS);
    let isFull = true;
    till.vault = {
      ...PLAIN_VAULT,
      seal(text) {
        if (isFull) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        return text;
      },
    };
    await till.start();
    expect(till.view.customersNeedConnection).toBe(true);
    expect(await ada()).toEqual(WITHOUT_NAME);
    await till.sell();
    const keys = () => readFileSync(join(till.folder, "keys.json"), "utf8");
    expect(keys()).not.toContain('"lent":null');
    await runsOn();
    expect(till.view.trouble).toBe("diskFull");
    isFull = false;
    await runsOn();
    expect(keys()).toContain('"lent":null');
    await back();
    expect(await ada()).toEqual(ADA);
  });

  test("a clock that is set back does not make it readable for longer, over restarts as well", async () => {
    till = await SyncedTill.upToDate(server);
    await away();
    till.clock.pass(13.9 * DAY_MS);
    await runsOn();
    till.clock.pass(-30 * DAY_MS);
    await till.restart();
    await runsOn(2);
    expect(till.view.customersNeedConnection).toBe(false);
    till.clock.pass(0.1 * DAY_MS);
    await runsOn();
    await till.until((view) => view.customersNeedConnection);
    till.clock.pass(-60 * DAY_MS);
    await till.restart();
    expect(till.view.customersNeedConnection).toBe(true);
    expect(await ada()).toEqual(WITHOUT_NAME);
  });

  test("each word of the server makes it readable for another fourteen days", async () => {
    till = await SyncedTill.upToDate(server);
    for (let week = 0; week < 3; week += 1) {
      await away();
      till.clock.pass(7 * DAY_MS);
      await runsOn();
      await back();
      await till.resting();
    }
    expect(await ada()).toEqual(ADA);
    expect(server.asksOf("personal-key")).toHaveLength(1);
  });
});

/** Away for so long that the key has lapsed; its server lends another one from now on. */
async function withoutKeyWhileAnotherIsLent(): Promise<void> {
  till = await SyncedTill.upToDate(server);
  server.goDown();
  await till.stop();
  till.clock.pass(15 * DAY_MS);
  server.personalKey = new Uint8Array(32).fill(6);
  await till.start();
}

describe("S171 a till without the key", () => {
  test("takes customers anew where the server lends another than before", async () => {
    await withoutKeyWhileAnotherIsLent();
    expect(await ada()).toEqual(WITHOUT_NAME);
    server.comeBack();
    await till.tryingAgain(till.until((view) => view.link.state === "online" && view.firstSync === null));
    await till.resting();
    expect(await ada()).toEqual(ADA);
    for (const secret of [NAME, EMAIL]) expect(filesWith(secret), secret).toEqual([]);
  });

  test("whose disk was full as it took over the key that it was lent takes customers anew once there is room", async () => {
    await withoutKeyWhileAnotherIsLent();
    const { replica } = till.parts;
    const changed = replica.lentKeyChanged.bind(replica);
    let isFull = true;
    replica.lentKeyChanged = () => (isFull ? Promise.reject(DISK_FULL) : changed());
    server.comeBack();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "diskFull"));
    expect(await ada()).toEqual(WITHOUT_NAME);
    isFull = false;
    await till.tryingAgain(till.until(({ trouble }) => trouble === null));
    await till.resting();
    expect(await ada()).toEqual(ADA);
  });

  test("makes one of its own where its server has no such call, and it lapses all the same", async () => {
    server.personalKey = null;
    till = await SyncedTill.upToDate(server);
    expect(await ada()).toEqual(ADA);
    expect(filesWith(NAME)).toEqual([]);
    server.goDown();
    await till.stop();
    till.clock.pass(15 * DAY_MS);
    await till.start();
    expect(await ada()).toEqual(WITHOUT_NAME);
    server.comeBack();
    await till.tryingAgain(till.until((view) => view.link.state === "online" && view.firstSync === null));
    await till.resting();
    expect(await ada()).toEqual(ADA);
  });

  test("a till that HQ revokes has it no more", async () => {
    till = await SyncedTill.upToDate(server);
    server.refusing = { status: 403, reason: "deviceRevoked" };
    server.streams.wake("customers");
    await till.until(({ trouble }) => trouble === "deviceRevoked");
    await till.timers.until((rests) => rests.some((ms) => ms === 5 * 60_000));
    expect(till.parts.keys.lent).toBeNull();
  });
});

test("a replica whose keys are lost is taken anew, and of drafts that do not open it is known that they are there", async () => {
  till = await SyncedTill.upToDate(server);
  await till.parts.drafts.put(`${BASKET_DRAFT}1`, { contact: { name: NAME, email: EMAIL } });
  await till.stop();
  rmSync(join(till.folder, "keys.json"));
  await till.start();
  expect(till.parts.replica.settings()).toBeNull();
  // It may hold money: whoever reads it is to say that it is there.
  expect(await till.parts.drafts.list(BASKET_DRAFT)).toEqual([{ id: `${BASKET_DRAFT}1`, value: undefined }]);
  await till.until(({ firstSync }) => firstSync === null);
  await till.resting();
  expect(await ada()).toEqual(ADA);
});
