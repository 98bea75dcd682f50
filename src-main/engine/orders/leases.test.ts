import { beforeEach, describe, expect, test } from "vitest";
import type { OrderLease } from "#domain/orders/order.ts";
import { CODE, leaseOf, OTHER_TILL, readyOrder, unpaidOrder } from "../testing/order-fixture.ts";
import { DEVICE } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

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

function handOver() {
  const proof = { kind: "code", code: CODE } as const;
  return till.verbs.handOver({
    fulfilment,
    proof,
    lines: null,
    withSale: false,
    override: null,
    signature: null,
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
