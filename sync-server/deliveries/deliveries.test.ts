import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { type Delivery, type DeliveryOpening, KEEP_DELIVERY_MS } from "#domain/stock/delivery.ts";
import { deliverySchema } from "#protocol/documents/delivery.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { OrderBench } from "../testing/orders.ts";
import { BERLIN, CUP, HAMBURG, TEA } from "../testing/shop.ts";
import type { WantedEdit } from "./desk.ts";
import { deliveryVersion } from "./version.ts";

let server: ServerForTests;
let bench: OrderBench;
let berlin: PairedTill;
let hamburg: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  bench = new OrderBench(server.deps);
  for (const variant of [TEA, CUP]) await bench.stock(BERLIN, variant, 10);
  berlin = await server.pair(BERLIN);
  hamburg = await server.pair(HAMBURG);
});
afterEach(() => server.close());

const article = (variant: typeof TEA) => ({ variant, sku: idOf<"Sku">(variant), name: variant });
const skuOf = async (variant: typeof TEA) => {
  const product = await server.storage.read((tx) => tx.productWith(variant));
  return product!.variants.find(({ id }) => id === variant)!.sku;
};

async function transfer(pieces = 5) {
  const wanted = await server.deps.deliveries.want({
    reference: null,
    supplier: "",
    from: BERLIN.store,
    to: HAMBURG.store,
    expectedOn: null,
    blind: false,
    note: "",
    lines: [{ sku: await skuOf(TEA), pieces }],
    draft: false,
    by: "Hanna",
  });
  if (!wanted.ok) throw new Error(wanted.reason.why);
  return wanted.value;
}

let acts = 0;
const named = () => {
  acts += 1;
  return `act-${acts}`;
};
const sent = (
  delivery: DeliveryOpening["id"],
  pieces: number,
  opening: DeliveryOpening | null = null,
): Fact => ({ type: "delivery.sent", id: named(), delivery, opening, lines: [{ ...article(TEA), pieces }] });
const received = (delivery: DeliveryOpening["id"], good: number, damaged = 0): Fact => ({
  type: "delivery.received",
  id: named(),
  delivery,
  lines: [{ ...article(TEA), good, damaged }],
  isAll: false,
  note: "",
});

async function push(from: PairedTill, ...facts: readonly Fact[]) {
  server.clock.advance(1_000);
  from.till.at = server.clock.now();
  await bench.push(from, ...facts);
}
const known = async (id: DeliveryOpening["id"]) => (await server.storage.read((tx) => tx.goodsDelivery(id)))!;
const onHand = async (store = BERLIN, variant = TEA) => (await bench.levels(store, variant)).onHand;
async function onTills(store: typeof BERLIN) {
  const rows = await server.storage.read((tx) =>
    tx.liveDocuments({ feed: `store:${store.store}`, collection: "deliveries", after: "", limit: 99 }),
  );
  return rows.map(({ data }) => deliverySchema.parse(JSON.parse(data)));
}
const coming = async () =>
  (await server.storage.read((tx) => tx.incomingOf({ store: HAMBURG.store, variants: [TEA] }))).get(TEA);
const openKinds = async () =>
  (await bench.exceptions()).filter(({ closing }) => closing === null).map(({ kind }) => kind);

