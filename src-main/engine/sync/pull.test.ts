import { setImmediate as nextTask } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { type Answer, checkpointAt, FakeServer, NEVER, refusal } from "../testing/fake-server.ts";
import { MUG, price, product, stock, TEE_S } from "../testing/shop-fixture.ts";
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

/** How long a till rests that the server refuses something. */
const REFUSED_REST_MS = 5 * 60_000;
const MUG_PRICE = `retail:${MUG}`;

function onHand(): Promise<unknown> {
  return till.parts.replica.get("stock", MUG).then((level) => level?.onHand);
}

/** Resolves when the till has pulled a collection once more and everything rests again. */
async function pulled(collection: (typeof REPLICA_COLLECTIONS)[number], act: () => void): Promise<void> {
  const before = server.asksOf("replica", collection).length;
  act();
  await server.asked("replica", before + 1, collection);
  await till.resting();
}

describe("what HQ changes", () => {
  test("S50 S51 is pulled on a wake-up, and only the collections that it names", async () => {
    const before = server.asks.length;
    server.books.put("prices", price(MUG, 999));
    await pulled("prices", () => server.streams.wake("prices"));
    expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
    expect(server.asks.slice(before).map(({ call, name }) => [call, name])).toEqual([["replica", "prices"]]);
  });

  test("S51 comes in its turn although its wake-up was lost: each minute one collection is asked for", async () => {
    server.books.put("prices", price(MUG, 999));
    const before = server.asks.length;
    const replicaAsks = () => server.asksOf("replica").length;
    const first = replicaAsks();
    for (const [turn] of REPLICA_COLLECTIONS.entries()) {
      const asked = server.asked("replica", replicaAsks() + 1);
      for (let beat = 0; beat < 60_000 / HEARTBEAT_MS; beat += 1) {
        const heard = till.timers.until((rests) => rests.includes(HEARTBEAT_MS * 3));
        till.timers.pass(HEARTBEAT_MS);
        server.streams.beat();
        await heard;
        await nextTask();
      }
      await asked;
      await till.resting();
      expect(replicaAsks() - first).toBe(turn + 1);
    }
    expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
    const asked = server.asks.slice(before).filter(({ call }) => call === "replica");
    expect(asked.map(({ name }) => name).toSorted()).toEqual([...REPLICA_COLLECTIONS].toSorted());
  });

  test("S51 comes in its turn in a busy shop as well, where other wake-ups never let a minute be quiet", async () => {
    server.knowsPages = false;
    server.books.put("prices", price(MUG, 999));
    for (const _ of REPLICA_COLLECTIONS) {
      till.clock.pass(60_000);
      await pulled("stock", () => server.streams.wake("stock"));
    }
    expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
    till.clock.pass(45_000);
    server.streams.wake("stock");
    await till.timers.until((rests) => rests.includes(15_000));
  });

  test("S39 S51 what the server took in without a word, as nothing moved there, is asked for within a minute, so that it is not counted twice for long", async () => {
    const { replica, journal } = till.parts;
    await till.sell();
    await till.until(({ unsent }) => unsent === 0);
    await till.resting();
    expect(replica.appliedOf("stock")).not.toEqual(journal.acknowledged);
    till.clock.pass(60_000);
    const asked = server.asked("newer", server.asksOf("newer").length + 1);
    server.streams.wake("orders");
    await asked;
    await till.resting();
    expect(replica.appliedOf("stock")).toEqual(journal.acknowledged);
  });

  test("S51 comes within a minute where the till hears no wake-ups", async () => {
    server.answerAlways("changes", () => refusal(404, "notFound"));
    server.streams.cut();
    await till.until(({ link }) => link.state !== "online");
    server.books.put("prices", price(MUG, 999));
    await pulled("prices", () => till.timers.pass(60_000));
    expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
  });

  test("while a pull is under way is pulled again after it, not forgotten", async () => {
    server.answerNext("replica", (ask) => {
      const answer = server.answer(ask);
      server.books.put("prices", price(MUG, 999));
      server.streams.wake("prices");
      return answer;
    });
    const before = server.asksOf("replica", "prices").length;
    server.streams.wake("prices");
    await server.asked("replica", before + 2, "prices");
    await till.resting();
    expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
  });

  test("S32 comes page by page, each from where the one before ended, and the newest of each", async () => {
    server.pageSize = 3;
    const head = server.books.head;
    for (let index = 0; index < 8; index += 1) server.books.put("products", product(`new-${index}`));
    server.books.put("products", product("new-0", { title: "Newest" }));
    const before = server.asksOf("replica", "products").length;
    const start = till.parts.replica.position("products")?.checkpoint;
    server.streams.wake("products");
    await server.asked("replica", before + 3, "products");
    await till.resting();
    const asked = server.asksOf("replica", "products").slice(before);
    expect(asked.map(({ query }) => query.get("after"))).toEqual([
      start,
      checkpointAt(head + 4),
      checkpointAt(head + 7),
    ]);
    expect((await till.parts.replica.ids("products")).size).toBe(10);
    expect(await till.parts.replica.get("products", "new-0")).toMatchObject({ title: "Newest" });
  });

  test("S33 is gone from the till when HQ deletes it, and back when HQ brings it back", async () => {
    server.books.putRaw("products", "mug", null);
    await pulled("products", () => server.streams.wake("products"));
    expect(await till.parts.replica.get("products", "mug")).toBeNull();
    server.books.put("products", product("mug", { title: "Back again" }));
    await pulled("products", () => server.streams.wake("products"));
    expect(await till.parts.replica.get("products", "mug")).toMatchObject({ title: "Back again" });
  });

  test("that cannot be read wakes for everything: a pull too many harms nobody", async () => {
    server.knowsPages = false;
    const before = server.asksOf("replica").length;
    await pulled("notices", () => server.streams.send("event: wake\ndata: {not JSON\n\n"));
    expect(
      server
        .asksOf("replica")
        .slice(before)
        .map(({ name }) => name),
    ).toEqual([...REPLICA_COLLECTIONS]);
  });
});

