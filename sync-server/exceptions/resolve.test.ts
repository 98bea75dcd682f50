import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Exception, Resolution } from "#domain/exceptions/exceptions.ts";
import { idOf, type StoreId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { handedOver, OrderBench, partOf, picked, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";

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

async function only(): Promise<Exception> {
  const found = await bench.exceptions();
  expect(found).toHaveLength(1);
  return found[0]!;
}

function resolve(id: string, resolution: Resolution, store: StoreId | null = null) {
  return server.deps.exceptions.resolve({ id, resolution, by: "Hanna", note: "As agreed", store });
}

/** Two teas are wanted, so many are found, and the store asks HQ. */
async function short(found: number, changes: Record<string, unknown> = {}) {
  const { order } = await bench.place(changes);
  await bench.push(desk, picked(partOf(order), { found, rest: "askHq" }));
  return order;
}

describe("a short pick", () => {
  test("refund: what is missing is given up and paid back, what is there can be collected, by the till that picked it", async () => {
    const order = await short(1);
    server.clock.advance(60_000);
    const resolved = await resolve((await only()).id, "refund");
    expect(resolved.ok && resolved.value.closing).toEqual({
      resolution: "refund",
      by: "Hanna",
      note: "As agreed",
      at: server.clock.now(),
    });
    const after = await bench.order(order);
    expect(partOf(after)).toMatchObject({ state: "ready", lines: [{ picked: 1, missing: 1 }] });
    expect(partOf(after).trace.at(-1)?.by).toEqual({ kind: "hq", who: "Hanna" });
    expect(after.payment.refunded).toEqual(money(350, EUR));
    expect(await bench.levels()).toEqual({ onHand: 5, sum: 5, reserved: 1 });
    const onTills = await bench.onTills(BERLIN.store, partOf(after).id);
    expect(onTills?.lease?.holder).toBe(desk.till.device);
    expect((await bench.events()).slice(-3)).toEqual(["order.short", "order.ready", "order.refunded"]);
    expect(await bench.notices(BERLIN.store)).toMatchObject([{ kind: "shortPick", resolved: true }]);
  });

  test("refund where nothing was found: the part is over", async () => {
    const order = await short(0);
    await resolve((await only()).id, "refund");
    expect((await bench.part(order)).state).toBe("cancelled");
    expect(await bench.levels()).toMatchObject({ reserved: 0 });
  });

  test("found after all: what waits for the customer is not refunded by a decision that came late", async () => {
    const order = await short(1);
    await bench.push(desk, picked(await bench.part(order)));
    const { id } = await only();
    expect(await resolve(id, "refund")).toEqual({ ok: false, reason: "notNow" });
    expect(await bench.part(order)).toMatchObject({ state: "ready", lines: [{ picked: 2, missing: 0 }] });
    expect((await bench.order(order)).payment.refunded.minor).toBe(0);
    expect((await resolve(id, "contact")).ok).toBe(true);
  });

  test("re-route: another store finds the rest; while none has it, nothing is changed and the exception stays", async () => {
    const order = await short(1, TO_SHIP);
    const { id } = await only();
    expect(await resolve(id, "reroute")).toEqual({ ok: false, reason: "noStoreHasIt" });
    expect((await bench.part(order)).state).toBe("short");
    expect((await only()).closing).toBeNull();
    await bench.stock(HAMBURG, TEA, 5);
    expect((await resolve(id, "reroute")).ok).toBe(true);
    const { fulfilments } = await bench.order(order);
    expect(fulfilments.map(({ store, state }) => [store, state])).toEqual([
      [BERLIN.store, "ready"],
      [HAMBURG.store, "allocated"],
    ]);
  });
});

describe("closing", () => {
  test("is done once, by who decided and why, and only with what makes sense", async () => {
    await short(1);
    const { id } = await only();
    expect(await resolve(id, "recount")).toEqual({ ok: false, reason: "notForThis" });
    expect((await resolve(id, "contact")).ok).toBe(true);
    expect(await resolve(id, "contact")).toEqual({ ok: false, reason: "alreadyResolved" });
    expect(await resolve("nothing", "contact")).toEqual({ ok: false, reason: "noSuchException" });
    expect(await server.deps.exceptions.list({ open: true, limit: 9 })).toEqual([]);
    expect(await server.deps.exceptions.list({ open: false, limit: 9 })).toHaveLength(1);
  });

  test("what two people decide at once is done once", async () => {
    const order = await short(1);
    const { id } = await only();
    const answers = await Promise.all([resolve(id, "refund"), resolve(id, "refund")]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await bench.order(order)).payment.refunded).toEqual(money(350, EUR));
  });

  test("how long it took is measured", async () => {
    expect(await server.deps.exceptions.figures()).toEqual({ open: 0, closed: 0, medianMs: null });
    for (const id of ["1", "2", "3"])
      await bench.place({ id, lines: [{ sku: "SKU-x", quantity: 1, unitPrice: money(1, EUR) }] });
    const [first, second] = await bench.exceptions();
    server.clock.advance(1_000);
    await resolve(first!.id, "contact");
    server.clock.advance(4_000);
    await resolve(second!.id, "contact");
    expect(await server.deps.exceptions.figures()).toEqual({ open: 1, closed: 2, medianMs: 1_000 });
  });
});

test("an order that no store could do is cancelled by what HQ decides, and its money goes back", async () => {
  const { order } = await bench.place({ delivery: { kind: "pickup", store: "HAM1" } });
  const { id } = await only();
  expect((await resolve(id, "cancelOrder")).ok).toBe(true);
  const after = await bench.order(order);
  expect(after).toMatchObject({ cancelledAt: server.clock.now(), payment: { state: "refunded" } });
  expect((await only()).closing).toMatchObject({ resolution: "cancelOrder", by: "Hanna" });
});

test("an order that no store could do goes to the store that HQ names", async () => {
  const { order } = await bench.place({ delivery: { kind: "pickup", store: "HAM1" } });
  const { id } = await only();
  expect((await resolve(id, "reroute", BERLIN.store)).ok).toBe(true);
  expect(await bench.part(order)).toMatchObject({ store: BERLIN.store, state: "allocated" });
  expect((await only()).closing).toMatchObject({ resolution: "reroute", by: "Hanna", note: "As agreed" });
});

test("a recount is a task on the store's tills", async () => {
  await bench.push(desk, {
    type: "ticket.completed",
    ticket: desk.till.ticket([{ variant: TEA, quantity: 9 }]),
  });
  const { id, kind } = await only();
  expect(kind).toBe("oversold");
  expect(await resolve(id, "recount")).toMatchObject({ ok: true, value: { closing: null } });
  const notices = await bench.notices(BERLIN.store);
  expect(notices).toHaveLength(2);
  expect(notices).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ resolved: false, detail: expect.not.objectContaining({ task: "recount" }) }),
      expect.objectContaining({
        resolved: false,
        detail: expect.objectContaining({ task: "recount", variant: TEA, by: "Hanna" }),
      }),
    ]),
  );
});

test("an uncollected order was refunded as it expired: deciding so again gives nothing twice", async () => {
  const { order } = await bench.place();
  await bench.push(desk, picked(partOf(order)));
  server.clock.advance(DEFAULT_ORDER_POLICY.keepReadyMs);
  await server.deps.orders.tick();
  expect((await resolve((await only()).id, "refund")).ok).toBe(true);
  expect((await bench.order(order)).payment.refunded).toEqual(money(700, EUR));
});

test("a hand-out after cancellation is talked over or accepted; there is nothing left to do to the order", async () => {
  const { order } = await bench.place();
  await bench.push(desk, picked(partOf(order)));
  const part = await bench.part(order);
  const by = { kind: "shop", channel: idOf<"Channel">("web") } as const;
  await server.deps.orders.cancel({ name: { id: order.id }, reason: "No", by });
  await bench.push(desk, handedOver(part));
  const { id } = await only();
  expect(await resolve(id, "refund")).toEqual({ ok: false, reason: "notForThis" });
  expect((await resolve(id, "contact")).ok).toBe(true);
  expect((await bench.part(order)).state).toBe("collected");
});