describe("a transfer that HQ asks for", () => {
  test("is at both stores' tills, moves stock when it is sent and when it arrives, and is in transit between", async () => {
    const { id } = await transfer();
    expect((await onTills(BERLIN)).map((each) => each.state)).toEqual(["expected"]);
    expect(await onTills(HAMBURG)).toMatchObject([{ id, fromName: BERLIN.name, toName: HAMBURG.name }]);
    expect(await coming()).toEqual({ variant: TEA, incoming: 5, inTransit: 0 });
    await push(berlin, sent(id, 5));
    expect([await onHand(BERLIN), await onHand(HAMBURG)]).toEqual([5, 0]);
    expect(await coming()).toEqual({ variant: TEA, incoming: 0, inTransit: 5 });
    await push(hamburg, received(id, 3, 1));
    expect([await onHand(BERLIN), await onHand(HAMBURG)]).toEqual([5, 3]);
    expect(await onTills(HAMBURG)).toMatchObject([
      { state: "partlyReceived", lines: [{ good: 3, damaged: 1 }] },
    ]);
    const closed = await server.deps.deliveries.act({
      id,
      act: { kind: "closedShort", reason: "Fell off the van" },
      by: "Hanna",
    });
    expect(closed).toMatchObject({ ok: true, value: { state: "closedShort", lines: [{ writtenOff: 1 }] } });
    expect(await coming()).toBeUndefined();
    expect(await server.stockOnTills(HAMBURG, TEA)).toBe(3);
    expect(await openKinds()).toEqual([]);
  });

  test("is booked once, however often a till pushes", async () => {
    const { id } = await transfer();
    await push(berlin, sent(id, 5));
    await bench.pushAgain(berlin);
    expect(await onHand(BERLIN)).toBe(5);
    expect((await known(id)).history).toHaveLength(2);
  });

  test("that arrives before the sender's till told of it raises nothing once that has told", async () => {
    const { id } = await transfer();
    await push(hamburg, received(id, 5));
    await push(berlin, sent(id, 5));
    expect(await known(id)).toMatchObject({ state: "received" });
    expect(await openKinds()).toEqual([]);
  });

  test("that is received by two tills is taken as told, and the store is asked to look", async () => {
    const { id } = await transfer();
    const other = await server.pair(HAMBURG);
    await push(berlin, sent(id, 5));
    await push(hamburg, received(id, 5));
    await push(other, received(id, 5));
    expect(await onHand(HAMBURG)).toBe(10);
    expect(await openKinds()).toEqual(["receivedTwice"]);
  });

  test("that was cancelled and sent all the same is under way, and HQ is told", async () => {
    const { id } = await transfer();
    await server.deps.deliveries.act({ id, act: { kind: "cancelled", reason: "No" }, by: "Hanna" });
    await push(berlin, sent(id, 5));
    expect(await known(id)).toMatchObject({ state: "sent" });
    expect(await coming()).toMatchObject({ inTransit: 5 });
    expect(await openKinds()).toEqual(["sentAfterCancellation"]);
  });

  test("is refused where it cannot be: to itself, of articles that nobody knows, and cancelled once it left", async () => {
    const { want, act } = server.deps.deliveries;
    const wanted = {
      reference: null,
      supplier: "",
      from: BERLIN.store,
      to: BERLIN.store,
      expectedOn: null,
      blind: false,
      note: "",
      lines: [{ sku: idOf<"Sku">("NOBODY"), pieces: 1 }],
      draft: false,
      by: "Hanna",
    };
    expect(await want(wanted)).toMatchObject({ reason: { why: "sameStore" } });
    expect(await want({ ...wanted, from: null })).toMatchObject({ reason: { skus: ["NOBODY"] } });
    const { id } = await transfer();
    await push(berlin, sent(id, 5));
    const cancelled = { kind: "cancelled", reason: "No" } as const;
    expect(await act({ id, act: cancelled, by: "" })).toEqual({ ok: false, reason: "notNow" });
    expect(await act({ id: idOf<"Delivery">("x"), act: cancelled, by: "" })).toMatchObject({ ok: false });
  });
});

test("S162 a transfer that a till begins is known to HQ and the other store when it is told, in whatever order", async () => {
  const id = idOf<"Delivery">("begun-at-a-till");
  await push(hamburg, received(id, 2));
  expect(await onTills(HAMBURG)).toEqual([]);
  const opening: DeliveryOpening = {
    id,
    reference: "T-BER1-01-000002",
    kind: "transfer",
    supplier: "",
    from: BERLIN.store,
    to: HAMBURG.store,
    fromName: BERLIN.name,
    toName: HAMBURG.name,
    expectedOn: null,
    blind: false,
    lines: [{ ...article(TEA), ordered: 3 }],
    note: "",
  };
  await push(berlin, sent(id, 3, opening));
  expect(await onTills(HAMBURG)).toMatchObject([{ state: "partlyReceived", lines: [{ sent: 3, good: 2 }] }]);
  expect([await onHand(BERLIN), await onHand(HAMBURG)]).toEqual([7, 2]);
});

test("S162 a delivery that is over leaves the tills after two weeks", async () => {
  const { id } = await transfer();
  await push(berlin, sent(id, 5));
  await push(hamburg, received(id, 5));
  await server.deps.deliveries.tick();
  expect(await onTills(BERLIN)).toHaveLength(1);
  server.clock.advance(KEEP_DELIVERY_MS + 1);
  await server.deps.deliveries.tick();
  expect([...(await onTills(BERLIN)), ...(await onTills(HAMBURG))]).toEqual([]);
});

