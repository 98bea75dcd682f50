import { beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { pickupQr } from "#domain/orders/pickup-code.ts";
import { CODE, PLACED_AT, readyOrder, storeOrder } from "../testing/order-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const HOUR_MS = 3_600_000;

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

function queue() {
  return till.shop.views.orders.current();
}

function promised(number: string, hours: number) {
  return storeOrder({ number, fulfilment: { promisedAt: instant(PLACED_AT + hours * HOUR_MS) } });
}

describe("the collect queue", () => {
  test("shows what is to do by its promised time, and last what is over, the newest first", () => {
    const gone = (number: string, placedAt: number) =>
      readyOrder({ number, placedAt: instant(placedAt), fulfilment: { state: "collected" } });
    till.replica.put("orders", gone("OLD", 1), promised("LATER", 3), promised("SOON", 1), gone("NEWER", 2));
    expect(queue().orders.map(({ number }) => number)).toEqual(["SOON", "LATER", "NEWER", "OLD"]);
  });

  test("counts each new order once, so that it is heard", async () => {
    const before = queue().arrived;
    till.replica.put("orders", promised("A", 1), promised("B", 1));
    till.replica.put("orders", promised("A", 2));
    till.replica.put("orders", readyOrder({ number: "C", fulfilment: { state: "collected" } }));
    expect(queue().arrived).toBe(before + 2);
  });

  test("what was there before a restart is no news", async () => {
    till.replica.put("orders", promised("A", 1));
    await till.restart();
    await till.signIn("mira");
    expect(queue()).toMatchObject({ arrived: 0, orders: [{ number: "A" }] });
  });

  test("an order becomes late by the server's clock without anybody touching the till", async () => {
    till.replica.put("orders", promised("A", 1));
    expect(queue().orders[0]?.isLate).toBe(false);
    const told = new Promise<void>((resolve) => {
      till.shop.views.orders.watch(resolve);
    });
    till.clock.pass(HOUR_MS);
    till.timers.pass(HOUR_MS);
    await told;
    expect(queue().orders[0]?.isLate).toBe(true);
    till.server.offsetMs = HOUR_MS;
    till.replica.put("orders", promised("A", 1));
    expect(queue().orders[0]?.isLate).toBe(false);
  });

  test("says what this till has not sent yet, until the server's word contains it", async () => {
    till.replica.put("orders", promised("A", 1));
    const [order] = queue().orders;
    await till.verbs.acceptOrder({ fulfilment: order!.id });
    expect(queue().orders[0]).toMatchObject({ state: "accepted", unsent: true });
    till.journal.apply(till.journal.entries.length);
    till.replica.put("orders", storeOrder({ number: "A", fulfilment: { state: "accepted" } }));
    expect(queue().orders[0]).toMatchObject({ state: "accepted", unsent: false });
  });

  test("names nobody on a locked screen", async () => {
    till.replica.put("orders", promised("A", 1));
    await till.verbs.signOut({});
    expect(queue()).toEqual({ arrived: 1, orders: [] });
    expect(await till.verbs.findOrders({ text: "Ada" })).toEqual([]);
  });

  test("an order that went to another store is gone", () => {
    till.replica.put("orders", promised("A", 1));
    till.replica.remove("orders", "f-A");
    expect(queue().orders).toEqual([]);
  });
});

describe("an order is found", () => {
  beforeEach(() => {
    till.replica.put(
      "orders",
      storeOrder({
        number: "WEB-2",
        contact: { customer: null, name: "Jörg Weiß", email: null, phone: "030 7654321" },
      }),
      readyOrder({ number: "WEB-12" }),
    );
  });

  test.each([
    { by: "its pickup code", text: "34a-cde", found: ["WEB-2", "WEB-12"] },
    { by: "the QR on the phone", text: pickupQr({ number: "WEB-12", code: CODE }), found: ["WEB-12"] },
    { by: "its number, the exact one first", text: "web-2", found: ["WEB-2"] },
    { by: "the end of its number", text: "2", found: ["WEB-2", "WEB-12"] },
    { by: "the name without its umlaut", text: "jorg weiss", found: ["WEB-2"] },
    { by: "part of the name", text: "Bra", found: ["WEB-12"] },
    { by: "the end of the phone number", text: "654321", found: ["WEB-2"] },
    { by: "the whole phone number, with the country", text: "+49 30 7654321", found: ["WEB-2"] },
    { by: "nothing", text: "  ", found: [] },
    { by: "something nobody has", text: "zebra", found: [] },
  ])("by $by", async ({ text, found }) => {
    const answer = await till.verbs.findOrders({ text });
    expect(answer.map(({ number }) => number).sort()).toEqual([...found].sort());
  });
});

test("of several orders found, the one of exactly that number comes first, and what is to do before what is over", async () => {
  const over = { state: "collected" } as const;
  till.replica.put(
    "orders",
    readyOrder({
      number: "12",
      fulfilment: over,
      contact: { customer: null, name: "B", email: null, phone: null },
    }),
    readyOrder({ number: "3-12", fulfilment: over }),
    readyOrder({ number: "2-12" }),
  );
  const found = await till.verbs.findOrders({ text: "12" });
  expect(found.map(({ number }) => number)).toEqual(["12", "2-12", "3-12"]);
});

test("an order's history names who did what", async () => {
  till.replica.put("orders", promised("A", 1));
  const [order] = queue().orders;
  await till.verbs.declineOrder({ fulfilment: order!.id, reason: "sold out" });
  expect(queue().orders[0]?.trace).toMatchObject([
    { act: "declined", who: "Mira Albers", reason: "sold out" },
  ]);
});
