import { afterEach, beforeEach, expect, test } from "vitest";
import { USUAL_ROLES } from "#domain/staff/role.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { openReplicaDatabase } from "../database.ts";
import { DiskReplica } from "../replica/replica.ts";
import { FakeServer } from "../testing/fake-server.ts";
import { SETTINGS } from "../testing/shop-fixture.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

/** A server of the next version: it tells of more than this till knows. */
class LaterServer extends FakeServer {
  override answer(...asked: Parameters<FakeServer["answer"]>): Response {
    const answer = super.answer(...asked);
    answer.headers.set(PROTOCOL_HEADER, String(PROTOCOL_VERSION + 1));
    return answer;
  }
}

let server: FakeServer;
let till: SyncedTill;
beforeEach(() => {
  server = new LaterServer();
  stockedServer(server);
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

/** Resolves when the till has pulled a collection once more and everything rests again. */
async function pulled(collection: ReplicaCollection): Promise<void> {
  const before = server.asksOf("replica", collection).length;
  server.streams.wake(collection);
  await server.asked("replica", before + 1, collection);
  await till.resting();
}

test("S151 what a later server tells is read as far as it is known, at a first sync and after it", async () => {
  server.books.putRaw("settings", SETTINGS.store, { ...SETTINGS, id: SETTINGS.store, loungeMusic: "jazz" });
  till = await SyncedTill.upToDate(server);
  expect(till.parts.replica.settings()).toEqual({ ...SETTINGS, id: SETTINGS.store });
  server.books.putRaw("settings", SETTINGS.store, {
    ...SETTINGS,
    id: SETTINGS.store,
    name: "Kreuzkölln",
    loungeMusic: "none",
  });
  await pulled("settings");
  expect(till.parts.replica.settings()).toEqual({ ...SETTINGS, id: SETTINGS.store, name: "Kreuzkölln" });
});

test("S151 half a promotion is never granted, and rules that cannot be read leave the ones before", async () => {
  till = await SyncedTill.upToDate(server);
  const before = till.parts.replica.settings();
  server.books.putRaw("promotions", "lottery", {
    id: "lottery",
    name: "Lottery",
    effect: { kind: "lottery" },
  });
  await pulled("promotions");
  server.books.putRaw("settings", SETTINGS.store, { ...SETTINGS, id: SETTINGS.store, tax: { mode: "joy" } });
  await pulled("settings");
  expect(till.view.link.state).toBe("online");
  expect(till.parts.replica.settings()).toEqual(before);
  expect(await till.parts.replica.get("promotions", "lottery")).toBeNull();
});

test("S151 a colleague whom a later server dismisses is locked out, in whatever words it tells the rest", async () => {
  till = await SyncedTill.upToDate(server);
  const [member] = till.parts.replica.staff();
  if (member === undefined) throw new Error("nobody works here");
  const active = () => till.parts.replica.staff().some(({ id, active }) => id === member.id && active);
  const anew = { ...member, pin: { kind: "argon3", phc: "of a kind that nobody here knows" } };
  server.books.putRaw("staff", member.id, anew);
  await pulled("staff");
  expect(active()).toBe(true);
  server.books.putRaw("staff", member.id, { ...anew, active: false });
  await pulled("staff");
  expect(active()).toBe(false);
});

test("S151 a role with a permission that this till does not know loses what HQ took from it all the same", async () => {
  till = await SyncedTill.upToDate(server);
  const [cashier, manager] = USUAL_ROLES;
  server.books.putRaw("settings", SETTINGS.store, {
    ...SETTINGS,
    id: SETTINGS.store,
    roles: [{ ...cashier, permissions: ["sell", "drones.launch"] }, manager],
  });
  await pulled("settings");
  expect(till.parts.replica.settings()?.roles?.[0]?.permissions).toEqual(["sell"]);
});

test("S152 once the till is of the later version itself it takes anew what it could not read, and only that", async () => {
  till = await SyncedTill.upToDate(server);
  server.books.putRaw("promotions", "lottery", { id: "lottery", effect: { kind: "lottery" } });
  await pulled("promotions");
  const { keys } = till.parts;
  await till.stop();
  const complete = async (version: number) => {
    const database = await openReplicaDatabase(till.folder);
    const opened = await DiskReplica.open(database, keys, { version });
    await database.close();
    return REPLICA_COLLECTIONS.filter((name) => opened.position(name)?.complete !== true);
  };
  expect(await complete(PROTOCOL_VERSION)).toEqual([]);
  expect(await complete(PROTOCOL_VERSION + 1)).toEqual(["promotions"]);
});

test("S150 what was sold at a till that is behind arrives", async () => {
  till = await SyncedTill.upToDate(server);
  await till.sell();
  await till.until(({ unsent }) => unsent === 0);
  expect(server.asksOf("journal")).not.toEqual([]);
});