describe("a delivery that was not sent yet", () => {
  const draft = async (isDraft = true) => {
    const wanted = await server.deps.deliveries.want({
      ...WANTED,
      lines: await lines(5),
      draft: isDraft,
      by: "Hanna",
    });
    if (!wanted.ok) throw new Error(wanted.reason.why);
    return wanted.value;
  };
  const lines = async (pieces: number) => [{ sku: await skuOf(TEA), pieces }];
  const WANTED = {
    reference: "T-7",
    supplier: "",
    from: BERLIN.store,
    to: HAMBURG.store,
    expectedOn: null,
    blind: false,
    note: "",
  };
  const edit = async (of: Delivery, changes: Partial<WantedEdit> = {}) =>
    server.deps.deliveries.edit({
      ...WANTED,
      lines: await lines(5),
      id: of.id,
      version: deliveryVersion(of),
      ...changes,
    });

  test("is changed; the second of two who changed it at once is told", async () => {
    const before = await draft();
    const first = await edit(before, { note: "Fragile", lines: await lines(7) });
    expect(first).toMatchObject({ ok: true, value: { note: "Fragile", lines: [{ ordered: 7 }] } });
    const second = await edit(before, { note: "Heavy" });
    expect(second).toEqual({ ok: false, reason: { why: "changedMeanwhile" } });
    expect(await known(before.id)).toMatchObject({ note: "Fragile" });
    expect(await edit(await known(before.id), { note: "Heavy" })).toMatchObject({ ok: true });
  });

  test("goes to another store as long as no store was told", async () => {
    const before = await draft();
    await edit(before, { from: HAMBURG.store, to: BERLIN.store });
    expect(await known(before.id)).toMatchObject({ fromName: HAMBURG.name, toName: BERLIN.name });
    expect([...(await onTills(BERLIN)), ...(await onTills(HAMBURG))]).toEqual([]);
    expect(await edit(await known(before.id), { from: null })).toMatchObject({
      reason: { why: "otherKind" },
    });
  });

  test("is changed at the tills that know of it, and what they send after it counts", async () => {
    const before = await draft(false);
    expect(await edit(before, { to: BERLIN.store, from: HAMBURG.store })).toMatchObject({
      reason: { why: "toldAlready" },
    });
    await edit(before, { lines: await lines(9) });
    expect(await onTills(HAMBURG)).toMatchObject([{ lines: [{ ordered: 9 }], state: "expected" }]);
    expect(await coming()).toMatchObject({ incoming: 9 });
    await push(berlin, sent(before.id, 9));
    await push(hamburg, received(before.id, 9));
    expect(await known(before.id)).toMatchObject({ state: "received" });
    expect(await edit(await known(before.id))).toMatchObject({ reason: { why: "sentAlready" } });
  });

  test("is deleted while it is a draft, and its number is not given again", async () => {
    const numbered = await server.deps.deliveries.want({
      ...WANTED,
      reference: null,
      lines: await lines(1),
      draft: true,
      by: "",
    });
    const of = numbered.ok ? numbered.value : null;
    const { remove } = server.deps.deliveries;
    expect(await remove({ id: of!.id, version: "old" })).toMatchObject({
      reason: { why: "changedMeanwhile" },
    });
    expect(await remove({ id: of!.id, version: deliveryVersion(of!) })).toEqual({ ok: true, value: null });
    expect(await server.storage.read((tx) => tx.goodsDelivery(of!.id))).toBeNull();
    expect((await transfer()).reference).not.toBe(of!.reference);
    const told = await draft(false);
    const version = deliveryVersion(told);
    expect(await remove({ id: told.id, version })).toMatchObject({ reason: { why: "toldAlready" } });
    await push(berlin, sent(told.id, 1));
    expect(await remove({ id: told.id, version })).toMatchObject({ reason: { why: "sentAlready" } });
  });

  test("keeps its own reference from others", async () => {
    await draft();
    const other = await server.deps.deliveries.want({
      ...WANTED,
      reference: "T-8",
      lines: await lines(1),
      draft: true,
      by: "",
    });
    const of = other.ok ? other.value : null;
    expect(await edit(of!)).toMatchObject({ reason: { why: "otherUnderReference" } });
  });
});
