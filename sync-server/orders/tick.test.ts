import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { statusOf } from "#domain/orders/routing.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { KEEP_OVER_MS } from "./moments.ts";

const { promiseMs, acceptWithinMs, keepReadyMs, remindBeforeMs, silentAfterMs } = DEFAULT_ORDER_POLICY;

let server: ServerForTests;
let bench: OrderBench;
let desk: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 5);
  desk = await server.pair(BERLIN);
});
afterEach(() => server.close());

/** Lets time go by and asks the clock three times: the second and third change nothing. */
async function letPass(ms: number): Promise<void> {
  server.clock.advance(ms);
  await server.deps.orders.tick();
  const state = await written();
  await server.deps.orders.tick();
  await server.deps.orders.tick();
  expect(await written()).toEqual(state);
}

async function written(): Promise<unknown> {
  return server.storage.read(async (tx) => ({
    feeds: [await tx.feedHead(`store:${BERLIN.store}`), await tx.feedHead(`store:${HAMBURG.store}`)],
    exceptions: await tx.exceptions(100),
    orders: await tx.orders({ status: null, store: null, search: "", offset: 0, limit: 100 }),
  }));
}

async function heardOf(till: PairedTill): Promise<void> {
  const at = server.clock.now();
  await server.storage.write((tx) => tx.noteContacts([{ device: till.till.device, at, clockOffsetMs: 0 }]));
}

async function readyOrder() {
  const { order } = await bench.place();
  await bench.push(desk, picked(partOf(order)));
  return { order, part: await bench.part(order) };
}

test("an order that is not ready when it was promised is late, and that is said once", async () => {
  await bench.place();
  await letPass(promiseMs - 1);
  expect(await bench.exceptions()).toEqual([]);
  await letPass(1);
  expect(await bench.exceptionKinds()).toEqual(["late"]);
  await letPass(promiseMs);
  expect(await bench.exceptionKinds()).toEqual(["late"]);
  expect(await bench.notices(BERLIN.store)).toMatchObject([{ kind: "late", resolved: false }]);
});

test("an order that was ready in time is never late", async () => {
  await readyOrder();
  await letPass(promiseMs);
  expect(await bench.exceptions()).toEqual([]);
});

describe("a parcel that nobody collects", () => {
  test("the customer is reminded once, then it expires: money back, a task for the store, goods kept until they are restocked", async () => {
    const { order, part } = await readyOrder();
    await letPass(keepReadyMs - remindBeforeMs);
    await letPass(1_000);
    expect((await bench.events()).filter((type) => type === "order.reminder")).toHaveLength(1);
    await letPass(remindBeforeMs);
    const expired = await bench.order(order);
    expect(partOf(expired)).toMatchObject({ state: "expired" });
    expect(statusOf(expired)).toBe("cancelled");
    expect(expired.payment.refunded).toEqual(money(700, EUR));
    expect(await bench.events()).toEqual(["order.expired", "order.refunded"]);
    expect(await bench.exceptionKinds()).toEqual(["uncollected"]);
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 2 });
    expect(await bench.onTills(BERLIN.store, part.id)).toMatchObject({ lease: null });
    await bench.push(desk, { type: "order.restocked", fulfilment: part.id });
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 0 });
  });

  test("a server that was away meanwhile catches up in one turn", async () => {
    const { order } = await readyOrder();
    await letPass(10 * keepReadyMs);
    expect((await bench.part(order)).state).toBe("expired");
    expect(await bench.events()).toEqual([
      "order.placed",
      "order.accepted",
      "order.ready",
      "order.reminder",
      "order.expired",
      "order.refunded",
    ]);
  });

  test("handed out in time, it neither reminds nor expires", async () => {
    const { order, part } = await readyOrder();
    await bench.push(desk, handedOver(part));
    await letPass(keepReadyMs);
    expect((await bench.part(order)).state).toBe("collected");
    expect(await bench.events()).not.toContain("order.reminder");
    expect(await bench.exceptions()).toEqual([]);
  });

  test("the tax that came on top of the goods goes back with them", async () => {
    const { order } = await bench.place({ total: money(833, EUR) });
    await bench.push(desk, picked(partOf(order)));
    await letPass(keepReadyMs);
    expect((await bench.order(order)).payment).toMatchObject({
      state: "refunded",
      refunded: money(833, EUR),
    });
  });

  test("what is reserved and unpaid expires without any money to give back", async () => {
    const { order } = await bench.place({ payment: { kind: "atPickup" } });
    await bench.push(desk, picked(partOf(order)));
    await letPass(keepReadyMs);
    expect((await bench.order(order)).payment.refunded.minor).toBe(0);
    expect(await bench.events()).not.toContain("order.refunded");
  });
});

describe("an order that no store accepts", () => {
  test("to be sent, it goes to another store; the first is not asked again", async () => {
    await bench.stock(HAMBURG, TEA, 9);
    await bench.policy(BERLIN, { promiseMs: 10 * acceptWithinMs });
    await bench.policy(HAMBURG, { promiseMs: 10 * acceptWithinMs });
    const { order } = await bench.place(TO_SHIP);
    const first = partOf(order).store;
    await letPass(acceptWithinMs);
    const moved = await bench.order(order);
    expect(moved.fulfilments.map(({ state }) => state)).toEqual(["declined", "allocated"]);
    expect(moved.declinedBy).toEqual([first]);
    expect(await bench.exceptions()).toEqual([]);
    await letPass(acceptWithinMs);
    expect((await bench.order(order)).fulfilments).toHaveLength(2);
    expect(await bench.exceptionKinds()).toEqual(["late"]);
  });

  test("to be collected, it stays where the customer comes for it, and people are told", async () => {
    await bench.stock(HAMBURG, TEA, 9);
    await bench.policy(BERLIN, { promiseMs: 10 * acceptWithinMs });
    const { order } = await bench.place();
    await letPass(acceptWithinMs);
    expect((await bench.order(order)).fulfilments).toHaveLength(1);
    expect(await bench.exceptionKinds()).toEqual(["late"]);
  });
});

