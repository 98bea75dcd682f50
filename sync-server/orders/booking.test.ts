import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { statusOf } from "#domain/orders/routing.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked, shipped, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, cashier, EUR, HAMBURG, TEA } from "../testing/shop.ts";

let server: ServerForTests;
let bench: OrderBench;
let desk: PairedTill;
let other: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 5);
  await server.deps.publisher.publish((publication) =>
    publication.putStaff(BERLIN.store, { ...cashier("mira"), name: "Mira Albers" }),
  );
  desk = await server.pair(BERLIN);
  other = await server.pair(BERLIN);
});
afterEach(() => server.close());

/** An order that lies ready, picked at the desk. */
async function readyOrder(changes: Record<string, unknown> = {}) {
  const { order } = await bench.place(changes);
  await bench.push(desk, picked(partOf(order)));
  return { order, part: await bench.part(order) };
}

describe("an order on its way through the store", () => {
  test("accepted, picked and handed out: stock moves once, nothing stays reserved, shop and tills hear of each step", async () => {
    const { order } = await bench.place();
    const { id: fulfilment } = partOf(order);
    await bench.push(desk, { type: "order.accepted", fulfilment }, picked(partOf(order)));
    const ready = await bench.part(order);
    expect(ready).toMatchObject({ state: "ready", shelf: "A3" });
    expect(ready.collectBy).toBe(server.clock.now() + DEFAULT_ORDER_POLICY.keepReadyMs);
    expect(await bench.onTills(BERLIN.store, fulfilment)).toMatchObject({
      lease: { holder: desk.till.device, register: 1, expiresAt: ready.collectBy, wantedBy: null },
    });
    await bench.push(desk, handedOver(ready));
    expect(await bench.part(order)).toMatchObject({ state: "collected" });
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect(await bench.stockOnTills(BERLIN.store, TEA)).toEqual({
      id: TEA,
      store: BERLIN.store,
      variant: TEA,
      onHand: 3,
    });
    expect(await bench.onTills(BERLIN.store, fulfilment)).toMatchObject({ lease: null });
    expect(await bench.exceptions()).toEqual([]);
    expect(await bench.events()).toEqual([
      "order.placed",
      "order.accepted",
      "order.ready",
      "order.collected",
    ]);
  });

  test("S80 pushing the journal again, or carrying its facts over into the next epoch, books nothing twice", async () => {
    const { order, part } = await readyOrder();
    await bench.push(desk, handedOver(part));
    const done = await bench.order(order);
    await bench.pushAgain(desk);
    const facts = desk.till.entries.slice(1);
    await server.storage.write((tx) => tx.beginEpoch(desk.till.device, 2));
    desk.till.epoch = 2;
    desk.till.begin();
    for (const entry of facts) desk.till.repeat(entry);
    await bench.pushAgain(desk);
    expect(await bench.order(order)).toEqual(done);
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect(await bench.exceptions()).toEqual([]);
  });

  test("a part of it is handed out first: the rest stays ready, reserved and with its till", async () => {
    const { order, part } = await readyOrder();
    await bench.push(desk, handedOver(part, { quantity: 1 }));
    expect(await bench.part(order)).toMatchObject({ state: "ready", lines: [{ handed: 1 }] });
    expect(await bench.levels()).toEqual({ onHand: 4, sum: 4, reserved: 1 });
    expect((await bench.onTills(BERLIN.store, part.id))?.lease?.holder).toBe(desk.till.device);
    await bench.push(desk, handedOver(await bench.part(order)));
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect((await bench.events()).filter((type) => type === "order.collected")).toHaveLength(2);
  });

  test("S63 the collect desk gets the lease, whichever till picked", async () => {
    await bench.policy(BERLIN, { collectDesk: 2 });
    const { part } = await readyOrder();
    expect((await bench.onTills(BERLIN.store, part.id))?.lease?.holder).toBe(other.till.device);
  });

  test("a parcel is sent with its tracking number, and its goods leave the stock", async () => {
    const { order, part } = await readyOrder(TO_SHIP);
    expect((await bench.onTills(BERLIN.store, part.id))?.lease).toBeNull();
    await bench.push(desk, shipped(part));
    expect(await bench.part(order)).toMatchObject({ state: "shipped", parcels: [{ tracking: "RR123" }] });
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect(await bench.events()).toContain("order.shipped");
  });

  test("reserved online, paid in store: the ticket that went with it settles the order", async () => {
    const { order, part } = await readyOrder({ payment: { kind: "atPickup" } });
    const ticket = desk.till.ticket([{ variant: TEA, quantity: 2 }]);
    const [line] = part.lines;
    const paying = {
      ...ticket,
      lines: ticket.lines.map((each) => ({ ...each, order: { order: order.id, line: line!.line } })),
    };
    await bench.push(desk, handedOver(part, { ticket: paying }));
    expect((await bench.order(order)).payment).toMatchObject({ state: "paid", paid: money(700, EUR) });
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect(await server.storage.read((tx) => tx.ticketCount(null))).toBe(1);
  });

  test("picked while the till was offline for days, it is kept from when the customer can hear of it", async () => {
    const { order } = await bench.place();
    desk.till.at = server.clock.now();
    server.clock.advance(3 * 86_400_000);
    await bench.push(desk, picked(partOf(order)));
    const { collectBy, trace } = await bench.part(order);
    expect(collectBy).toBe(server.clock.now() + DEFAULT_ORDER_POLICY.keepReadyMs);
    expect(trace.at(-1)?.at).toBe(desk.till.at);
  });

  test("what the till says of a time to come is not believed: its clock is wrong", async () => {
    const { order } = await bench.place();
    desk.till.at = instant(server.clock.now() + 99 * 86_400_000);
    await bench.push(desk, { type: "order.accepted", fulfilment: partOf(order).id });
    expect((await bench.part(order)).trace.at(-1)).toMatchObject({ at: server.clock.now(), fits: true });
  });
});

