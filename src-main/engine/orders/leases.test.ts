import { beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import type { OrderLease } from "#domain/orders/order.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { DEFAULT_LEASE_TTL_MS } from "#protocol/sync/leases.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import { CODE, leaseOf, OTHER_TILL, readyOrder, unpaidOrder } from "../testing/order-fixture.ts";
import { DEVICE, euros, settingsWith, TAREK } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { LEFT_AFTER_MS } from "./hand-outs-in-front.ts";
import { LEASE_WAIT_MS } from "./leases.ts";

const ORDER = readyOrder();
const fulfilment = ORDER.id;

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
  till.server.leaseTo(fulfilment, DEVICE);
});

function wanted(changes: Partial<OrderLease> = {}) {
  return leaseOf(DEVICE, { wantedBy: OTHER_TILL, ...changes });
}

/** Whatever was begun without anybody waiting for it has gone as far as it can. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function handOver(changes: Partial<VerbParsedArgs<"handOver">> = {}) {
  const proof = { kind: "code", code: CODE } as const;
  return till.verbs.handOver({
    fulfilment,
    proof,
    lines: null,
    withSale: false,
    override: null,
    signature: null,
    ...changes,
  });
}

describe("another till wants an order that this one holds", () => {
  test("it is given up", async () => {
    till.replica.put("orders", readyOrder({ lease: wanted() }));
    await till.server.asked(1);
    expect(till.server.requests).toMatchObject([
      { act: "release", subject: { kind: "order", id: fulfilment } },
    ]);
    expect(till.server.holderOf(fulfilment)).toBeNull();
  });

  test("from then on this till does not hand it out offline, though the replica still names it", async () => {
    till.replica.put("orders", readyOrder({ lease: wanted() }));
    await till.server.asked(1);
    till.server.goOffline();
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
    await till.restart();
    await till.signIn("mira");
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
  });

  test("given back to this till later, it is its own again", async () => {
    till.replica.put("orders", readyOrder({ lease: wanted() }));
    await till.server.asked(1);
    const again = leaseOf(DEVICE, { expiresAt: wanted().expiresAt });
    till.replica.put("orders", readyOrder({ lease: leaseOf(OTHER_TILL) }));
    till.replica.put("orders", readyOrder({ lease: again }));
    till.server.goOffline();
    expect(await handOver()).toMatchObject({ ok: true });
  });

  test("it is kept while it is being handed out, and given up when that is over", async () => {
    till.replica.put("orders", unpaidOrder());
    await handOver();
    till.replica.put("orders", unpaidOrder(0, { lease: wanted() }));
    expect(till.server.requests).toEqual([]);
    await till.verbs.stopCollecting({});
    await till.server.asked(1);
    expect(till.server.requests[0]?.act).toBe("release");
  });

  test("it is given up as soon as the till is back online", async () => {
    till.server.goOffline();
    till.replica.put("orders", readyOrder({ lease: wanted() }));
    expect(till.server.requests).toEqual([]);
    till.server.comeBack();
    await till.server.asked(1);
    expect(till.server.requests[0]?.act).toBe("release");
  });

  test("it is given up once, however often the server says the same", async () => {
    till.replica.put("orders", readyOrder({ lease: wanted() }));
    await till.server.asked(1);
    till.replica.put("orders", readyOrder({ lease: wanted(), note: "changed" }));
    till.server.goOffline();
    till.server.comeBack();
    expect(till.server.requests).toHaveLength(1);
  });
});

describe("a hand-out that was begun and left", () => {
  const acts = () => till.server.requests.map(({ act }) => act);
  /** Nobody holds it: this till gets it for the customer at its counter, who has still to pay. */
  async function begun() {
    till.server.leaseTo(fulfilment, DEVICE, 0);
    till.replica.put("orders", unpaidOrder(0, { lease: null }));
    expect(await handOver()).toMatchObject({ ok: true, value: { next: "sale" } });
    expect(acts()).toEqual(["ask"]);
  }

  test("parked, it is given back, so that another till gets it when it asks", async () => {
    await begun();
    await till.verbs.parkBasket({ label: "" });
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
    expect(till.server.holderOf(fulfilment)).toBeNull();
    expect(till.shop.views.orders.current().orders[0]?.lease).toBe("none");
  });

  test("called off, it is given back", async () => {
    await begun();
    await till.verbs.stopCollecting({});
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("in front of a locked till it is given back after a while, and not when the colleague is back before", async () => {
    await begun();
    await till.verbs.signOut({});
    till.timers.pass(LEFT_AFTER_MS - 1);
    await till.signIn("mira");
    till.timers.pass(LEFT_AFTER_MS);
    expect(acts()).toEqual(["ask"]);
    await till.verbs.signOut({});
    till.timers.pass(LEFT_AFTER_MS);
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("in front of a colleague who went, it is given back also while another one works here", async () => {
    await begun();
    await till.verbs.signOut({});
    await till.signIn("tarek");
    till.timers.pass(LEFT_AFTER_MS);
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("with money taken it is not left: it can be ended without a connection", async () => {
    await begun();
    await till.verbs.takeCash({ tendered: euros(10_000) });
    await till.verbs.signOut({});
    till.timers.pass(LEFT_AFTER_MS);
    till.server.goOffline();
    await till.signIn("mira");
    expect(acts()).toEqual(["ask"]);
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
  });

  test("taken up again and paid, it is asked for again first", async () => {
    await begun();
    await till.verbs.parkBasket({ label: "" });
    await till.server.asked(2);
    const [parked] = till.shop.views.parked.current();
    await till.verbs.recallBasket({ basket: parked!.id });
    await till.verbs.takeCash({ tendered: euros(10_000) });
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
    expect(acts()).toEqual(["ask", "release", "ask"]);
    expect(till.journal.facts("order.handedOver")).toHaveLength(1);
  });

  test("without a connection it is given back as soon as there is one", async () => {
    await begun();
    till.server.goOffline();
    await till.verbs.parkBasket({ label: "" });
    expect(acts()).toEqual(["ask"]);
    till.server.comeBack();
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("before the till was started anew, it is given back by the replica's word", async () => {
    await begun();
    till.server.goOffline();
    await till.verbs.parkBasket({ label: "" });
    till.replica.put("orders", unpaidOrder(0, { lease: leaseOf(DEVICE) }));
    await till.restart();
    till.server.comeBack();
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("at the desk that hands it out offline too, it stays there, but goes to whoever wants it", async () => {
    const atDesk = { orders: { ...DEFAULT_ORDER_POLICY, collectDesk: 3 } };
    till.replica.put("settings", settingsWith(atDesk));
    till.replica.put("orders", unpaidOrder(0, { lease: leaseOf(DEVICE) }));
    await handOver();
    await till.verbs.signOut({});
    till.timers.pass(LEFT_AFTER_MS);
    expect(till.server.requests).toEqual([]);
    till.replica.put("orders", unpaidOrder(0, { lease: wanted() }));
    await till.server.asked(1);
    expect(acts()).toEqual(["release"]);
  });
});

describe("what was handed out under a lease and has not reached the server yet", () => {
  const acts = () => till.server.requests.map(({ act }) => act);
  /** The desk is the till that picked it. */
  const claimedBy = { device: OTHER_TILL, staff: TAREK.id };
  const ONE_MUG = [{ line: ORDER.lines[0]!.id, quantity: 1 }];
  /** One of two mugs goes over the counter of a till that is no desk, with the lease got for it. */
  async function handedOutInPart() {
    till.server.leaseTo(fulfilment, DEVICE, 0);
    till.replica.put("orders", readyOrder({ lease: null, fulfilment: { claimedBy } }));
    expect(await handOver({ lines: ONE_MUG })).toMatchObject({ ok: true, value: { next: "done" } });
    await settled();
  }
  function arrived() {
    const lines = ORDER.fulfilment.lines.map((line, at) => ({ ...line, handed: at === 0 ? 1 : 0 }));
    till.replica.put("orders", readyOrder({ lease: leaseOf(DEVICE), fulfilment: { claimedBy, lines } }));
    till.journal.apply(till.journal.entries.length);
  }

  test("the lease stays here, and goes back once the replica contains the pieces", async () => {
    await handedOutInPart();
    expect(acts()).toEqual(["ask"]);
    arrived();
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("over a restart too", async () => {
    await handedOutInPart();
    await till.restart();
    await settled();
    expect(acts()).toEqual(["ask"]);
    arrived();
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("another till that wants the order waits for it", async () => {
    till.replica.put("orders", ORDER);
    expect(await handOver({ lines: ONE_MUG })).toMatchObject({ ok: true });
    till.replica.put("orders", readyOrder({ lease: wanted() }));
    await settled();
    expect(acts()).toEqual([]);
    till.journal.apply(till.journal.entries.length);
    await till.server.asked(1);
    expect(acts()).toEqual(["release"]);
  });

  test("nor does it get what was handed out as a whole", async () => {
    till.replica.put("orders", ORDER);
    expect(await handOver()).toMatchObject({ ok: true, value: { order: { state: "collected" } } });
    till.replica.put("orders", readyOrder({ lease: wanted() }));
    await settled();
    expect(acts()).toEqual([]);
  });
});

describe("a lease that was granted and given up before the replica said so", () => {
  /** Got for a customer who then left; the replica says that nobody holds the order. */
  async function gotAndGivenUp(): Promise<OrderLease> {
    const before = till.server.requests.length;
    expect(await handOver()).toMatchObject({ ok: true, value: { next: "sale" } });
    const lease = leaseOf(DEVICE, { expiresAt: instant(till.clock.now() + DEFAULT_LEASE_TTL_MS) });
    await till.verbs.stopCollecting({});
    await till.server.asked(before + 2);
    await settled();
    return lease;
  }
  beforeEach(() => {
    till.server.leaseTo(fulfilment, DEVICE, 0);
    till.replica.put("orders", unpaidOrder(0, { lease: null }));
  });

  test("is not held when the replica says at last that it was granted, also after a restart", async () => {
    const lease = await gotAndGivenUp();
    till.replica.put("orders", unpaidOrder(0, { lease }));
    till.server.goOffline();
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
    await till.restart();
    await till.signIn("mira");
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
  });

  test("nor when the replica says so only after a restart, or names another till first", async () => {
    const lease = await gotAndGivenUp();
    till.server.goOffline();
    await till.restart();
    await till.signIn("mira");
    till.replica.put("orders", unpaidOrder(0, { lease: leaseOf(OTHER_TILL) }));
    till.replica.put("orders", unpaidOrder(0, { lease }));
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
  });

  test("twice in a row, neither of both is held", async () => {
    const first = await gotAndGivenUp();
    till.clock.pass(1_000);
    const second = await gotAndGivenUp();
    till.server.goOffline();
    for (const lease of [first, null, second]) {
      till.replica.put("orders", unpaidOrder(0, { lease }));
      expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
    }
  });

  test("does not keep the till from a later one", async () => {
    const { expiresAt } = await gotAndGivenUp();
    till.replica.put(
      "orders",
      unpaidOrder(0, { lease: leaseOf(DEVICE, { expiresAt: instant(expiresAt + 1) }) }),
    );
    till.server.goOffline();
    expect(await handOver()).toMatchObject({ ok: true });
  });

  test("is forgotten once the replica has moved on, or its time is over", async () => {
    const noted = () => till.drafts.list("lease:");
    const seen = await gotAndGivenUp();
    expect(await noted()).toHaveLength(1);
    till.replica.put("orders", unpaidOrder(0, { lease: seen }));
    till.replica.put("orders", unpaidOrder(0, { lease: null }));
    await settled();
    expect(await noted()).toEqual([]);
    await gotAndGivenUp();
    expect(await noted()).toHaveLength(1);
    till.clock.pass(DEFAULT_LEASE_TTL_MS);
    till.replica.put("orders", unpaidOrder(0, { lease: null }));
    await settled();
    expect(await noted()).toEqual([]);
  });
});

describe("asking for an order and giving it back never overtake each other", () => {
  const acts = () => till.server.requests.map(({ act }) => act);
  beforeEach(() => {
    till.server.leaseTo(fulfilment, DEVICE, 0);
    till.replica.put("orders", unpaidOrder(0, { lease: null }));
  });

  /** Parked with its release on a slow way, and in front again at once, with the money taken. */
  async function parkedAndRecalled(): Promise<() => void> {
    await handOver();
    const letThrough = till.server.holdBack("release");
    await till.verbs.parkBasket({ label: "" });
    await settled();
    expect(till.server.sent).toEqual(["ask", "release"]);
    const [parked] = till.shop.views.parked.current();
    await till.verbs.recallBasket({ basket: parked!.id });
    await till.verbs.takeCash({ tendered: euros(10_000) });
    return letThrough;
  }

  test("a sale waits until the release under way is through, and then has a lease that lasts", async () => {
    const letThrough = await parkedAndRecalled();
    const completed = till.verbs.completeSale({ basket: till.basket.id });
    await settled();
    letThrough();
    expect(await completed).toMatchObject({ ok: true });
    expect(acts()).toEqual(["ask", "release", "ask"]);
    expect(till.server.holderOf(fulfilment)).toBe(DEVICE);
  });

  test("it does not wait for long, and what nobody waits for any more is not asked", async () => {
    const letThrough = await parkedAndRecalled();
    const completed = till.verbs.completeSale({ basket: till.basket.id });
    await till.timers.until((rests) => rests.includes(LEASE_WAIT_MS));
    till.timers.pass(LEASE_WAIT_MS);
    expect(await completed).toEqual({ ok: false, reason: "leaseUnknown" });
    letThrough();
    await settled();
    expect(acts()).toEqual(["ask", "release"]);
  });

  /** A colleague asked for it and did not wait for the answer; by now it is this till's, and another one wants it. */
  async function wantedWhileAsking(): Promise<() => void> {
    const letThrough = till.server.holdBack("ask");
    const answer = handOver();
    await settled();
    expect(till.server.sent).toEqual(["ask"]);
    till.timers.pass(LEASE_WAIT_MS);
    expect(await answer).toEqual({ ok: false, reason: "leaseUnknown" });
    till.replica.put("orders", unpaidOrder(0, { lease: wanted() }));
    await settled();
    return letThrough;
  }

  test("a release waits until the ask under way is answered, and gives back what that got", async () => {
    const letThrough = await wantedWhileAsking();
    letThrough();
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
    till.server.goOffline();
    expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
  });

  test("a release that waited is not sent when the order is being handed out by then, but after that", async () => {
    const letThrough = await wantedWhileAsking();
    expect(await handOver()).toMatchObject({ ok: true, value: { next: "sale" } });
    letThrough();
    await settled();
    expect(acts()).toEqual(["ask"]);
    await till.verbs.stopCollecting({});
    await till.server.asked(2);
    expect(acts()).toEqual(["ask", "release"]);
  });
});

describe("a release that did not come through", () => {
  const acts = () => till.server.requests.map(({ act }) => act);
  const claimedBy = { device: OTHER_TILL, staff: TAREK.id };

  /** Got, parked and given back while the line was down without anybody noticing. */
  async function failed() {
    till.server.leaseTo(fulfilment, DEVICE, 0);
    till.replica.put("orders", unpaidOrder(0, { lease: null, fulfilment: { claimedBy } }));
    await handOver();
    till.server.unreachable = true;
    await till.verbs.parkBasket({ label: "" });
    await settled();
    expect(till.server.sent).toEqual(["ask", "release"]);
  }
  async function lineComesBack() {
    till.server.unreachable = false;
    till.server.goOffline();
    till.server.comeBack();
    await settled();
  }

  test("is sent again once there is a line, until it came through", async () => {
    await failed();
    till.replica.put("orders", unpaidOrder(0, { lease: null, fulfilment: { claimedBy }, note: "changed" }));
    await settled();
    expect(till.server.sent).toEqual(["ask", "release", "release"]);
    await lineComesBack();
    await lineComesBack();
    expect(acts()).toEqual(["ask", "release"]);
    expect(till.server.holderOf(fulfilment)).toBeNull();
  });

  test("also after a restart", async () => {
    await failed();
    till.server.goOffline();
    await till.restart();
    await lineComesBack();
    expect(acts()).toEqual(["ask", "release"]);
  });

  test("is not sent once the till has asked for the order again", async () => {
    await failed();
    const [parked] = till.shop.views.parked.current();
    await till.verbs.recallBasket({ basket: parked!.id });
    await lineComesBack();
    expect(acts()).toEqual(["ask"]);
    await till.verbs.takeCash({ tendered: euros(10_000) });
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
    till.replica.put("orders", readyOrder({ lease: null, fulfilment: { state: "collected" } }));
    till.journal.apply(till.journal.entries.length);
    await lineComesBack();
    expect(acts()).toEqual(["ask", "ask"]);
  });

  test("is not sent once the server gave the till another lease", async () => {
    await failed();
    const later = leaseOf(DEVICE);
    till.replica.put("orders", unpaidOrder(0, { lease: later, fulfilment: { claimedBy } }));
    await lineComesBack();
    expect(acts()).toEqual(["ask"]);
  });

  test("is not sent for a lease whose time is over", async () => {
    await failed();
    till.clock.pass(DEFAULT_LEASE_TTL_MS);
    await lineComesBack();
    expect(acts()).toEqual(["ask"]);
  });
});

test("what the disk did not take as given up is kept, and given up once it does", async () => {
  till.drafts.fail(new Error("ENOSPC"));
  till.replica.put("orders", readyOrder({ lease: wanted() }));
  await settled();
  expect(till.server.sent).toEqual([]);
  expect(till.shop.views.orders.current().orders[0]?.lease).toBe("mine");
  till.drafts.fail(null);
  till.replica.put("orders", readyOrder({ lease: wanted(), note: "changed" }));
  await till.server.asked(1);
  expect(till.server.sent).toEqual(["release"]);
});

test("an order that came back and is wanted once more is given up once more", async () => {
  till.replica.put("orders", readyOrder({ lease: wanted() }));
  await settled();
  till.replica.put("orders", readyOrder({ lease: leaseOf(OTHER_TILL) }));
  till.server.leaseTo(fulfilment, DEVICE);
  till.replica.put("orders", readyOrder({ lease: wanted() }));
  await settled();
  expect(till.server.sent).toEqual(["release", "release"]);
});

test("a lease that the server granted holds before the replica says so, and only as long as it was granted for", async () => {
  till.replica.put("orders", unpaidOrder(0, { lease: null }));
  till.server.leaseTo(fulfilment, DEVICE);
  expect(till.shop.views.orders.current().orders[0]?.lease).toBe("none");
  await handOver();
  expect(till.shop.views.orders.current().orders[0]?.lease).toBe("mine");
  till.server.goOffline();
  till.clock.pass(6 * 60_000);
  await till.verbs.parkBasket({ label: "" });
  expect(await handOver()).toEqual({ ok: false, reason: "leaseUnknown" });
});

test("the queue shows whose an order is, and which till's", () => {
  till.replica.put("orders", readyOrder({ lease: leaseOf(OTHER_TILL) }));
  expect(till.shop.views.orders.current().orders[0]).toMatchObject({ lease: "other", leaseRegister: 4 });
});
