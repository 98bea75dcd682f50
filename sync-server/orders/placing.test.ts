import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { isPickupCode } from "#domain/orders/pickup-code.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { statusOf } from "#domain/orders/routing.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { OrderBench, partOf, shopOrder, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, CUP, EUR, HAMBURG, TEA } from "../testing/shop.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let server: ServerForTests;
let bench: OrderBench;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  await bench.stock(BERLIN, TEA, 5);
});
afterEach(() => server.close());

const tea = (quantity: number) => ({ sku: "SKU-tea", quantity, unitPrice: money(350, EUR) });
const cup = (quantity: number) => ({ sku: "SKU-cup", quantity, unitPrice: money(350, EUR) });

describe("click & collect", () => {
  test("an order reaches the tills of its store at once, its goods are reserved and its code is no more than checkable", async () => {
    const { order, pickupCode, isNew, remarks } = await bench.place();
    expect([isNew, remarks]).toEqual([true, []]);
    const part = partOf(order);
    expect(part).toMatchObject({ store: BERLIN.store, kind: "pickup", state: "allocated" });
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 2 });
    expect(await bench.stockOnTills(BERLIN.store, TEA)).toMatchObject({ onHand: 5, reserved: 2 });
    const seen = await bench.onTills(BERLIN.store, part.id);
    expect(seen).toMatchObject({ number: "T-1042", contact: { name: "Anna Ahrens" }, lease: null });
    const verifier = seen!.fulfilment.pickup!;
    expect(isPickupCode({ code: pickupCode!, verifier, sha256Hex })).toBe(true);
    expect(JSON.stringify(seen)).not.toContain(pickupCode);
    expect(await bench.events()).toEqual(["order.placed"]);
  });

  test("S83 placing it again under the shop's id, whatever it says then, is the same order without its code", async () => {
    const first = await bench.place();
    const again = await bench.place({ lines: [tea(5)], delivery: { kind: "pickup", store: "HAM1" } });
    expect(again).toEqual({ order: first.order, pickupCode: null, isNew: false, remarks: [] });
    expect(await bench.levels()).toMatchObject({ reserved: 2 });
    expect(await bench.events()).toEqual(["order.placed"]);
  });

  test("many at once never promise the same piece twice", async () => {
    const ids = Array.from({ length: 8 }, (_, index) => String(index));
    const placed = await Promise.all(ids.map((id) => bench.place({ id, lines: [tea(1)] })));
    expect(placed.filter(({ order }) => order.fulfilments.length === 1)).toHaveLength(5);
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 5 });
    expect(await bench.exceptionKinds()).toEqual(Array(3).fill("noStoreForOrder"));
  });

  test("goods that the wished store lacks are not fetched from another: people ask the customer", async () => {
    await bench.stock(HAMBURG, CUP, 9);
    const { order, remarks } = await bench.place({ lines: [cup(1)] });
    expect(order.fulfilments).toEqual([]);
    expect(statusOf(order)).toBe("placed");
    expect(remarks).toEqual([expect.stringMatching(/No store/)]);
    expect(await bench.exceptionKinds()).toEqual(["noStoreForOrder"]);
  });

  test("nothing is to be collected in a store that was closed for good, and nothing of it is on offer", async () => {
    await bench.stock(HAMBURG, TEA, 9);
    await bench.close(HAMBURG);
    const delivery = { kind: "pickup", store: "HAM1" } as const;
    expect(await server.deps.orders.place(shopOrder({ delivery }))).toMatchObject({
      reason: "noPickupThere",
    });
    const skus = [idOf<"Sku">("SKU-tea")];
    const { items } = await server.deps.orders.availability({ skus, store: HAMBURG.store });
    expect(items[0]?.stores).toMatchObject([{ available: 0, pickup: false, readyBy: null }]);
    const { order } = await bench.place({ lines: [tea(9)] });
    const move = { order: order.id, fulfilment: null, store: HAMBURG.store, reason: "Ask Hamburg" };
    const moved = await server.deps.orders.reroute({ ...move, by: { kind: "hq", who: "Hanna" } });
    expect(moved).toMatchObject({ ok: false, reason: "noStoreHasIt" });
  });

  test("what is paid as it is collected is in the money of that store's drawer", async () => {
    const FRANCS = idOf<"Currency">("CHF");
    await server.deps.publisher.publish((publication) =>
      publication.putStore({ ...HAMBURG, currency: FRANCS }),
    );
    await bench.stock(HAMBURG, TEA, 9);
    const delivery = { kind: "pickup", store: "HAM1" } as const;
    const unpaid = { payment: { kind: "atPickup" } };
    expect(await server.deps.orders.place(shopOrder({ ...unpaid, delivery }))).toMatchObject({
      reason: "wrongCurrency",
    });
    const paid = await bench.place({ id: "paid", delivery });
    expect(partOf(paid.order).store).toBe(HAMBURG.store);
    const { order } = await bench.place({ ...unpaid, lines: [tea(6)] });
    const move = { order: order.id, fulfilment: null, store: HAMBURG.store, reason: "Ask Hamburg" };
    const moved = await server.deps.orders.reroute({ ...move, by: { kind: "hq", who: "Hanna" } });
    expect(moved).toMatchObject({ ok: false, reason: "noStoreHasIt" });
  });

  test("amounts that cannot be counted exactly are refused by name", async () => {
    const dear = { ...tea(2), unitPrice: money(Number.MAX_SAFE_INTEGER, EUR) };
    expect(await server.deps.orders.place(shopOrder({ lines: [dear] }))).toMatchObject({
      reason: "amountTooLarge",
    });
    const shipping = money(Number.MAX_SAFE_INTEGER, EUR);
    expect(await server.deps.orders.place(shopOrder({ ...TO_SHIP, shipping }))).toMatchObject({
      reason: "amountTooLarge",
    });
  });

  test("half an emoji that a shop's cutting leaves of a name does not reach a till's journal", async () => {
    const name = "Tea \u{1F375}".slice(0, 5);
    const lines = [{ ...tea(1), sku: "SKU-\ud83c", name }];
    const { order } = await bench.place({ number: "T-\ud83c", lines });
    expect(order.number).toBe("T-\ufffd");
    expect(order.lines).toMatchObject([{ sku: "SKU-\ufffd", name: "Tea \ufffd" }]);
  });

  test("nothing is to be collected in a store that does not take part, that is not there, or in another currency", async () => {
    await bench.policy(HAMBURG, { pickup: false });
    const place = async (changes: Record<string, unknown>) => {
      const placed = await server.deps.orders.place(shopOrder(changes));
      return placed.ok ? "placed" : placed.reason;
    };
    expect(await place({ delivery: { kind: "pickup", store: "HAM1" } })).toBe("noPickupThere");
    expect(await place({ delivery: { kind: "pickup", store: "XYZ9" } })).toBe("noSuchStore");
    const dollars = { currency: "USD", lines: [{ ...tea(1), unitPrice: { minor: 1, currency: "USD" } }] };
    expect(await place(dollars)).toBe("wrongCurrency");
    expect(await bench.levels()).toMatchObject({ reserved: 0 });
  });
});

