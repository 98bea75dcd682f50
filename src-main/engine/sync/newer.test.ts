import { setImmediate as nextTask } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { newerRequestSchema } from "#protocol/sync/newer.ts";
import { checkpointAt, FakeServer, refusal } from "../testing/fake-server.ts";
import { MUG, price, product, stock } from "../testing/shop-fixture.ts";
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

const MUG_PRICE = `retail:${MUG}`;

async function cutOff(): Promise<void> {
  server.goDown();
  await till.until(({ link }) => link.state === "offline");
}

/** The till is connected again and rests; answers what it asked for meanwhile. */
async function backAgain(): Promise<{ readonly newer: number; readonly pulled: readonly string[] }> {
  const before = server.asks.length;
  const streams = server.asksOf("changes").length;
  server.comeBack();
  await till.tryingAgain(server.asked("changes", streams + 1));
  await till.until(({ link }) => link.state === "online");
  await till.resting();
  const asked = server.asks.slice(before);
  return {
    newer: asked.filter(({ call }) => call === "newer").length,
    pulled: asked.filter(({ call }) => call === "replica" || call === "snapshot").map(({ name }) => name),
  };
}

async function expectInStep(): Promise<void> {
  for (const collection of REPLICA_COLLECTIONS) {
    const there = server.books.rowsAfter(collection, 0).filter(({ deleted }) => !deleted);
    for (const row of there)
      expect(await till.parts.replica.get(collection, row.id)).toEqual(row.deleted ? null : row.data);
    expect((await till.parts.replica.ids(collection)).size).toBe(there.length);
  }
}

describe("a till that was cut off", () => {
  test("S51 S54 pulls what is newer, and only that", async () => {
    await cutOff();
    server.books.put("prices", price(MUG, 999));
    const { pulled } = await backAgain();
    expect(pulled).toEqual(["prices"]);
    expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
  });

  test("S54 asks for all that it holds, by what it has read of each, and nothing else where nothing is newer", async () => {
    const read = Object.fromEntries(
      REPLICA_COLLECTIONS.map((each) => [each, till.parts.replica.position(each)?.checkpoint]),
    );
    await cutOff();
    const { newer, pulled } = await backAgain();
    expect(pulled).toEqual([]);
    expect(newer).toBe(1);
    expect(newerRequestSchema.parse(server.asksOf("newer")[0]?.body)).toEqual({ checkpoints: read });
  });

  test("S54 goes on from where the answer says, so that no checkpoint grows old in a quiet collection", async () => {
    await cutOff();
    server.books.put("prices", price(MUG, 999));
    await backAgain();
    for (const collection of REPLICA_COLLECTIONS)
      expect(till.parts.replica.position(collection)?.checkpoint).toBe(checkpointAt(server.books.head));
    await till.restart();
    for (const collection of REPLICA_COLLECTIONS)
      expect(till.parts.replica.position(collection)?.checkpoint).toBe(checkpointAt(server.books.head));
  });

  test("S35 S54 hears by it that its sales are booked, in every collection", async () => {
    await cutOff();
    const { seq } = await till.sell();
    await backAgain();
    await till.until(({ unsent }) => unsent === 0);
    await till.resting();
    till.sync.syncNow();
    await till.resting();
    expect(till.parts.replica.appliedEverywhere()).toMatchObject({ seq });
    await expectInStep();
  });

  test("S54 pulls everything from a server of before there was the question", async () => {
    server.knowsPages = false;
    server.knowsNewer = false;
    await cutOff();
    server.books.put("prices", price(MUG, 999));
    const { pulled } = await backAgain();
    expect(new Set(pulled)).toEqual(new Set(REPLICA_COLLECTIONS));
    await expectInStep();
  });

  test("S54 takes a collection anew where the server knows its checkpoint no more", async () => {
    await cutOff();
    server.answerNext("newer", () =>
      Response.json({ upToDate: {}, applied: server.books.applied, serverTime: server.clock.now() }),
    );
    server.answerNext("replica", () => refusal(410, "checkpointExpired"));
    const snapshots = server.asksOf("snapshot").length;
    await backAgain();
    expect(server.asksOf("snapshot").length).toBe(snapshots + 1);
    await expectInStep();
  });

  test("asks again where the answer to it was lost", async () => {
    await cutOff();
    server.books.put("prices", price(MUG, 999));
    server.answerNext("newer", () => {
      throw new TypeError("reset");
    });
    const pulled = server.asked("replica", server.asksOf("replica", "prices").length + 1, "prices");
    server.comeBack();
    await till.tryingAgain(pulled);
    await till.resting();
    expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
  });

  test("is wiped where the answer to it is that it was revoked", async () => {
    await cutOff();
    server.answerAlways("newer", () => refusal(403, "deviceRevoked"));
    server.comeBack();
    await till.tryingAgain(till.until(({ trouble }) => trouble === "deviceRevoked"));
    await expect.poll(() => till.parts.replica.complete).toBe(false);
  });
});

