import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import type { ReturnAct } from "../returns/returned.ts";
import { AT_DESK, BERLIN, HAMBURG, NOON, orderLine, routedOrder } from "../testing/orders.ts";
import { EUR, eur } from "../testing/shop.ts";
import { creditsOf, DEFAULT_ATTRIBUTION } from "./attribution.ts";
import { allThatIsDue } from "./goods.ts";
import type { Order } from "./order.ts";
import {
  refundedBesideReturns,
  refundedByShop,
  refundedElsewhere,
  returnedPiecesOf,
  withOrderReturn,
} from "./order-return.ts";
import { actOnOrder, withFulfilment } from "./routing.ts";
import { editedByShop, SAYS_NOTHING } from "./shop-edit.ts";

const LAMP = idOf<"Line">("line-lamp");
const LINES = [
  orderLine({ name: "lamp", quantity: 3, price: 1_000 }),
  orderLine({ name: "mug", price: 900 }),
];

/** Paid online and collected in Berlin, all of it. */
const collected = handedOver(routedOrder({ lines: LINES }));

function handedOver(order: Order): Order {
  const [fulfilment] = order.fulfilments;
  if (fulfilment === undefined) throw new Error("no store has it");
  const lines = allThatIsDue(fulfilment);
  const act = { type: "handedOver", lines, proof: { kind: "code" }, override: null } as const;
  return actOnOrder({ order, fulfilment, act, context: AT_DESK });
}

function back(
  order: Order,
  { id = "t1", minor = 1_000, byShop = 0, pieces = 1, position = 0, store = HAMBURG, currency = EUR } = {},
): Order {
  const act: ReturnAct = {
    id,
    at: instant(NOON + 1),
    store,
    device: idOf<"Device">("till-7"),
    staff: idOf<"Staff">("mira"),
    lines: [{ position, pieces, total: money(minor, currency), taxes: [] }],
    settled: money(minor, currency),
  };
  return withOrderReturn(order, { act, number: `HAM1-01-${id}`, byShop: money(byShop, currency) });
}

