import fc from "fast-check";
import { expect, test } from "vitest";
import { type CustomerId, type Instant, idOf, instant } from "../ids.ts";
import { collectInto } from "../orders/collecting.ts";
import { basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { asStoreOrder, orderLine, routedOrder } from "../testing/orders.ts";
import { eur, lineOf } from "../testing/shop.ts";
import { attachCustomer } from "./attach.ts";
import {
  type HistoryEntry,
  historyOfOrder,
  historyOfParts,
  historyOfTicket,
  mergeHistories,
} from "./history.ts";

const MUG = lineOf({ name: "mug", price: eur(1_190), quantity: 2 });
const PAYS_ORDER = {
  ...lineOf({ name: "lamp", price: eur(4_900) }),
  order: { order: idOf<"Order">("order-1"), line: idOf<"Line">("line-lamp") },
};

test("a sale stands in the history with what was bought, where, and what was paid", () => {
  const [entry, ...others] = historyOfTicket(ticketOf([MUG]), "Berlin");
  expect(entry).toMatchObject({
    kind: "purchase",
    number: "BER1-03-000001",
    at: NOON,
    storeName: "Berlin",
    pieces: 2,
    goods: [{ name: "mug", quantity: 2 }],
    total: eur(2_380),
  });
  expect(others).toEqual([]);
});

test("what pays an order is the order's: nothing and no money stands in the history twice", () => {
  expect(historyOfTicket(ticketOf([PAYS_ORDER]), "Berlin")).toEqual([]);
  expect(historyOfTicket(ticketOf([PAYS_ORDER, MUG]), "Berlin")).toMatchObject([
    { pieces: 2, total: eur(2_380) },
  ]);
});

test("a deposit is part of its bottle: neither counted nor named beside it", () => {
  const bottle = lineOf({ name: "bottle", price: eur(129), quantity: 6 });
  const deposit = {
    ...lineOf({ name: "deposit", price: eur(25), quantity: 6 }),
    linked: { to: bottle.id, kind: "deposit" as const },
  };
  expect(historyOfTicket(ticketOf([bottle, deposit]), "Berlin")).toMatchObject([
    { pieces: 6, goods: [{ name: "bottle", quantity: 6 }], total: eur(6 * 154) },
  ]);
});

test("a long sale names its first articles and counts all", () => {
  const lines = Array.from({ length: 9 }, (_, at) => lineOf({ name: `a${at}`, price: eur(100) }));
  const [entry] = historyOfTicket(ticketOf(lines), "Berlin");
  expect(entry?.pieces).toBe(9);
  expect(entry?.goods.map(({ name }) => name)).toEqual(["a0", "a1", "a2", "a3", "a4"]);
});

test("an order is the same entry from the whole of it and from the parts that a store's tills have", () => {
  const order = routedOrder({ lines: [orderLine({ name: "lamp", quantity: 3 })] });
  const whole = historyOfOrder(order, ["Berlin"]);
  expect(whole).toMatchObject({ kind: "order", status: "inProgress", pieces: 3, total: eur(3_000) });
  expect(historyOfParts([asStoreOrder(order)], "Berlin")).toEqual(whole);
});

test("an order that is handed out belongs to whom it names, else to whoever is at the till already", () => {
  const part = asStoreOrder(routedOrder());
  const anna = idOf<"Customer">("anna");
  const ben = idOf<"Customer">("ben");
  const handOver = { proof: { kind: "code" }, lines: [], override: null } as const;
  const collected = (named: CustomerId | null, there: CustomerId | null) => {
    const order = { ...part, contact: { ...part.contact, customer: named } };
    const basket = { ...basketOf([]), customer: there };
    const result = collectInto({ basket, order, handOver, taxMode: "inclusive", at: NOON });
    return result.ok ? result.value.customer : result.reason;
  };
  expect(collected(anna, ben)).toBe(anna);
  expect(collected(null, ben)).toBe(ben);
  expect(collected(null, null)).toBeNull();
});

test("a part that went to another store leaves the order in progress", () => {
  const part = asStoreOrder(routedOrder());
  const declined = { ...part, fulfilment: { ...part.fulfilment, state: "declined" } as const };
  expect(historyOfParts([declined], "Berlin").status).toBe("inProgress");
  expect(() => historyOfParts([], "Berlin")).toThrow(RangeError);
});

const entries = fc
  .array(
    fc.record({
      id: fc.constantFrom("a", "b", "c", "d", "e"),
      kind: fc.boolean(),
      at: fc.nat(3),
      pieces: fc.nat(9),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ id, kind, at, pieces }) => entryOf({ id, isOrder: kind, at: instant(at), pieces })),
  );

function entryOf({
  id,
  isOrder,
  at,
  pieces,
}: {
  readonly id: string;
  readonly isOrder: boolean;
  readonly at: Instant;
  readonly pieces: number;
}): HistoryEntry {
  const base = { at, pieces, total: eur(1), goods: [] };
  return isOrder
    ? {
        ...base,
        kind: "order",
        id: idOf<"Order">(id),
        number: id,
        channel: idOf<"Channel">("web"),
        status: "ready",
        storeNames: [],
      }
    : { ...base, kind: "purchase", id: idOf<"Ticket">(id), number: idOf<"ReceiptNumber">(id), storeName: "" };
}

test("what was given back of an order stands in its customer's history, and nothing where nothing was", () => {
  const order = routedOrder();
  expect(historyOfOrder(order, [])).not.toHaveProperty("refunded");
  const payment = { ...order.payment, refunded: eur(250) };
  expect(historyOfOrder({ ...order, payment }, [])).toMatchObject({ refunded: eur(250) });
  expect(historyOfParts([asStoreOrder({ ...order, payment })], "Berlin")).toMatchObject({
    refunded: eur(250),
  });
});

test("two views of a history become one, newest first, each entry once and by the first's word; merging again changes nothing", () => {
  fc.assert(
    fc.property(entries, entries, (first, second) => {
      const merged = mergeHistories(first, second);
      const keys = merged.map(({ kind, id }) => `${kind}:${id}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(new Set(keys)).toEqual(new Set([...first, ...second].map(({ kind, id }) => `${kind}:${id}`)));
      expect(merged.map(({ at }) => at)).toEqual(merged.map(({ at }) => at).toSorted((a, b) => b - a));
      for (const entry of merged) {
        const said = first.find(({ kind, id }) => kind === entry.kind && id === entry.id);
        if (said !== undefined) expect(entry).toEqual(said);
      }
      expect(mergeHistories(merged, merged)).toEqual(merged);
    }),
  );
});

test("a customer comes onto a basket and off it until payment has begun", () => {
  const anna = idOf<"Customer">("anna");
  const later = instant(NOON + 1);
  const basket = basketOf([MUG]);
  const attached = attachCustomer({ basket, customer: anna, at: later });
  expect(attached).toEqual({ ok: true, value: { ...basket, customer: anna, updatedAt: later } });
  expect(attachCustomer({ basket, customer: null, at: later })).toEqual({ ok: true, value: basket });
  const paying = {
    ...basket,
    customer: anna,
    tenders: [{ id: idOf<"Tender">("t"), kind: "cash", tendered: eur(1) }],
  } as const;
  expect(attachCustomer({ basket: paying, customer: null, at: later })).toEqual({
    ok: false,
    reason: "paymentStarted",
  });
  expect(attachCustomer({ basket: paying, customer: anna, at: later }).ok).toBe(true);
});
