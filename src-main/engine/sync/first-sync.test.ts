import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import type { SyncView } from "#protocol/till/status.ts";
import { FakeServer, NEVER, snapshotOf } from "../testing/fake-server.ts";
import { JOHANNA, MIRA, product } from "../testing/shop-fixture.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(() => {
  server = stockedServer(new FakeServer());
});
afterEach(() => till.close());

function productIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `article-${String(index).padStart(4, "0")}`);
}

async function productsOnTill(): Promise<readonly string[]> {
  return [...(await till.parts.replica.ids("products"))].sort();
}

/** What the screen said of the first sync, each word once. */
function progressOf(sync: SyncedTill["sync"]): SyncView["firstSync"][] {
  const said: SyncView["firstSync"][] = [];
  sync.watch(() => {
    const { firstSync } = sync.view();
    if (JSON.stringify(firstSync) !== JSON.stringify(said.at(-1) ?? "")) said.push(firstSync);
  });
  return said;
}

describe("a till's first sync", () => {
  test("brings settings and staff first, so that the till greets its people while goods still arrive", async () => {
    till = await SyncedTill.upToDate(server);
    const snapshots = server.asksOf("snapshot").map(({ name }) => name);
    expect(snapshots).toEqual([...REPLICA_COLLECTIONS]);
    expect(snapshots.slice(0, 2)).toEqual(["settings", "staff"]);
    expect(till.parts.replica.settings()?.name).toBe("Kreuzberg");
    expect(till.parts.replica.staff().map(({ id }) => id)).toEqual([MIRA.id, JOHANNA.id]);
  });

  test("says that not everybody who works here is read until all are, where they are more than come at a time", async () => {
    const crew = Array.from({ length: 450 }, (_, number) => idOf<"Staff">(`colleague-${number}`));
    server.books.put("staff", ...crew.map((id) => ({ ...MIRA, id })));
    till = await SyncedTill.unpaired(server);
    const { replica } = till.parts;
    const meanwhile: { readonly known: number; readonly isStaffRead: boolean }[] = [];
    replica.watch("staff", () =>
      meanwhile.push({ known: replica.staff().length, isStaffRead: replica.isStaffRead }),
    );
    await till.pair("ABCD-2345");
    await till.until(({ firstSync }) => firstSync === null);
    expect(meanwhile).toContainEqual({ known: 200, isStaffRead: false });
    expect(meanwhile.filter(({ known, isStaffRead }) => isStaffRead && known < 452)).toEqual([]);
    expect(replica.isStaffRead).toBe(true);
    await till.resting();
  });

  test("says how far it is: more with each piece, never a hundred before the end, and nothing any more once all is in", async () => {
    server.books.put("products", ...productIds(1_600).map((id) => product(id)));
    till = await SyncedTill.unpaired(server);
    const said = progressOf(till.sync);
    expect(till.view.firstSync).toBeNull();
    await till.pair("ABCD-2345");
    expect(till.view.firstSync).toEqual({ collection: "settings", percent: 0 });
    await till.until(({ firstSync }) => firstSync === null);
    await till.resting();
    const percents = said.flatMap((progress) => (progress === null ? [] : [progress.percent]));
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents[0]).toBe(0);
    expect(percents.at(-1)).toBe(99);
    const ofProducts = said.filter((progress) => progress?.collection === "products");
    expect(ofProducts.length).toBeGreaterThanOrEqual(4);
    expect(said.at(-1)).toBeNull();
    expect(said.filter((progress) => progress === null)).toHaveLength(1);
  });

  test("S41 goes on from the snapshot without a gap: what HQ changed meanwhile comes with the next pull", async () => {
    server.answerNext(
      "snapshot",
      (ask) => server.answer(ask),
      (ask) => server.answer(ask),
      () => {
        const lines = server.snapshotLines("products");
        server.books.put("products", product("mug", { title: "Renamed while it streamed" }), product("new"));
        return snapshotOf(lines);
      },
    );
    till = await SyncedTill.upToDate(server);
    expect(await till.parts.replica.get("products", "mug")).toMatchObject({
      title: "Renamed while it streamed",
    });
    expect(await productsOnTill()).toEqual(["mug", "new", "tee"]);
  });

  test.each<[string, (lines: readonly string[]) => readonly string[]]>([
    ["ends before its foot", (lines) => lines.slice(0, -1)],
    ["ends in the middle of a line", (lines) => [...lines.slice(0, 3), '{"id":"artic']],
    ["lacks a row that its head and foot count", (lines) => lines.filter((_, index) => index !== 2)],
    ["has nothing in it at all", () => []],
    ["has only its head", (lines) => lines.slice(0, 1)],
  ])("S42 counts a snapshot for nothing that %s, and begins that collection anew", async (_, cut) => {
    server.answerAlways("snapshot", (ask) =>
      ask.name === "products" ? snapshotOf(cut(server.snapshotLines("products"))) : server.answer(ask),
    );
    till = await SyncedTill.paired(server);
    await till.backingOff();
    expect(till.parts.replica.position("products")).toBeNull();
    expect(till.view.firstSync?.collection).toBe("products");
    server.answerAlways("snapshot", null);
    till.tryAgain();
    await till.until(({ firstSync }) => firstSync === null);
    expect(await productsOnTill()).toEqual(["mug", "tee"]);
    for (const collection of REPLICA_COLLECTIONS.filter((name) => name !== "products"))
      expect(server.asksOf("snapshot", collection), collection).toHaveLength(1);
    expect(till.defects).toEqual([]);
  });

  test("keeps nothing of a snapshot that broke off which the next one does not name any more", async () => {
    const articles = productIds(600);
    server.books.put("products", ...articles.map((id) => product(id)));
    server.answerAlways("snapshot", (ask) =>
      ask.name === "products"
        ? snapshotOf(server.snapshotLines("products").slice(0, 580))
        : server.answer(ask),
    );
    till = await SyncedTill.paired(server);
    await till.backingOff();
    expect((await productsOnTill()).length).toBeGreaterThan(500);
    server.answerAlways("snapshot", null);
    for (const id of articles.slice(0, 50)) server.books.putRaw("products", id, null);
    till.tryAgain();
    await till.until(({ firstSync }) => firstSync === null);
    expect(await productsOnTill()).toEqual([...articles.slice(50), "mug", "tee"]);
  });

  test("goes on after a kill where it stood: what was whole is not fetched again", async () => {
    server.answerAlways("snapshot", (ask) => (ask.name === "prices" ? NEVER(ask) : server.answer(ask)));
    till = await SyncedTill.paired(server);
    await server.asked("snapshot", 1, "prices");
    await till.stop();
    server.answerAlways("snapshot", null);
    await till.start();
    expect(till.view.firstSync).not.toBeNull();
    await till.until(({ firstSync }) => firstSync === null);
    for (const name of REPLICA_COLLECTIONS)
      expect(server.asksOf("snapshot", name), name).toHaveLength(name === "prices" ? 2 : 1);
  });

  test("is not held up by one document in a wrong shape: the other collections come, the defect is reported, and it goes on once HQ has put it right", async () => {
    server.books.putRaw("products", "mug", { id: "mug", title: 7 });
    till = await SyncedTill.paired(server);
    await till.backingOff();
    expect(till.parts.replica.position("products")).toBeNull();
    for (const collection of REPLICA_COLLECTIONS.filter((name) => name !== "products"))
      expect(till.parts.replica.position(collection)?.complete, collection).toBe(true);
    expect(till.defects.length).toBeGreaterThan(0);
    server.books.put("products", product("mug"));
    till.tryAgain();
    await till.until(({ firstSync }) => firstSync === null);
    expect(await productsOnTill()).toEqual(["mug", "tee"]);
  });
});