test("a store that falls silent with orders to do is an exception, once for each of them", async () => {
  await heardOf(desk);
  await bench.place();
  await letPass(silentAfterMs);
  expect(await bench.exceptionKinds()).not.toContain("storeSilent");
  await letPass(1);
  const silent = (await bench.exceptions()).filter(({ kind }) => kind === "storeSilent");
  expect(silent).toMatchObject([{ store: BERLIN.store, detail: { number: "T-1042" } }]);
});

test("a store that is heard again needs nobody's look any more; falling silent anew is told anew", async () => {
  await heardOf(desk);
  await bench.place();
  await letPass(silentAfterMs + 1);
  await heardOf(desk);
  await letPass(1);
  const silences = async () => (await bench.exceptions()).filter(({ kind }) => kind === "storeSilent");
  expect(await silences()).toMatchObject([
    { closing: { resolution: "causeGone", by: "Onetill", note: "The store's tills are heard again." } },
  ]);
  await letPass(silentAfterMs);
  expect((await silences()).map(({ closing }) => closing === null).toSorted()).toEqual([false, true]);
});

describe("an order that is late", () => {
  async function lateOrder() {
    const { order } = await bench.place();
    await letPass(promiseMs + 1);
    expect(await bench.exceptions()).toMatchObject([{ kind: "late", closing: null }]);
    return order;
  }

  test("needs nobody any more once it is ready, and its store's tills hear so", async () => {
    const order = await lateOrder();
    await bench.push(desk, picked(partOf(order)));
    const at = server.clock.now();
    expect(await bench.exceptions()).toMatchObject([
      { closing: { resolution: "causeGone", by: "Onetill", note: "It is ready.", at } },
    ]);
    expect(await bench.notices(BERLIN.store)).toMatchObject([{ kind: "late", resolved: true }]);
  });

  test("and cancelled, is closed by who cancelled it and why", async () => {
    const { id } = await lateOrder();
    const by = { kind: "hq", who: "Hanna" } as const;
    await server.deps.orders.cancel({ name: { id }, reason: "Asked for", by });
    expect(await bench.exceptions()).toMatchObject([
      { closing: { resolution: "cancelOrder", by: "Hanna", note: "Asked for" } },
    ]);
  });

  test("stays late while it is only being picked", async () => {
    const order = await lateOrder();
    await bench.push(desk, { type: "order.pickingStarted", fulfilment: partOf(order).id });
    expect(await bench.exceptions()).toMatchObject([{ kind: "late", closing: null }]);
  });
});

test("an order that was over for long leaves the tills, but not while its goods are off the shelf", async () => {
  const collected = await readyOrder();
  await bench.push(desk, handedOver(collected.part));
  await letPass(KEEP_OVER_MS - 1);
  expect(await bench.onTills(BERLIN.store, collected.part.id)).not.toBeNull();
  await letPass(1);
  expect(await bench.onTills(BERLIN.store, collected.part.id)).toBeNull();
  expect((await bench.order(collected.order)).fulfilments).toHaveLength(1);

  const { order } = await bench.place({ id: "2" });
  await bench.push(desk, picked(partOf(order)));
  const by = { kind: "hq", who: "Hanna" } as const;
  await server.deps.orders.cancel({ name: { id: order.id }, reason: "Asked for", by });
  await letPass(2 * KEEP_OVER_MS);
  expect(await bench.onTills(BERLIN.store, partOf(order).id)).not.toBeNull();
});

test("a lease that a till let run out goes back to the desk that may hand out offline", async () => {
  await bench.policy(BERLIN, { collectDesk: 1 });
  const { part } = await readyOrder();
  const subject = { kind: "order", id: part.id } as const;
  const ask = async (from: PairedTill, act: "ask" | "release") =>
    server.deps.leases.decide(await from.record(), { act, subject, ttlMs: 60_000 });
  await ask(desk, "release");
  const other = await server.pair(BERLIN);
  expect(await ask(other, "ask")).toMatchObject({ granted: true, holder: other.till.device });
  await letPass(60_000);
  expect((await bench.onTills(BERLIN.store, part.id))?.lease).toMatchObject({
    holder: desk.till.device,
    expiresAt: part.collectBy,
  });
});

test("S63 what HQ has kept for longer its till may hand out for as long, without asking anybody", async () => {
  const { order, part } = await readyOrder();
  const until = instant(server.clock.now() + 2 * keepReadyMs);
  const edit = { contact: null, address: null, note: null, pieces: [], reason: "On holiday" };
  const collectBy = [{ fulfilment: part.id, at: until }];
  const by = { kind: "hq", who: "Hanna" } as const;
  const edited = await server.deps.orders.edit({ order: order.id, edit: { ...edit, collectBy }, by });
  expect(edited.ok).toBe(true);
  expect((await bench.onTills(BERLIN.store, part.id))?.lease).toMatchObject({
    holder: desk.till.device,
    expiresAt: until,
  });
});

test("a till that was revoked while it held an order loses it to the one that is there", async () => {
  const { part } = await readyOrder();
  const other = await server.pair(BERLIN);
  await bench.policy(BERLIN, { collectDesk: 2 });
  await server.storage.write((tx) => tx.revokeDevice(desk.till.device, server.clock.now()));
  await letPass(1);
  expect((await bench.onTills(BERLIN.store, part.id))?.lease?.holder).toBe(other.till.device);
});
