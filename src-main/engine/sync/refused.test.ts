import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { FakeServer } from "../testing/fake-server.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  till = await SyncedTill.upToDate(server);
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

/** How long a till rests that the server refuses as such. */
const REFUSED_REST_MS = 5 * 60_000;

async function documentsOnTill(): Promise<number> {
  const { replica } = till.parts;
  const ids = await Promise.all(REPLICA_COLLECTIONS.map((collection) => replica.ids(collection)));
  return ids.reduce((sum, each) => sum + each.size, 0);
}

describe("a till that HQ has revoked", () => {
  beforeEach(async () => {
    await till.sell();
    await till.until(({ unsent }) => unsent === 0);
    await till.resting();
    server.refusing = { status: 403, reason: "deviceRevoked" };
    server.streams.end();
  });

  async function wiped(): Promise<void> {
    till.timers.pass(60_000);
    await till.until(({ firstSync }) => firstSync !== null);
  }

  test("S5 S53 wipes what it knows of the store, and keeps every sale that was not sent", async () => {
    const unsent = await till.sell();
    await wiped();
    expect(await documentsOnTill()).toBe(0);
    expect(till.parts.replica.settings()).toBeNull();
    expect(till.parts.replica.staff()).toEqual([]);
    expect(till.parts.journal.unsent()).toEqual([unsent]);
    expect(till.view).toMatchObject({ trouble: "deviceRevoked", link: { state: "offline" }, unsent: 1 });
  });

  test("S5 forgets the addresses of mails and invoices that lie beside the journal", async () => {
    const { drafts } = till.parts;
    for (const id of ["receiptMail:1", "invoices:1", "basket:1"]) await drafts.put(id, { of: "Anna" });
    await wiped();
    expect([await drafts.list("receiptMail:"), await drafts.list("invoices:")]).toEqual([[], []]);
    expect(await drafts.get("basket:1")).toEqual({ of: "Anna" });
  });

  test("S5 stays wiped over a restart, with its sales", async () => {
    const unsent = await till.sell();
    await wiped();
    await till.restart();
    expect(await documentsOnTill()).toBe(0);
    expect(till.parts.journal.unsent()).toEqual([unsent]);
    expect(till.parts.identity.identity()).not.toBeNull();
  });

  test("S5 has nothing of it left in the file's documents, deleted ones included", async () => {
    await wiped();
    const replica = till.parts.stored.replica();
    const kept = await replica.customers.getChangedDocumentsSince!(100, undefined);
    const products = await replica.products.getChangedDocumentsSince!(100, undefined);
    expect([...kept.documents, ...products.documents]).toEqual([]);
  });

  test("is left in peace: it asks again after minutes, not at once", async () => {
    await wiped();
    await till.timers.until((rests) => rests.filter((ms) => ms === REFUSED_REST_MS).length === 2);
    const asked = server.asks.length;
    till.timers.pass(REFUSED_REST_MS - 60_000 - 1);
    expect(server.asks.length - asked).toBeLessThanOrEqual(1);
  });

  test("S5 takes everything anew and sends what it kept when HQ lets it in again", async () => {
    const unsent = await till.sell();
    await wiped();
    server.refusing = null;
    till.timers.pass(REFUSED_REST_MS);
    await till.until(
      ({ firstSync, unsent: count, trouble }) => firstSync === null && count === 0 && trouble === null,
    );
    expect(server.books.entries.at(-1)?.id).toBe(unsent.id);
    expect(till.parts.replica.settings()?.name).toBe("Kreuzberg");
  });

  test("S5 that was cut off in the middle of its wiping ends it when it is started again", async () => {
    const { replica } = till.parts;
    await replica.write("customers", []);
    for (const id of await replica.ids("products")) await replica.write("products", [{ id, deleted: true }]);
    await till.restart();
    await till.until(({ firstSync }) => firstSync !== null);
    expect(await documentsOnTill()).toBe(0);
  });
});

describe("a till that the server refuses otherwise", () => {
  async function pulledOnce(): Promise<void> {
    till.timers.pass(60_000);
    await till.timers.until((rests) => rests.filter((ms) => ms === REFUSED_REST_MS).length >= 2);
  }

  test("S5 because it does not know it (any more) keeps everything it has, and counts as offline", async () => {
    server.refusing = { status: 401, reason: "unauthorised" };
    const unsent = await till.sell();
    await till.until(({ link }) => link.state === "offline");
    await pulledOnce();
    expect(await documentsOnTill()).toBeGreaterThan(0);
    expect(till.parts.journal.unsent()).toEqual([unsent]);
    expect(till.view.trouble).toBeNull();
  });

  test("S6 because it speaks another protocol says so, keeps everything, and goes on once the server understands it", async () => {
    server.refusing = { status: 426, reason: "protocolTooOld" };
    await till.sell();
    await till.until(({ trouble }) => trouble === "protocolTooOld");
    await pulledOnce();
    expect(till.view.link.state).toBe("offline");
    expect(await documentsOnTill()).toBeGreaterThan(0);
    server.refusing = null;
    await till.sell();
    await till.until(
      ({ trouble, unsent, link }) => trouble === null && unsent === 0 && link.state === "online",
    );
  });

  test("because too many ask waits for minutes and then sends", async () => {
    await till.resting();
    server.refusing = { status: 429, reason: "tooManyRequests" };
    await till.sell();
    await till.timers.until((rests) => rests.includes(REFUSED_REST_MS));
    expect(till.view).toMatchObject({ trouble: null, unsent: 1 });
    server.refusing = null;
    till.timers.pass(REFUSED_REST_MS);
    await till.until(({ unsent }) => unsent === 0);
  });
});