describe("what comes back of an order", () => {
  test("stands in its history and counts as given back, once however often it is told", () => {
    const once = back(collected);
    expect(once.payment).toMatchObject({ state: "paid", refunded: eur(1_000) });
    expect(once.returns).toMatchObject([
      {
        id: "t1",
        number: "HAM1-01-t1",
        store: HAMBURG,
        lines: [{ line: LAMP, quantity: 1 }],
        amount: eur(1_000),
      },
    ]);
    expect(returnedPiecesOf(once, LAMP)).toBe(1);
    expect(back(once)).toBe(once);
  });

  test("is given back by the shop as far as the till left it to the shop", () => {
    const cash = back(collected);
    expect([refundedElsewhere(cash), refundedByShop(cash)]).toEqual([eur(1_000), eur(0)]);
    const both = back(cash, { id: "t2", minor: 2_000, byShop: 1_500, pieces: 2 });
    expect([refundedElsewhere(both), refundedByShop(both)]).toEqual([eur(1_500), eur(1_500)]);
  });

  test("all of it: the order is refunded", () => {
    const all = back(back(collected, { minor: 3_000, pieces: 3 }), { id: "t2", minor: 900, position: 1 });
    expect(all.payment).toMatchObject({ state: "refunded", refunded: eur(3_900) });
  });

  test("refunded twice: what was given is noted, and the shop gives back nothing that is not there any more", () => {
    const twice = back(back(collected, { minor: 3_900 }), { id: "t2", minor: 3_900, byShop: 3_900 });
    expect(twice.payment.refunded).toEqual(eur(3_900));
    expect(twice.returns?.[1]).toMatchObject({ amount: eur(3_900), counted: eur(0), byShop: eur(0) });
    expect(refundedByShop(twice)).toEqual(eur(0));
  });

  test("in another currency than the order's is noted and counts for nothing", () => {
    const odd = back(collected, { currency: idOf<"Currency">("CHF") });
    expect(odd.payment).toEqual(collected.payment);
    expect(odd.returns).toMatchObject([{ amount: { currency: "CHF" }, counted: eur(0) }]);
  });

  test("of an order whose money the shop takes as it goes out is given back all the same", () => {
    const authorised = handedOver(routedOrder({ lines: LINES, payment: "authorised", paid: eur(0) }));
    expect(back(authorised, { byShop: 1_000 }).payment.refunded).toEqual(eur(1_000));
  });

  test("whatever tills give back, no more than was paid counts, and the shop's part is never more than was left to it", () => {
    const acts = fc.array(
      fc.record({ minor: fc.nat(4_000), left: fc.nat(4_000), pieces: fc.integer({ min: 1, max: 3 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(acts, (all) => {
        const after = all.reduce(
          (order, { minor, left, pieces }, index) =>
            back(order, { id: `t${index}`, minor, byShop: Math.min(minor, left), pieces }),
          collected,
        );
        const left = all.reduce((sum, each) => sum + Math.min(each.minor, each.left), 0);
        expect(after.payment.refunded.minor).toBeLessThanOrEqual(3_900);
        expect(refundedByShop(after).minor).toBeGreaterThanOrEqual(0);
        expect(refundedByShop(after).minor).toBeLessThanOrEqual(left);
        expect(refundedElsewhere(after).minor + refundedByShop(after).minor).toBe(
          after.payment.refunded.minor,
        );
      }),
    );
  });
});

describe("a shop that tells of its order after something came back", () => {
  const edit = { ...SAYS_NOTHING, stillWanted: [], refunded: eur(0), cancelled: null };
  const context = AT_DESK;

  test("and knows nothing of the cash changes nothing; what it gives back itself comes on top", () => {
    const order = back(collected);
    expect(editedByShop({ order, edit, context }).order).toBe(order);
    const more = editedByShop({ order, edit: { ...edit, refunded: eur(250) }, context }).order;
    expect(more.payment.refunded).toEqual(eur(1_250));
  });

  test("and has done what was left to it changes nothing, and nobody is asked about the pieces", () => {
    const order = back(collected, { byShop: 1_000 });
    const echo = { ...edit, refunded: eur(1_000), stillWanted: [{ line: LAMP, quantity: 2 }] };
    expect(editedByShop({ order, edit: echo, context })).toEqual({
      order,
      doubts: { handed: [], added: [], delivery: null },
    });
  });

  test("and cancels the rest is to give back that as well, before it says that it did", () => {
    const half = routedOrder({ lines: [orderLine({ name: "lamp", quantity: 2, price: 1_000 })] });
    const handed = {
      ...half,
      fulfilments: half.fulfilments.map((part) => ({
        ...part,
        lines: part.lines.map((line) => ({ ...line, handed: 1 })),
      })),
    };
    const order = back(handed, { byShop: 1_000 });
    const cancelling = { ...edit, cancelled: { reason: "Changed her mind" } };
    const cancelled = editedByShop({ order, edit: cancelling, context }).order;
    expect(refundedByShop(cancelled)).toEqual(eur(2_000));
    expect(refundedBesideReturns(cancelled)).toEqual(eur(1_000));
    const done = editedByShop({ order: cancelled, edit: { ...cancelling, refunded: eur(2_000) }, context });
    expect(done.order).toBe(cancelled);
  });
});

describe("who is credited once something came back", () => {
  const amounts = (order: Order) =>
    creditsOf(order, DEFAULT_ATTRIBUTION).map(({ to, amount }) => [
      to.kind === "store" ? `${to.role} ${to.store}` : to.kind,
      amount.minor,
    ]);

  test("the channel and the store that handed it over lose its value; the store that took it back loses nothing", () => {
    expect(amounts(collected)).toEqual([
      ["channel", 3_900],
      [`fulfilled ${BERLIN}`, 3_900],
    ]);
    expect(amounts(back(collected))).toEqual([
      ["channel", 2_900],
      [`fulfilled ${BERLIN}`, 2_900],
      [`returned ${HAMBURG}`, 1_000],
    ]);
  });

  test("a line that two stores handed over comes off both by their pieces, every cent kept", () => {
    const [first] = collected.fulfilments;
    if (first === undefined) throw new Error("no store has it");
    const lamps = (id: string, store: typeof BERLIN, handed: number) => ({
      ...first,
      id: idOf<"Fulfilment">(id),
      store,
      lines: first.lines
        .filter(({ line }) => line === LAMP)
        .map((each) => ({ ...each, quantity: handed, handed })),
    });
    const none = { ...collected, fulfilments: [] };
    const split = withFulfilment(withFulfilment(none, lamps("f1", BERLIN, 2)), lamps("f2", HAMBURG, 1));
    expect(amounts(back(split)).slice(1)).toEqual([
      [`fulfilled ${BERLIN}`, 2_000 - 667],
      [`fulfilled ${HAMBURG}`, 1_000 - 333],
      [`returned ${HAMBURG}`, 1_000],
    ]);
  });

  test("nobody's credit ever falls below nothing, whatever comes back", () => {
    const acts = fc.array(
      fc.record({ pieces: fc.integer({ min: 1, max: 4 }), minor: fc.nat(5_000), position: fc.nat(1) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(acts, (all) => {
        const after = all.reduce((order, act, index) => back(order, { id: `t${index}`, ...act }), collected);
        for (const { amount } of creditsOf(after, DEFAULT_ATTRIBUTION))
          expect(amount.minor).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
