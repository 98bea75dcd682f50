import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { SAYS_NOTHING } from "#domain/orders/shop-edit.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked, shipped, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, CUP, cashier, EUR, HAMBURG, TEA } from "../testing/shop.ts";

const TWO_TEAS = { sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR) };

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

describe("facts that contradict", () => {
  test("S81 handed out offline while the customer cancelled: the goods are gone, the order says so, one exception, stock right", async () => {
    const { order, part } = await readyOrder();
    const by = { kind: "shop", channel: idOf<"Channel">("web") } as const;
    const cancelled = await server.deps.orders.cancel({ name: { id: order.id }, reason: "Too late", by });
    expect(cancelled.ok && cancelled.value.payment).toMatchObject({ state: "refunded" });
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 2 });
    await bench.push(desk, handedOver(part));
    const after = await bench.part(order);
    expect(after).toMatchObject({ state: "collected", lines: [{ handed: 2 }] });
    expect(after.trace.at(-1)).toMatchObject({ act: "handedOver", fits: false });
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect(await bench.onTills(BERLIN.store, part.id)).toMatchObject({
      fulfilment: { state: "collected" },
      lease: null,
    });
    const exceptions = await bench.exceptions();
    expect(exceptions).toHaveLength(1);
    expect(exceptions[0]).toMatchObject({
      kind: "handedOutAfterCancellation",
      store: BERLIN.store,
      subject: { order: order.id, fulfilment: part.id },
      detail: { number: "T-1042", state: "cancelled", staff: "Mira Albers", register: "1" },
    });
    expect(await bench.notices(BERLIN.store)).toMatchObject([
      { kind: "handedOutAfterCancellation", resolved: false },
    ]);
  });

  test("S81 handed out whole offline while fewer pieces were wanted: the goods are gone, the order says so, one exception", async () => {
    const { order, part } = await readyOrder();
    const [line] = order.lines;
    const by = { kind: "hq", who: "Hanna" } as const;
    const pieces = [{ line: line!.id, quantity: 1 }];
    const rest = { contact: null, address: null, note: null, collectBy: [], reason: "One is enough" };
    const edited = await server.deps.orders.edit({ order: order.id, edit: { ...rest, pieces }, by });
    expect(edited.ok && edited.value.payment.refunded).toEqual(money(350, EUR));
    await bench.push(desk, handedOver(part));
    expect(await bench.part(order)).toMatchObject({ state: "collected", lines: [{ missing: 1, handed: 2 }] });
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect(await bench.exceptions()).toMatchObject([
      {
        kind: "handedOutAfterCancellation",
        subject: { order: order.id, fulfilment: part.id },
        detail: { number: "T-1042", state: "ready", register: "1" },
      },
    ]);
  });

  test("paid at a till that was cut off, though its shop took the money meanwhile: both are booked, and somebody has to give back what is too much", async () => {
    const { order, part } = await readyOrder({ payment: { kind: "atPickup" } });
    const paid = { kind: "paid", paid: money(700, EUR) } as const;
    const edit = {
      ...SAYS_NOTHING,
      payment: paid,
      stillWanted: [],
      refunded: money(0, EUR),
      cancelled: null,
    };
    await server.deps.publisher.publish(async (publication) => {
      const known = await publication.tx.order(order.id);
      await server.deps.orders.editForShop(publication, { order: known!, edit });
    });
    const ticket = desk.till.ticket([{ variant: TEA, quantity: 2 }]);
    const [line] = part.lines;
    const lines = ticket.lines.map((each) => ({ ...each, order: { order: order.id, line: line!.line } }));
    await bench.push(desk, handedOver(part, { ticket: { ...ticket, lines } }));
    expect((await bench.order(order)).payment).toMatchObject({ state: "paid", paid: money(1_400, EUR) });
    expect(await bench.exceptions()).toMatchObject([
      {
        kind: "paidAmountDiffers",
        store: BERLIN.store,
        subject: { order: order.id, fulfilment: part.id },
        detail: { number: "T-1042", paid: "14.00 EUR", total: "7.00 EUR", register: "1" },
      },
    ]);
  });

  test("S80 S81 handed out by two tills, the second by a manager's word: one exception, no second movement", async () => {
    const { order, part } = await readyOrder();
    await bench.push(desk, handedOver(part));
    const told = await server.stockToldAt(BERLIN, TEA);
    await bench.push(other, handedOver(part, { override: true }));
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    // The other till counts what it handed out on top of that, until it is told anew.
    expect(await server.stockToldAt(BERLIN, TEA)).toBeGreaterThan(told);
    expect(await server.stockOnTills(BERLIN, TEA)).toBe(3);
    const exceptions = await bench.exceptions();
    expect(exceptions).toHaveLength(1);
    expect(exceptions[0]).toMatchObject({
      kind: "handedOutTwice",
      detail: { firstRegister: "1", secondRegister: "2", number: "T-1042", reason: "The server is away" },
    });
    expect((await bench.part(order)).trace.filter(({ act }) => act === "handedOver")).toHaveLength(2);
    await bench.pushAgain(other);
    expect(await bench.exceptions()).toHaveLength(1);
    expect((await bench.events()).filter((type) => type === "order.collected")).toHaveLength(1);
  });

  test("a fact about an order that the server never heard of is an exception, and its goods are gone all the same", async () => {
    const { part } = await readyOrder();
    const stranger = { ...part, id: idOf<"Fulfilment">("nobody-knows-it") };
    await bench.push(other, handedOver(stranger));
    expect(await bench.levels()).toMatchObject({ onHand: 3, sum: 3 });
    expect(await bench.exceptionKinds()).toEqual(["handedOutAfterCancellation"]);
  });
});