describe("a store that declines", () => {
  test("an order to be sent goes to the next store at once, with its reservation", async () => {
    await bench.stock(HAMBURG, TEA, 5);
    await bench.policy(BERLIN, { shippingCost: money(1, EUR) });
    const { order } = await bench.place(TO_SHIP);
    expect(partOf(order).store).toBe(BERLIN.store);
    const first = partOf(order);
    await bench.push(desk, { type: "order.declined", fulfilment: first.id, reason: "Broken" });
    const after = await bench.order(order);
    expect(after.fulfilments.map(({ store, state }) => [store, state])).toEqual([
      [BERLIN.store, "declined"],
      [HAMBURG.store, "allocated"],
    ]);
    expect(await bench.levels(BERLIN)).toMatchObject({ reserved: 0 });
    expect(await bench.levels(HAMBURG)).toMatchObject({ reserved: 2 });
    expect(await bench.onTills(HAMBURG.store, partOf(after).id)).toMatchObject({ number: "T-1042" });
    expect(await bench.exceptions()).toEqual([]);
    expect(await bench.events()).toEqual(["order.placed", "order.rerouted"]);
  });

  test("when no other has it the customer is not forgotten: it is an exception, and HQ can name a store later", async () => {
    const { order } = await bench.place(TO_SHIP);
    const fulfilment = partOf(order).id;
    await bench.push(desk, { type: "order.declined", fulfilment, reason: "Broken" });
    expect(statusOf(await bench.order(order))).toBe("placed");
    expect(await bench.exceptionKinds()).toEqual(["noStoreForOrder"]);
    const act = { order: order.id, fulfilment: null, store: null, reason: "Try" };
    const by = { kind: "hq", who: "Hanna" } as const;
    expect(await server.deps.orders.reroute({ ...act, by })).toMatchObject({ reason: "noStoreHasIt" });
    await bench.stock(HAMBURG, TEA, 5);
    expect((await server.deps.orders.reroute({ ...act, by })).ok).toBe(true);
    expect((await bench.part(order)).store).toBe(HAMBURG.store);
    expect((await bench.exceptions())[0]?.closing).toMatchObject({ resolution: "reroute", by: "Hanna" });
  });

  test("an order to collect stays with people: only the customer can say that another store will do", async () => {
    await bench.stock(HAMBURG, TEA, 5);
    const { order, pickupCode } = await bench.place();
    await bench.push(desk, { type: "order.declined", fulfilment: partOf(order).id, reason: "Broken" });
    expect((await bench.order(order)).fulfilments).toHaveLength(1);
    expect(await bench.exceptionKinds()).toEqual(["noStoreForOrder"]);
    const by = { kind: "hq", who: "Hanna" } as const;
    const moved = await server.deps.orders.reroute({
      order: order.id,
      fulfilment: null,
      store: HAMBURG.store,
      reason: "Agreed on the phone",
      by,
    });
    expect(moved.ok && partOf(moved.value).pickup).toEqual(partOf(order).pickup);
    expect(pickupCode).not.toBeNull();
  });
});