describe("a checkpoint that the server has forgotten", () => {
  test("S34 begins that collection anew from a snapshot; what the till held stays until then, and its journal stays as it is", async () => {
    server.answerAlways("journal", NEVER);
    await till.sell();
    const unsent = till.parts.journal.unsent();
    server.books.putRaw("products", "tee", null);
    server.books.put("products", product("new"));
    const heldMeanwhile: unknown[] = [];
    server.answerNext("snapshot", async (ask) => {
      heldMeanwhile.push(await till.parts.replica.get("products", "tee"), till.view.firstSync?.collection);
      return server.answer(ask);
    });
    server.answerNext("replica", () => refusal(410, "checkpointExpired"));
    const before = server.asksOf("replica", "products").length;
    server.streams.wake("products");
    await server.asked("replica", before + 2, "products");
    await till.until(({ firstSync }) => firstSync === null);
    expect(heldMeanwhile).toEqual([product("tee"), "products"]);
    expect([...(await till.parts.replica.ids("products"))].sort()).toEqual(["mug", "new"]);
    expect(server.asksOf("snapshot", "products")).toHaveLength(2);
    expect(server.asksOf("snapshot", "prices")).toHaveLength(1);
    expect(till.parts.journal.unsent()).toEqual(unsent);
  });

  test("S34 of every collection at once is one snapshot each", async () => {
    server.knowsPages = false;
    server.answerNext(
      "replica",
      ...REPLICA_COLLECTIONS.flatMap((): Answer[] => [
        () => refusal(410, "checkpointExpired"),
        (ask) => server.answer(ask),
      ]),
    );
    await pulled("notices", () => server.streams.wake(...REPLICA_COLLECTIONS));
    for (const name of REPLICA_COLLECTIONS) expect(server.asksOf("snapshot", name), name).toHaveLength(2);
  });

  test("S38 or that it never wrote, as after a move to another database, begins the collection anew as well", async () => {
    server.answerNext("replica", () => refusal(400, "badRequest"));
    const before = server.asksOf("replica", "products").length;
    server.streams.wake("products");
    await server.asked("replica", before + 2, "products");
    await till.resting();
    expect(server.asksOf("snapshot", "products")).toHaveLength(2);
  });

  test("S34 although its snapshot was taken a moment ago is not asked about without a pause", async () => {
    server.answerAlways("replica", () => refusal(410, "checkpointExpired"));
    server.streams.wake("products");
    await till.timers.until((rests) => rests.includes(REFUSED_REST_MS));
    expect(server.asksOf("snapshot", "products")).toHaveLength(2);
  });
});

