import fc from "fast-check";
import { expect, test } from "vitest";
import { effectsOf } from "#domain/journal/effects.ts";
import { actOn } from "#domain/orders/act.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { CODE, leaseOf, storeOrder } from "../testing/order-fixture.ts";
import { DEVICE } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { OrderBook } from "./order-book.ts";

const ORDERS = ["WEB-1", "WEB-2"].map((number) => storeOrder({ number, lease: leaseOf(DEVICE) }));

const act = fc.record({
  order: fc.constantFrom(...ORDERS),
  kind: fc.constantFrom(
    "accept",
    "start",
    "stop",
    "scanMug",
    "scanTee",
    "finish",
    "decline",
    "handOver",
    "handOverOne",
    "restock",
    "sync",
    "restart",
  ),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

async function perform(till: TillInMemory, { order, kind }: Act): Promise<void> {
  const { verbs } = till;
  const fulfilment = order.id;
  const proof = { kind: "code", code: CODE } as const;
  const handOver = { fulfilment, proof, withSale: false, override: null, signature: null };
  switch (kind) {
    case "accept":
      return void (await verbs.acceptOrder({ fulfilment }));
    case "start":
      return void (await verbs.startPicking({ fulfilment }));
    case "stop":
      return void (await verbs.stopPicking({ fulfilment }));
    case "scanMug":
      return void (await verbs.pickScan({ fulfilment, code: "SKU-mug-v" }));
    case "scanTee":
      return void (await verbs.pickScan({ fulfilment, code: "036000291452" }));
    case "finish":
      return void (await verbs.finishPicking({
        fulfilment,
        shelf: "A",
        rest: "refundRest",
        substitutes: [],
      }));
    case "decline":
      return void (await verbs.declineOrder({ fulfilment, reason: "sold out" }));
    case "handOver":
      return void (await verbs.handOver({ ...handOver, lines: null }));
    case "handOverOne":
      return void (await verbs.handOver({ ...handOver, lines: [{ line: order.lines[0]!.id, quantity: 1 }] }));
    case "restock":
      return void (await verbs.restockOrder({ fulfilment }));
    case "sync":
      return syncAll(till);
    case "restart":
      await till.restart();
      return till.signIn("mira");
  }
}

/** The server has taken in everything, and the replica shows it. */
function syncAll(till: TillInMemory): void {
  const known = ORDERS.map((order) => expected(till, order));
  till.journal.apply(till.journal.entries.length);
  till.replica.put("orders", ...known);
}

/** What the domain makes of an order by all entries of this till. */
function expected(till: TillInMemory, order: StoreOrder): StoreOrder {
  const { keepReadyMs } = DEFAULT_ORDER_POLICY;
  let { fulfilment } = order;
  for (const entry of till.journal.entries) {
    const effect = effectsOf(entry).act;
    if (effect?.fulfilment !== order.id) continue;
    const by = { kind: "staff", staff: entry.staff, device: entry.device } as const;
    fulfilment = actOn(fulfilment, effect.act, { at: entry.at, by, keepReadyMs });
  }
  return { ...order, fulfilment };
}

test("whatever is done to orders, synced or not, the queue shows what the domain makes of the same entries", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      const till = await TillInMemory.open();
      till.replica.put("orders", ...ORDERS);
      await till.signIn("mira");
      for (const each of acts) {
        await perform(till, each);
        till.clock.pass(1_000);
        for (const order of ORDERS) {
          const { fulfilment } = expected(till, order);
          const shown = till.shop.views.orders.current().orders.find(({ id }) => id === order.id);
          expect(shown).toMatchObject({
            state: fulfilment.state,
            shelf: fulfilment.shelf,
            collectBy: fulfilment.collectBy,
            lines: fulfilment.lines.map(({ line, handed, missing }) => ({ line, handed, missing })),
          });
          expect(shown?.trace.map(({ at, act: what, fits }) => ({ at, act: what, fits }))).toEqual(
            fulfilment.trace.map(({ at, act: what, fits }) => ({ at, act: what, fits })),
          );
          expect(fulfilment.trace.every(({ fits }) => fits)).toBe(true);
        }
      }
      await till.shop.close();
    }),
    { numRuns: 60 },
  );
});

test("an act is told of, also when somebody looked at the orders before the journal's word came", async () => {
  const till = await TillInMemory.open();
  const looks: { book: OrderBook | null } = { book: null };
  till.journal.watch(() => void looks.book?.all());
  const { replica, journal } = till;
  const book = new OrderBook({ replica, journal, onTrouble: (error) => till.troubles.push(error) });
  looks.book = book;
  await book.load();
  till.replica.put("orders", ...ORDERS);
  let told = 0;
  book.watch(() => {
    told += 1;
  });
  await till.signIn("mira");
  expect(told).toBe(0);
  await till.verbs.acceptOrder({ fulfilment: ORDERS[0]!.id });
  expect(told).toBe(1);
  expect(book.get(ORDERS[0]!.id)?.fulfilment.state).toBe("accepted");
  book.close();
});