describe("pieces that are not found", () => {
  const short = async (rest: "refundRest" | "rerouteRest" | "askHq", changes = {}) => {
    const { order } = await bench.place(changes);
    await bench.push(desk, picked(partOf(order), { found: 1, rest }));
    return bench.order(order);
  };

  test("are given back in money: the rest is ready, and nothing is left to decide", async () => {
    const order = await short("refundRest");
    expect(partOf(order)).toMatchObject({ state: "ready", lines: [{ picked: 1, missing: 1 }] });
    expect(order.payment.refunded).toEqual(money(350, EUR));
    expect(await bench.levels()).toMatchObject({ reserved: 1 });
    const [exception] = await bench.exceptions();
    expect(exception).toMatchObject({
      kind: "shortPick",
      closing: { resolution: "refund", by: "Mira Albers" },
      detail: { pieces: "1", number: "T-1042", staff: "Mira Albers", register: "1" },
    });
    expect(await bench.events()).toEqual([
      "order.placed",
      "order.accepted",
      "order.short",
      "order.ready",
      "order.refunded",
    ]);
  });

  test("come from another store", async () => {
    await bench.stock(HAMBURG, TEA, 5);
    await bench.policy(BERLIN, { shippingCost: money(1, EUR) });
    const order = await short("rerouteRest", TO_SHIP);
    expect(order.fulfilments.map(({ store, state }) => [store, state])).toEqual([
      [BERLIN.store, "ready"],
      [HAMBURG.store, "allocated"],
    ]);
    expect(partOf(order).lines).toMatchObject([{ quantity: 1 }]);
    expect(order.payment.refunded.minor).toBe(0);
    expect(await bench.levels(HAMBURG)).toMatchObject({ reserved: 1 });
  });

  test("wait for HQ, with everything kept", async () => {
    const order = await short("askHq");
    expect(partOf(order)).toMatchObject({ state: "short", lines: [{ picked: 1, missing: 0 }] });
    expect(await bench.levels()).toMatchObject({ reserved: 2 });
    const [exception] = await bench.exceptions();
    expect(exception).toMatchObject({ kind: "shortPick", closing: null, store: BERLIN.store });
  });

  test("when none of them is found there is nothing to come for: the part is over and the money goes back", async () => {
    const { order } = await bench.place();
    await bench.push(desk, picked(partOf(order), { found: 0, rest: "refundRest" }));
    const after = await bench.order(order);
    expect(partOf(after).state).toBe("cancelled");
    expect(statusOf(after)).toBe("cancelled");
    expect(after.payment.refunded).toEqual(after.payment.total);
    expect(await bench.levels()).toMatchObject({ reserved: 0 });
  });
});

test("goods of a cancelled order stay out of sale until they are back on the shelf", async () => {
  const { order, part } = await readyOrder();
  const by = { kind: "hq", who: "Hanna" } as const;
  await server.deps.orders.cancel({ name: { id: order.id }, reason: "Asked for", by });
  expect(await bench.levels()).toMatchObject({ reserved: 2 });
  await bench.push(desk, { type: "order.restocked", fulfilment: part.id });
  expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 0 });
  expect(await bench.events()).toEqual([
    "order.placed",
    "order.accepted",
    "order.ready",
    "order.cancelled",
    "order.refunded",
  ]);
});

test("by what the customer signed HQ can see in the order; no till is sent it", async () => {
  const { order } = await bench.place();
  const part = partOf(order);
  const signature = { kind: "drawn", path: "M10 100l50 -59 60 119" } as const;
  const given = handedOver(part);
  if (given.type !== "order.handedOver") throw new Error("no hand-out");
  await bench.push(desk, picked(part), { ...given, signature });
  expect((await bench.part(order)).trace.at(-1)).toMatchObject({ act: "handedOver", signature });
  const told = await bench.onTills(BERLIN.store, part.id);
  expect(told?.fulfilment.trace.at(-1)).toMatchObject({ act: "handedOver" });
  expect(JSON.stringify(told)).not.toContain(signature.path);
});