describe("what is odd is taken, said, and waits for people", () => {
  test("a SKU that the catalogue does not know keeps the whole order waiting, until the catalogue knows it", async () => {
    const { order, remarks } = await bench.place({ lines: [tea(1), cup(1)] });
    expect(order.lines.map(({ variant }) => variant)).toEqual([TEA, null]);
    expect(order.fulfilments).toEqual([]);
    expect(remarks).toEqual([expect.stringMatching(/catalogue/)]);
    const [exception] = await bench.exceptions();
    expect(exception).toMatchObject({
      kind: "unknownProduct",
      subject: { order: order.id, fulfilment: null },
      detail: { number: "T-1042", skus: "SKU-cup" },
      closing: null,
    });
    await bench.stock(BERLIN, CUP, 1);
    const act = { order: order.id, fulfilment: null, store: BERLIN.store, reason: "It is there now" };
    const rerouted = await server.deps.orders.reroute({ ...act, by: { kind: "hq", who: "Hanna" } });
    expect(rerouted.ok && partOf(rerouted.value).lines).toHaveLength(2);
    expect(await bench.exceptions()).toMatchObject([
      { kind: "unknownProduct", closing: { resolution: "reroute", by: "Hanna", note: "It is there now" } },
    ]);
  });

  test("an order of which the catalogue knows nothing waits like any other: it is not cancelled, and cancelling it gives its money back", async () => {
    const { order } = await bench.place({ lines: [cup(1)] });
    expect(statusOf(order)).toBe("placed");
    const by = { kind: "hq", who: "Hanna" } as const;
    const cancelled = await server.deps.orders.cancel({ name: { id: order.id }, reason: "Gone", by });
    if (!cancelled.ok) throw new Error(cancelled.reason);
    expect(statusOf(cancelled.value)).toBe("cancelled");
    expect(cancelled.value.payment).toMatchObject({ state: "refunded", refunded: money(350, EUR) });
  });

  test("a sum that does not add up goes to a store all the same; a missing address does not", async () => {
    const odd = await bench.place({ total: money(100, EUR), payment: { kind: "paid" } });
    expect(odd.order.fulfilments).toHaveLength(1);
    const nowhere = await bench.place({ id: "2", delivery: { kind: "ship", address: null } });
    expect(nowhere.order.fulfilments).toEqual([]);
    expect(await bench.exceptionKinds()).toEqual(["addressMissing", "paidAmountDiffers"]);
  });
});

