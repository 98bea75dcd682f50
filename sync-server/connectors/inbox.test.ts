import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { connectShop, seenOrder, testDriver, webhook } from "../testing/connectors.ts";
import { handedOver, OrderBench, partOf, picked, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, EUR, TEA } from "../testing/shop.ts";
import { createInbox, type InboxParts, type Receipt } from "./inbox.ts";
import type { Connector } from "./port.ts";

const DAY_MS = 86_400_000;
const LINE = idOf<"Line">("1");
const NAME = { channel: "web", externalId: "1042" };

let server: ServerForTests;
let bench: OrderBench;
let shop: Connector;
let sent: number;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 5);
  shop = await connectShop(server.storage);
  sent = 0;
});
afterEach(() => server.close());

/** Sends a message under a delivery id of its own. */
function send(body: unknown, delivery = `d-${++sent}`): Promise<Receipt> {
  return server.deps.inbox.receive(shop.id, webhook(body, shop, { delivery }));
}

async function order(): Promise<Order> {
  const found = await server.deps.orders.find(NAME);
  if (found === null) throw new Error("the order is not here");
  return found;
}

const isHere = async () => (await server.deps.orders.find(NAME)) !== null;

async function message(delivery: string) {
  const found = await server.storage.read((tx) => tx.message({ connector: shop.id, delivery }));
  if (found === null) throw new Error("the message is not kept");
  return found;
}

const refund = (id = "r-1", pieces = 1) => ({
  kind: "refund",
  externalId: "1042",
  refund: { id, amount: money(350, EUR), lines: [{ line: LINE, quantity: pieces }] },
});
const fewer = { stillWanted: [{ line: LINE, quantity: 1 }], refunded: money(350, EUR) };
const cancelled = { cancelled: { reason: "Changed my mind" } };

describe("a message", () => {
  test("that is genuine places its order, once", async () => {
    expect(await send(seenOrder({ updatedAt: 1 }), "d")).toBe("taken");
    expect(await send(seenOrder({ updatedAt: 2, ...fewer }), "d")).toBe("duplicate");
    expect(await order()).toMatchObject({ number: "T-1042", channel: "web", givenUp: [] });
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 2 });
    expect(await message("d")).toMatchObject({ state: "taken", externalId: "1042", tries: 1 });
  });

  test("that is forged or no message at all is counted or refused, and leaves nothing", async () => {
    const { body, headers } = webhook(seenOrder({ updatedAt: 1 }), shop, { delivery: "d" });
    const other = webhook(seenOrder({ updatedAt: 2 }), shop, { delivery: "d" });
    const receive = server.deps.inbox.receive;
    const webhooks = {
      ...testDriver.webhooks,
      open: () => {
        throw new RangeError("input buffers must have the same byte length");
      },
    };
    const drivers = { shopify: { ...testDriver, webhooks } };
    const stumbling = createInbox({ ...server.deps, drivers, chance: () => 0 });
    expect(await receive(shop.id, { headers, body: other.body })).toBe("forged");
    expect(await receive(shop.id, { headers: {}, body })).toBe("forged");
    expect(await receive(shop.id, webhook("{", shop, { delivery: "d" }))).toBe("malformed");
    expect(await receive("nobody", { headers, body })).toBe("noSuchConnector");
    expect(await stumbling.receive(shop.id, { headers, body })).toBe("forged");
    expect(server.deps.inbox.forged(shop.id)).toBe(2);
    expect(await isHere()).toBe(false);
    const ask = { connector: null, state: null, before: null, limit: 9 };
    expect(await server.storage.read((tx) => tx.messages(ask))).toEqual([]);
  });

  test("that is nothing to us is kept as ignored", async () => {
    expect(await send({ kind: "nothing", why: "A test message." }, "d")).toBe("ignored");
    expect((await message("d")).reason).toBe("A test message.");
  });

  test("that cannot be read, or not become an order, is dead with the reason, and can be replayed once that is mended", async () => {
    expect(await send({ problem: "Location 12 stands for no store." }, "d-unread")).toBe("dead");
    expect((await message("d-unread")).reason).toBe("Location 12 stands for no store.");
    const nameless = seenOrder({ updatedAt: 1 });
    if (nameless.kind === "order") nameless.order.request.customer.name = "";
    expect(await send(nameless, "d-nameless")).toBe("dead");
    expect((await message("d-nameless")).reason).toMatch(/customer\.name/);
    await bench.policy(BERLIN, { pickup: false });
    expect(await send(seenOrder({ updatedAt: 1 }), "d-1")).toBe("dead");
    expect((await message("d-1")).reason).toMatch(/Nothing can be collected in the store/);
    await bench.policy(BERLIN, { pickup: true });
    const replay = () => server.deps.inbox.replay({ connector: shop.id, delivery: "d-1" });
    expect(await replay()).toMatchObject({ ok: true, value: { state: "taken", reason: "" } });
    expect(await replay()).toEqual({ ok: false, reason: "doneAlready" });
    expect((await order()).fulfilments).toHaveLength(1);
  });

  test("that makes the driver stumble is dead, not lost", async () => {
    expect(await send("null", "d")).toBe("dead");
    expect((await message("d")).reason).toMatch(/not expected/);
  });

  test("that could not be acted on leaves nothing behind but itself, and is tried again", async () => {
    let fails = true;
    const orders: InboxParts["orders"] = {
      ...server.deps.orders,
      takeSnapshot: async (publication, snapshot) => {
        const taken = await server.deps.orders.takeSnapshot(publication, snapshot);
        if (fails) throw new Error("the disk is full");
        return taken;
      },
    };
    const inbox = createInbox({ ...server.deps, orders, chance: () => 0 });
    const body = webhook(seenOrder({ updatedAt: 1 }), shop, { delivery: "d" });
    expect(await inbox.receive(shop.id, body)).toBe("waiting");
    expect(await isHere()).toBe(false);
    expect(await message("d")).toMatchObject({ tries: 1, reason: expect.stringMatching(/the disk is full/) });
    expect(await inbox.receive(shop.id, body)).toBe("duplicate");
    fails = false;
    server.clock.advance(60_000);
    await inbox.retryDue();
    expect(await message("d")).toMatchObject({ state: "taken", reason: "", tries: 2 });
    expect(await isHere()).toBe(true);
  });

  test("of amounts in another currency is dead: nothing is added up that does not mix", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    const dollars = { ...money(1, EUR), currency: idOf<"Currency">("USD") };
    expect(await send(seenOrder({ updatedAt: 2, refunded: dollars }))).toBe("dead");
    const inDollars = { ...refund(), refund: { id: "r", amount: dollars, lines: [] } };
    expect(await send(inDollars)).toBe("dead");
    expect((await order()).payment.refunded.minor).toBe(0);
  });
});