describe("goods that are sent without a lease", () => {
  test("S81 by two tills of the store, the second cut off: one exception, stock moves once", async () => {
    const { order, part } = await readyOrder(TO_SHIP);
    await bench.push(desk, shipped(part));
    const told = await server.stockToldAt(BERLIN, TEA);
    await bench.push(other, shipped(part));
    expect(await bench.levels()).toEqual({ onHand: 3, sum: 3, reserved: 0 });
    expect(await server.stockToldAt(BERLIN, TEA)).toBeGreaterThan(told);
    expect(await bench.exceptions()).toMatchObject([
      { kind: "handedOutTwice", detail: { firstRegister: "1", secondRegister: "2", number: "T-1042" } },
    ]);
    expect(await bench.part(order)).toMatchObject({ state: "shipped", lines: [{ handed: 2 }] });
  });

  /** An order that was moved to Hamburg, which Berlin did not hear of. */
  async function movedAway() {
    await bench.stock(HAMBURG, TEA, 5);
    const { order } = await bench.place({ ...TO_SHIP, lines: [TWO_TEAS, TWO_TEAS] });
    const berlins = (await bench.order(order)).fulfilments.find(({ store }) => store === BERLIN.store)!;
    const by = { kind: "hq", who: "Hanna" } as const;
    const act = { order: order.id, fulfilment: berlins.id, store: HAMBURG.store, reason: "Silent", by };
    expect((await server.deps.orders.reroute(act)).ok).toBe(true);
    const hamburgs = await bench.part(order);
    expect(hamburgs).toMatchObject({ store: HAMBURG.store, state: "allocated" });
    return { order, berlins, hamburgs };
  }

  test("S81 found short by the first, cut off as the order was moved: the second sends all of it, so nothing is given back", async () => {
    const { order, berlins } = await movedAway();
    await bench.push(desk, picked(berlins, { found: 1, rest: "refundRest" }));
    const after = await bench.order(order);
    expect(after.givenUp).toEqual([]);
    expect(after.payment).toMatchObject({ state: "paid", refunded: money(0, EUR) });
    expect(await bench.exceptions()).toEqual([]);
    // What was picked is kept until it is back on sale.
    expect(await bench.levels(BERLIN)).toEqual({ onHand: 5, sum: 5, reserved: 2 });
    expect(await bench.levels(HAMBURG)).toEqual({ onHand: 5, sum: 5, reserved: 4 });
  });

  test("S81 by two stores, the first cut off as the order was moved: told after the second has sent it, it is an exception, and each store's stock is right", async () => {
    const { order, berlins, hamburgs } = await movedAway();
    const far = await server.pair(HAMBURG);
    await bench.push(far, picked(hamburgs), shipped(hamburgs));
    await bench.push(desk, picked(berlins), shipped(berlins));
    expect(await bench.levels(BERLIN)).toEqual({ onHand: 1, sum: 1, reserved: 0 });
    expect(await bench.levels(HAMBURG)).toEqual({ onHand: 1, sum: 1, reserved: 0 });
    expect(await bench.exceptions()).toMatchObject([
      { kind: "handedOutAfterCancellation", store: BERLIN.store, detail: { state: "declined" } },
    ]);
    expect((await bench.order(order)).fulfilments.map(({ state }) => state)).toEqual(["shipped", "shipped"]);
  });

  test("S81 told before the second has sent it, the second is called off: it is sent once", async () => {
    const { order, berlins, hamburgs } = await movedAway();
    const far = await server.pair(HAMBURG);
    await bench.push(far, picked(hamburgs));
    await bench.push(desk, picked(berlins), shipped(berlins));
    expect(await bench.part(order)).toMatchObject({ store: HAMBURG.store, state: "cancelled" });
    expect(await bench.onTills(HAMBURG.store, hamburgs.id)).toMatchObject({
      fulfilment: { state: "cancelled" },
    });
    expect(await bench.levels(BERLIN)).toEqual({ onHand: 1, sum: 1, reserved: 0 });
    // What was picked there is kept until it is back on sale.
    expect(await bench.levels(HAMBURG)).toEqual({ onHand: 5, sum: 5, reserved: 4 });
    expect(await bench.exceptionKinds()).toEqual(["handedOutAfterCancellation"]);
    const after = await bench.order(order);
    expect(after.givenUp).toEqual([]);
    expect(after.payment).toMatchObject({ state: "paid" });
    // A till of Hamburg that had not heard of it yet is an exception as well.
    await bench.push(far, shipped(hamburgs));
    expect(await bench.exceptionKinds()).toEqual([
      "handedOutAfterCancellation",
      "handedOutAfterCancellation",
    ]);
    expect(await bench.levels(HAMBURG)).toEqual({ onHand: 1, sum: 1, reserved: 0 });
  });
});