describe("an order to be sent", () => {
  test("goes to the one store that has all of it", async () => {
    await bench.stock(BERLIN, CUP, 1);
    await bench.stock(HAMBURG, TEA, 5);
    await bench.stock(HAMBURG, CUP, 5);
    const { order } = await bench.place({ ...TO_SHIP, lines: [tea(2), cup(2)], maySplit: true });
    expect(order.fulfilments.map(({ store }) => store)).toEqual([HAMBURG.store]);
    expect(order.fulfilments[0]?.pickup).toBeNull();
  });

  test("is split where that is allowed and no store has all of it, and only there", async () => {
    await bench.stock(HAMBURG, CUP, 5);
    const lines = [tea(2), cup(2)];
    const { order } = await bench.place({ ...TO_SHIP, lines, maySplit: true });
    expect(order.fulfilments.map(({ store }) => store).toSorted()).toEqual([BERLIN.store, HAMBURG.store]);
    expect(await bench.levels(BERLIN, TEA)).toMatchObject({ reserved: 2 });
    expect(await bench.levels(HAMBURG, CUP)).toMatchObject({ reserved: 2 });
    const whole = await bench.place({ ...TO_SHIP, id: "2", lines, maySplit: false });
    expect(whole.order.fulfilments).toEqual([]);
    expect(await bench.exceptionKinds()).toEqual(["noStoreForOrder"]);
  });

  test("leaves a store that has enough to do today alone, and comes to it tomorrow", async () => {
    await bench.stock(HAMBURG, TEA, 9);
    await bench.policy(BERLIN, { ordersPerDay: 1, shippingCost: money(1, EUR) });
    await server.storage.write(async (tx) => {
      await tx.putRetailerRules({ ...(await tx.retailerRules()), routing: ["cheapest"] });
    });
    const one = { ...TO_SHIP, lines: [tea(1)] };
    const next = async (id: string) => partOf((await bench.place({ ...one, id })).order).store;
    expect([await next("1"), await next("2"), await next("3")]).toEqual([
      BERLIN.store,
      HAMBURG.store,
      HAMBURG.store,
    ]);
    server.clock.advance(DAY_MS);
    expect(await next("4")).toBe(BERLIN.store);
  });

  test("goes to the store nearest to the address, where the shop says where that is", async () => {
    await bench.stock(HAMBURG, TEA, 5);
    await bench.policy(BERLIN, { location: { latitude: 52.52, longitude: 13.405 } });
    await bench.policy(HAMBURG, { location: { latitude: 53.5461, longitude: 9.986 } });
    await server.storage.write(async (tx) => {
      await tx.putRetailerRules({ ...(await tx.retailerRules()), routing: ["nearest"] });
    });
    const storeNear = async (id: string, place: { latitude: number; longitude: number }) => {
      const delivery = { ...TO_SHIP.delivery, place };
      return partOf((await bench.place({ id, lines: [tea(1)], delivery })).order).store;
    };
    // Lübeck and Potsdam.
    expect(await storeNear("1", { latitude: 53.8655, longitude: 10.6866 })).toBe(HAMBURG.store);
    expect(await storeNear("2", { latitude: 52.3906, longitude: 13.0645 })).toBe(BERLIN.store);
  });

  test("goes to a silent store only when no other has it, and then it is said", async () => {
    await bench.stock(HAMBURG, TEA, 5);
    const berlin = await server.pair(BERLIN);
    const at = server.clock.now();
    await server.storage.write((tx) =>
      tx.noteContacts([{ device: berlin.till.device, at, clockOffsetMs: 0 }]),
    );
    server.clock.advance(2 * DAY_MS);
    const { order, remarks } = await bench.place({ ...TO_SHIP, lines: [tea(1)] });
    expect([partOf(order).store, remarks]).toEqual([HAMBURG.store, []]);
    const second = await bench.place({ ...TO_SHIP, id: "2", lines: [tea(5)] });
    expect(partOf(second.order).store).toBe(BERLIN.store);
    expect(second.remarks).toEqual([expect.stringMatching(/not been heard/)]);
    expect(await bench.exceptionKinds()).toEqual(["storeSilent"]);
  });
});