describe("snapshots of an order", () => {
  test("that come late are noted and change nothing", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    expect(await send(seenOrder({ updatedAt: 3, ...fewer, refunded: money(500, EUR) }))).toBe("taken");
    const before = await order();
    expect(await send(seenOrder({ updatedAt: 2 }), "late")).toBe("ignored");
    expect(await order()).toEqual(before);
    expect((await message("late")).reason).toMatch(/Older/);
  });

  test("fewer pieces: their store is told, their reservation ends, the money counts as refunded", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    await send(seenOrder({ updatedAt: 2, ...fewer }));
    const after = await order();
    expect(after.payment.refunded).toEqual(money(350, EUR));
    expect(await bench.levels()).toMatchObject({ reserved: 1 });
    const onTills = await bench.onTills(BERLIN.store, partOf(after).id);
    expect(onTills?.fulfilment.lines).toMatchObject([{ quantity: 2, missing: 1 }]);
  });

  test("another address reaches the store's tills while nothing is sent", async () => {
    await send(seenOrder({ updatedAt: 1, request: TO_SHIP }));
    const { address } = TO_SHIP.delivery;
    const moved = { kind: "ship", address: { ...address, lines: ["Neue Allee 4"] } };
    await send(seenOrder({ updatedAt: 2, request: { delivery: moved } }));
    const onTills = await bench.onTills(BERLIN.store, partOf(await order()).id);
    expect(onTills?.address?.lines).toEqual(["Neue Allee 4"]);
  });

  test("an address that was missing sends the order to a store and settles the question", async () => {
    await send(seenOrder({ updatedAt: 1, request: { delivery: { kind: "ship", address: null } } }));
    expect((await order()).fulfilments).toEqual([]);
    await send(seenOrder({ updatedAt: 2, request: TO_SHIP }));
    expect((await order()).fulfilments).toMatchObject([{ store: BERLIN.store, state: "allocated" }]);
    expect(await bench.exceptions()).toMatchObject([
      { kind: "addressMissing", closing: { resolution: "accept", by: "web" } },
    ]);
  });

  test("an address that comes for goods that no store has leaves the order to people", async () => {
    const nowhere = { lines: nineTeas, delivery: { kind: "ship", address: null } };
    await send(seenOrder({ updatedAt: 1, request: nowhere }));
    await send(seenOrder({ updatedAt: 2, request: { lines: nineTeas, ...TO_SHIP } }));
    const open = (await bench.exceptions()).filter(({ closing }) => closing === null);
    expect(open.map(({ kind }) => kind)).toEqual(["noStoreForOrder"]);
  });

  test("come by the connector's own channel, whatever the driver says", async () => {
    await send(seenOrder({ updatedAt: 1, request: { channel: "elsewhere" } }));
    expect(await isHere()).toBe(true);
  });

  test("of fewer pieces than no store had, a store takes what is left", async () => {
    await send(seenOrder({ updatedAt: 1, request: { lines: nineTeas } }));
    expect(await bench.exceptions()).toMatchObject([{ kind: "noStoreForOrder", closing: null }]);
    const stillWanted = [{ line: LINE, quantity: 4 }];
    await send(seenOrder({ updatedAt: 2, request: { lines: nineTeas }, stillWanted }));
    expect(await bench.levels()).toMatchObject({ reserved: 4 });
    expect((await bench.exceptions())[0]?.closing).not.toBeNull();
  });

  test("an order that was edited before it came is placed as it is now", async () => {
    await send(seenOrder({ updatedAt: 2, ...fewer }));
    expect(await bench.levels()).toMatchObject({ reserved: 1 });
    expect((await order()).payment.refunded).toEqual(money(350, EUR));
  });

  test("one that is held back is placed when it is released, and not by an older word", async () => {
    expect(await send(seenOrder({ updatedAt: 2, release: "waiting" }), "held")).toBe("taken");
    expect((await message("held")).reason).toMatch(/Not to be done yet/);
    expect(await send(seenOrder({ updatedAt: 1 }))).toBe("ignored");
    expect(await isHere()).toBe(false);
    expect(await send(seenOrder({ updatedAt: 2 }))).toBe("taken");
    expect(await isHere()).toBe(true);
  });

  test("one that the shop has done itself is not done again, whatever it says of it later", async () => {
    expect(await send(seenOrder({ updatedAt: 1, fulfilledThere: "all" }), "done")).toBe("ignored");
    expect((await message("done")).reason).toMatch(/by the shop itself/);
    expect(await send(seenOrder({ updatedAt: 2 }), "paid later")).toBe("ignored");
    expect(await isHere()).toBe(false);
  });

  test("one that the shop has begun is for people", async () => {
    expect(await send(seenOrder({ updatedAt: 2, fulfilledThere: "part" }), "begun")).toBe("dead");
    expect((await message("begun")).reason).toMatch(/Finish it there/);
    expect(await isHere()).toBe(false);
  });

  test("one that is here is edited, however much of it the shop was told is done", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    await send(seenOrder({ updatedAt: 2, fulfilledThere: "part", ...fewer }));
    expect(await bench.levels()).toMatchObject({ reserved: 1 });
  });

  test("one that is here already is edited even while the shop holds it back", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    await send(seenOrder({ updatedAt: 2, release: "waiting", ...fewer }));
    expect(await bench.levels()).toMatchObject({ reserved: 1 });
  });

  test("one that was cancelled before it came is never placed, unless it is taken up again later", async () => {
    expect(await send(seenOrder({ updatedAt: 2, ...cancelled }))).toBe("taken");
    for (const updatedAt of [1, 2]) await send(seenOrder({ updatedAt }));
    expect(await isHere()).toBe(false);
    await send(seenOrder({ updatedAt: 3 }));
    expect(await isHere()).toBe(true);
  });

  test("cancelling ends what is not handed over, and gives back what was reserved and paid", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    await send(seenOrder({ updatedAt: 2, ...cancelled }));
    expect(await order()).toMatchObject({
      cancelledAt: server.clock.now(),
      payment: { state: "refunded", refunded: money(700, EUR) },
      fulfilments: [{ state: "cancelled" }],
    });
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 0 });
    expect(await bench.events()).toEqual(["order.placed", "order.cancelled", "order.refunded"]);
  });

  test("what an order cannot follow is said to HQ, once for the same thing", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    const till = await server.pair(BERLIN);
    const part = partOf(await order());
    await bench.push(till, picked(part));
    await bench.push(till, handedOver(await bench.part(await order())));
    const vase = { sku: "SKU-vase", quantity: 1, unitPrice: money(900, EUR), id: "9" };
    const lines = [{ sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR), id: "1" }, vase];
    for (const updatedAt of [2, 3]) await send(seenOrder({ updatedAt, request: { lines }, ...fewer }));
    expect((await order()).fulfilments).toMatchObject([
      { state: "collected", lines: [{ handed: 2, missing: 0 }] },
    ]);
    expect((await bench.exceptions()).map(({ kind, detail }) => ({ kind, detail }))).toEqual(
      expect.arrayContaining([
        { kind: "changedInShop", detail: { number: "T-1042", handed: "1 × SKU-tea" } },
        { kind: "changedInShop", detail: { number: "T-1042", added: "1 × SKU-vase" } },
      ]),
    );
    expect(await bench.exceptions()).toHaveLength(2);
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
  });
});