test("S54 a till that starts asks once, as it hears wake-ups", async () => {
  const before = server.asks.length;
  server.books.put("prices", price(MUG, 999));
  await till.restart();
  await till.until(({ link }) => link.state === "online");
  await till.resting();
  const asked = server.asks.slice(before).map(({ call, name }) => `${call} ${name}`.trim());
  expect(asked.toSorted()).toEqual(["changes", "newer", "replica prices"]);
});

test("S54 a till that starts asks at once where it is told that there are no wake-ups", async () => {
  await till.stop();
  server.answerAlways("changes", () => refusal(404, "notFound"));
  server.books.put("prices", price(MUG, 999));
  await till.start();
  await server.asked("replica", server.asksOf("replica", "prices").length + 1, "prices");
  await till.until(({ link }) => link.state === "online");
  // Something in between that lets no stream through is not asked again and again.
  const asked = server.asks.length;
  for (let turn = 0; turn < 20; turn += 1) await nextTask();
  expect(server.asks.length).toBeLessThan(asked + 5);
});

test("S54 while it hears no wake-ups it asks so each minute, and pulls what is newer", async () => {
  server.answerAlways("changes", () => refusal(404, "notFound"));
  server.streams.cut();
  await till.until(({ link }) => link.state !== "online");
  server.books.put("prices", price(MUG, 999));
  const before = server.asksOf("replica").length;
  const asked = server.asked("replica", server.asksOf("replica", "prices").length + 1, "prices");
  till.timers.pass(60_000);
  await asked;
  await till.resting();
  expect(server.asksOf("replica").length).toBe(before + 1);
  expect(await till.parts.replica.get("prices", MUG_PRICE)).toMatchObject({ amount: { minor: 999 } });
});

test("S54 whatever changes, is woken for or not, while lines are cut or stand, the till is in step once it is connected", async () => {
  const putting = {
    prices: (round) => server.books.put("prices", price(MUG, 100 + round)),
    products: (round) =>
      server.books.put("products", product(`more-${round % 3}`, { title: `round ${round}` })),
    stock: (round) => server.books.put("stock", stock(MUG, round)),
    gone: (round) => server.books.putRaw("products", `more-${round % 3}`, null),
  } satisfies Record<string, (round: number) => void>;
  type Put = keyof typeof putting;
  const act = fc.oneof(
    fc.record({ put: fc.constantFrom(...(Object.keys(putting) as Put[])), isTold: fc.boolean() }),
    fc.constantFrom("cut" as const, "back" as const, "sell" as const),
  );
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
      let isDown = false;
      for (const each of acts) {
        round += 1;
        if (each === "sell") await till.sell();
        else if (each === "cut" && !isDown) {
          await cutOff();
          isDown = true;
        } else if (each === "back" && isDown) {
          await backAgain();
          isDown = false;
        } else if (typeof each === "object") {
          putting[each.put](round);
          const collection: ReplicaCollection = each.put === "gone" ? "products" : each.put;
          if (each.isTold && !isDown) server.streams.wake(collection);
        }
      }
      if (!isDown) await cutOff();
      await backAgain();
      await till.until(({ unsent }) => unsent === 0);
      await till.resting();
      // What the till itself sold woke nobody here: the made-up server tells only what it is told to tell.
      till.sync.syncNow();
      await till.resting();
      await expectInStep();
    }),
    { numRuns: 25 },
  );
});