describe("a store with room for one pickup an hour", () => {
  beforeEach(() => bench.policy(BERLIN, { pickupsPerHour: 1 }));
  const hourOf = (moment: number) => Math.floor((moment - 1) / HOUR_MS);
  const next = async () => {
    const skus = [idOf<"Sku">("SKU-tea")];
    const { items } = await server.deps.orders.availability({ skus, store: BERLIN.store });
    return items[0]?.stores[0]?.readyBy;
  };

  test("promises each a later hour than the one before, as it told whoever asked before ordering", async () => {
    const promised: number[] = [];
    for (const id of ["1", "2", "3"]) {
      const told = await next();
      const { order } = await bench.place({ id, number: id, lines: [tea(1)] });
      expect(partOf(order).promisedAt).toBe(told);
      promised.push(hourOf(partOf(order).promisedAt));
    }
    expect(promised).toEqual([0, 1, 2].map((later) => (promised[0] ?? 0) + later));
  });

  test("has room again where an order is cancelled, and parcels take none", async () => {
    const first = await next();
    await bench.place({ ...TO_SHIP, id: "1", number: "1", lines: [tea(1)] });
    expect(await next()).toBe(first);
    const { order } = await bench.place({ id: "2", number: "2", lines: [tea(1)] });
    expect(await next()).not.toBe(first);
    await server.deps.orders.cancel({
      name: { id: order.id },
      reason: "Changed her mind",
      by: { kind: "hq", who: "Ada" },
    });
    expect(await next()).toBe(first);
  });
});

test("availability is what is on hand less what is promised and what is kept back, with the last word of the tills", async () => {
  await bench.policy(BERLIN, { safetyStock: 1 });
  const paired = await server.pair(BERLIN);
  const at = server.clock.now();
  await server.storage.write((tx) => tx.noteContacts([{ device: paired.till.device, at, clockOffsetMs: 0 }]));
  await bench.place();
  const skus = [idOf<"Sku">("SKU-tea"), idOf<"Sku">("SKU-moon")];
  const answer = await server.deps.orders.availability({ skus, store: null });
  expect(answer.unknown).toEqual(["SKU-moon"]);
  expect(answer.items[0]?.stores).toEqual([
    {
      store: "BER1",
      id: BERLIN.store,
      name: "Berlin Mitte",
      available: 2,
      pickup: true,
      readyBy: instant(at + DEFAULT_ORDER_POLICY.promiseMs),
      asOf: at,
      silent: false,
    },
    {
      store: "HAM1",
      id: HAMBURG.store,
      name: "Hamburg Hafen",
      available: 0,
      pickup: true,
      readyBy: instant(at + DEFAULT_ORDER_POLICY.promiseMs),
      asOf: null,
      silent: false,
    },
  ]);
  server.clock.advance(2 * DAY_MS);
  const later = await server.deps.orders.availability({ skus, store: BERLIN.store });
  expect(later.items[0]?.stores).toMatchObject([{ store: "BER1", silent: true }]);
});