const nineTeas = [{ sku: "SKU-tea", quantity: 9, unitPrice: money(350, EUR), id: "1" }];

describe("a refund or a cancellation told of without its order", () => {
  test("waits for the order and is done as it comes", async () => {
    expect(await send(refund(), "r")).toBe("waiting");
    expect(await send(seenOrder({ updatedAt: 1 }))).toBe("taken");
    expect(await message("r")).toMatchObject({ state: "taken", reason: "", nextTryAt: null });
    expect((await order()).payment.refunded).toEqual(money(350, EUR));
    expect(await bench.levels()).toMatchObject({ reserved: 1 });
  });

  test("counts once, though told twice and by the whole order too", async () => {
    await send(seenOrder({ updatedAt: 1 }));
    await send(refund("r-1"));
    expect(await send(refund("r-1"))).toBe("ignored");
    await send(seenOrder({ updatedAt: 2, ...fewer }));
    const { payment, givenUp } = await order();
    expect([payment.refunded, givenUp]).toEqual([money(350, EUR), [{ line: "1", quantity: 1 }]]);
    await send(refund("r-2"));
    expect((await order()).payment).toMatchObject({ state: "refunded", refunded: money(700, EUR) });
  });

  test("is dead once it has waited for days, and says so; HQ may replay it", async () => {
    await send(refund(), "r");
    for (let tries = 0; tries < 12; tries += 1) {
      await server.deps.inbox.retryDue();
      server.clock.advance(DAY_MS);
    }
    expect(await message("r")).toMatchObject({ state: "dead", reason: expect.stringMatching(/never came/) });
    const replay = () => server.deps.inbox.replay({ connector: shop.id, delivery: "r" });
    expect(await replay()).toMatchObject({ ok: true, value: { state: "waiting", tries: 1 } });
    await send(seenOrder({ updatedAt: 1 }));
    expect((await order()).payment.refunded.minor).toBe(350);
    expect(await replay()).toEqual({ ok: false, reason: "doneAlready" });
  });

  test("is tried once for each time that is due, though the retry is asked for twice at once", async () => {
    await send(refund(), "r");
    server.clock.advance(60_000);
    await Promise.all([server.deps.inbox.retryDue(), server.deps.inbox.retryDue()]);
    expect((await message("r")).tries).toBe(2);
  });

  test("is found by the retry when the order came another way", async () => {
    await send(refund(), "r");
    await bench.place({ lines: [{ sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR), id: "1" }] });
    await server.deps.inbox.retryDue();
    expect((await message("r")).state).toBe("waiting");
    server.clock.advance(60_000);
    await server.deps.inbox.retryDue();
    expect((await message("r")).state).toBe("taken");
    expect((await order()).payment.refunded.minor).toBe(350);
  });

  test("a cancellation does what the order's own would", async () => {
    const cancellation = { kind: "cancelled", externalId: "1042", reason: "Fraud", at: null };
    await send(seenOrder({ updatedAt: 1 }));
    expect(await send(cancellation)).toBe("taken");
    expect(await order()).toMatchObject({ cancelledAt: server.clock.now() });
    expect(await send(cancellation)).toBe("taken");
  });

  test("a cancellation of an order that is held back keeps it from being placed", async () => {
    await send(seenOrder({ updatedAt: 1, release: "waiting" }));
    expect(await send({ kind: "cancelled", externalId: "1042", reason: "Unpaid", at: 2 })).toBe("taken");
    expect(await send(refund(), "r")).toBe("taken");
    await send(seenOrder({ updatedAt: 2 }));
    expect(await isHere()).toBe(false);
  });
});

test("messages of one order that come at once end as the newest says", async () => {
  const all = [4, 1, 3, 2].map((updatedAt) =>
    seenOrder({
      updatedAt,
      stillWanted: [{ line: LINE, quantity: updatedAt < 3 ? 2 : 1 }],
      refunded: money(updatedAt < 3 ? 0 : 350, EUR),
    }),
  );
  const receipts = await Promise.all(
    [...all, refund(), ...all].map((each, index) => send(each, `d-${index % 6}`)),
  );
  expect(receipts.filter((each) => each === "duplicate")).toHaveLength(3);
  expect((await order()).payment.refunded).toEqual(money(350, EUR));
  expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 1 });
});