test("S32 a server that promises more without saying where is not asked again without a pause", async () => {
  server.answerAlways("replica", (ask) =>
    Response.json({
      documents: [],
      checkpoint: ask.query.get("after"),
      caughtUp: false,
      applied: { epoch: 1, seq: 1 },
      serverTime: server.clock.now(),
    }),
  );
  const before = server.asksOf("replica").length;
  server.streams.wake("products");
  await till.backingOff();
  expect(server.asksOf("replica").length).toBe(before + 1);
});

describe("the till's own sales and the replica", () => {
  test("S35 S36 a sale counts once on the screen at every moment: before it is sent, while it is sent, and when it comes back in the stock", async () => {
    expect(await onHand()).toBe(12);
    const shown: number[] = [];
    const look = async (): Promise<void> => {
      const pieces = till.parts.journal
        .pendingFor("stock")
        .flatMap(({ fact }) => (fact.type === "ticket.completed" ? fact.ticket.lines : []))
        .reduce((sum, line) => sum + line.quantity, 0);
      shown.push(Number(await onHand()) - pieces);
    };
    await till.sell({ pieces: 2 });
    await look();
    await server.asked("journal", 2);
    await till.resting();
    await look();
    await pulled("stock", () => server.streams.wake("stock"));
    await look();
    expect(shown).toEqual([10, 10, 10]);
    expect(await onHand()).toBe(10);
    expect(till.parts.journal.pendingFor("stock")).toEqual([]);
  });

  test("S36 an answer that does not end at the head lets go of no sale, whatever it says is applied", async () => {
    await till.sell({ pieces: 2 });
    await server.asked("journal", 2);
    await till.resting();
    server.pageSize = 1;
    server.books.put("stock", stock(TEE_S, 4));
    let pendingAfterFirstPage = -1;
    server.answerNext(
      "replica",
      (ask) => server.answer(ask),
      (ask) => {
        pendingAfterFirstPage = till.parts.journal.pendingFor("stock").length;
        return server.answer(ask);
      },
    );
    const before = server.asksOf("replica", "stock").length;
    server.streams.wake("stock");
    await server.asked("replica", before + 2, "stock");
    await till.resting();
    expect(pendingAfterFirstPage).toBe(1);
    expect(till.parts.journal.pendingFor("stock")).toEqual([]);
    expect(await onHand()).toBe(10);
  });

  test("what the server and every collection have is not kept in memory for the rest of the day", async () => {
    server.knowsPages = false;
    for (let sale = 0; sale < 3; sale += 1) await till.sell();
    await till.until(({ unsent }) => unsent === 0);
    await till.resting();
    await pulled("notices", () => server.streams.wake(...REPLICA_COLLECTIONS));
    const { replica, journal } = till.parts;
    await replica.write("stock", [], { checkpoint: "@0", applied: { epoch: 1, seq: 0 }, complete: true });
    expect(journal.pendingFor("stock")).toEqual([]);
  });

  test("S35 how far the replica contains the till's sales is still known after a restart", async () => {
    await till.sell({ pieces: 2 });
    await server.asked("journal", 2);
    await till.resting();
    await pulled("stock", () => server.streams.wake("stock"));
    await till.stop();
    server.goDown();
    await till.start();
    expect(till.parts.journal.pendingFor("stock")).toEqual([]);
    expect(till.parts.journal.pendingFor("customers")).toHaveLength(1);
  });
});