describe("ordered at the till", () => {
  const fact = (delivery: unknown, variant = CUP) => {
    const id = idOf<"Order">("till-order-1");
    const ticket = desk.till.ticket([{ variant, quantity: 1 }]);
    const lines = ticket.lines.map((line) => ({ ...line, order: { order: id, line: line.id } }));
    const ordered = lines.map(({ id: line, sku, name, options, taxClass, quantity, unitPrice, total }) => ({
      id: line,
      variant,
      sku,
      name,
      options,
      taxClass,
      quantity,
      unitPrice,
      total,
    }));
    const contact = { customer: null, name: "Anna Ahrens", email: null, phone: null };
    const shipping = money(0, EUR);
    const order = { id, contact, delivery, lines: ordered, shipping, note: "", confirmed: false } as const;
    return { type: "order.placed", order, ticket: { ...ticket, lines } } as never;
  };

  test("what this store lacks is paid here and sent from another; both are named in the order", async () => {
    await bench.stock(HAMBURG, CUP, 2);
    await bench.push(desk, fact(TO_SHIP.delivery));
    const found = await server.deps.orders.find({ channel: "till", externalId: "till-order-1" });
    expect(found).toMatchObject({
      channel: "till",
      number: "BER1-01-000001",
      placedBy: { store: BERLIN.store, staff: "mira" },
      payment: { state: "paid", total: money(350, EUR), paid: money(350, EUR) },
      fulfilments: [{ store: HAMBURG.store, state: "allocated", pickup: null }],
    });
    expect(await bench.levels(BERLIN, CUP)).toEqual({ onHand: 0, sum: 0, reserved: 0 });
    expect(await bench.levels(HAMBURG, CUP)).toEqual({ onHand: 2, sum: 2, reserved: 1 });
    expect(await bench.exceptions()).toEqual([]);
  });

  test("sold offline to be collected in a store that was closed for good: it is booked, and people look for a way", async () => {
    await bench.stock(HAMBURG, CUP, 2);
    await bench.close(HAMBURG);
    await bench.push(desk, fact({ kind: "pickup", store: HAMBURG.store }));
    expect(await bench.exceptionKinds()).toEqual(["noStoreForOrder"]);
    expect(await bench.levels(HAMBURG, CUP)).toEqual({ onHand: 2, sum: 2, reserved: 0 });
  });

  test("sold offline though nobody has it any more: it is booked, and people look for a way", async () => {
    await bench.push(desk, fact({ kind: "pickup", store: HAMBURG.store }));
    expect(await bench.exceptionKinds()).toEqual(["noStoreForOrder"]);
  });
});
