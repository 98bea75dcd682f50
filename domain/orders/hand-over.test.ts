import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { foldOrders } from "../journal/fold.ts";
import { movementsOfTicket } from "../stock/movements.ts";
import type { TaxSetup } from "../tax/tax.ts";
import {
  AT_DESK,
  asStoreOrder,
  BERLIN,
  DESK,
  HAMBURG,
  NOON,
  OTHER_TILL,
  orderLine,
  routedOrder,
} from "../testing/orders.ts";
import { EUR, eur, GERMANY, NEW_YORK } from "../testing/shop.ts";
import type { Basket } from "../ticket/basket.ts";
import { addItem, changeQuantity, openBasket, removeLine } from "../ticket/basket-acts.ts";
import { completeTicket } from "../ticket/complete.ts";
import { addTender, paymentOf } from "../ticket/payment.ts";
import { actOn } from "./act.ts";
import { collectInto } from "./collecting.ts";
import { giveUp } from "./giving-up.ts";
import { allThatIsDue } from "./goods.ts";
import { dueAtPickup, mayHandOver } from "./hand-over.ts";
import { totalOfPieces } from "./line-total.ts";
import type { Order, OrderLease, StoreOrder } from "./order.ts";
import { paymentAfter } from "./payment.ts";
import {
  isPickupCode,
  normalisePickupCode,
  PICKUP_CODE_ALPHABET,
  pickupQr,
  readPickupQr,
  verifierOf,
} from "./pickup-code.ts";
import {
  actOnOrder,
  newFulfilment,
  openNeeds,
  storeOrderOf,
  withFulfilment,
  withPaidPart,
} from "./routing.ts";

const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex");
const OVERRIDE = { manager: idOf<"Staff">("johanna"), reason: "customer waits" };

function leaseOf(holder: typeof DESK, expiresAt = instant(NOON + 1_000)): OrderLease {
  return { holder, register: 1, expiresAt, wantedBy: null };
}

function readyOrder(change: Parameters<typeof routedOrder>[0] = {}): StoreOrder {
  const order = asStoreOrder(routedOrder(change));
  const fulfilment = actOn(
    order.fulfilment,
    {
      type: "picked",
      lines: order.lines.map(({ id, quantity }) => ({ line: id, quantity, substitute: null })),
      shelf: "A1",
      rest: null,
    },
    AT_DESK,
  );
  return { ...order, fulfilment };
}

describe("who may hand out", () => {
  const ask = (order: StoreOrder, override: typeof OVERRIDE | null = null) =>
    mayHandOver({ order, device: DESK, now: NOON, override });

  test("the till that holds the lease, and no other", () => {
    expect(ask({ ...readyOrder(), lease: leaseOf(DESK) })).toMatchObject({ ok: true });
    expect(ask({ ...readyOrder(), lease: leaseOf(OTHER_TILL) })).toMatchObject({
      reason: "leaseHeldByAnother",
    });
    expect(ask(readyOrder())).toMatchObject({ reason: "leaseUnknown" });
  });

  test("a lease that lapsed is none", () => {
    expect(ask({ ...readyOrder(), lease: leaseOf(DESK, NOON) })).toMatchObject({ reason: "leaseUnknown" });
    expect(ask({ ...readyOrder(), lease: leaseOf(OTHER_TILL, NOON) })).toMatchObject({
      reason: "leaseUnknown",
    });
  });

  test("a manager's word stands in for the lease, but brings nothing back that is over", () => {
    const held = { ...readyOrder(), lease: leaseOf(OTHER_TILL) };
    expect(ask(held, OVERRIDE)).toMatchObject({ ok: true });
    for (const [state, reason] of [
      ["cancelled", "cancelled"],
      ["expired", "expired"],
      ["collected", "alreadyCollected"],
      ["picking", "notReady"],
    ] as const) {
      const over = { ...held, fulfilment: { ...held.fulfilment, state } };
      expect(ask(over, OVERRIDE)).toMatchObject({ reason });
    }
  });
});

describe("the pickup code", () => {
  const code = PICKUP_CODE_ALPHABET.slice(0, 6);
  const verifier = verifierOf({ code, salt: "pepper-and-salt", sha256Hex });

  test("is checked offline, however it was typed", () => {
    expect(normalisePickupCode(` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `)).toBe(code);
    expect(isPickupCode({ code, verifier, sha256Hex })).toBe(true);
    expect(isPickupCode({ code: [...code].reverse().join(""), verifier, sha256Hex })).toBe(false);
    for (const text of ["", "0OIL15", `${code}3`, code.slice(1)])
      expect(normalisePickupCode(text)).toBeNull();
  });

  test("travels in a QR with the order's number", () => {
    expect(readPickupQr(pickupQr({ number: "WEB:10", code }))).toEqual({ number: "WEB:10", code });
    for (const text of ["4006381333931", "OTP:", `OTP::${code}`, "OTP:WEB-1:xyz"])
      expect(readPickupQr(text)).toBeNull();
  });
});

describe("reserved online, paid in the store", () => {
  const lines = [
    orderLine({ name: "lamp", quantity: 3, price: 1_000, total: 2_900 }),
    orderLine({ name: "book", price: 999 }),
  ];
  const unpaid = (paid: number): StoreOrder => readyOrder({ lines, payment: "atPickup", paid: eur(paid) });
  const empty = openBasket({ id: idOf<"Basket">("b"), staff: idOf<"Staff">("mira"), at: NOON });
  const collect = (order: StoreOrder) => {
    const handOver = {
      lines: allThatIsDue(order.fulfilment),
      proof: { kind: "code" } as const,
      override: null,
    };
    const basket = collectInto({ basket: empty, order, taxMode: "inclusive", handOver, at: NOON });
    if (!basket.ok) throw new Error(basket.reason);
    return basket.value;
  };

  test("costs what was promised, not what the shelf says", () => {
    const order = unpaid(0);
    expect(dueAtPickup(order)).toEqual(eur(3_899));
    expect(paymentOf({ basket: collect(order), tax: GERMANY, currency: EUR }).due).toEqual(eur(3_899));
  });

  test("what was paid online is off what is due, and stands on the ticket; change is given for the rest", () => {
    const basket = collect(unpaid(1_000));
    expect(paymentOf({ basket, tax: GERMANY, currency: EUR }).remaining).toEqual(eur(2_899));
    const cash = { id: idOf<"Tender">("t"), kind: "cash", tendered: eur(3_000) } as const;
    const paid = addTender({ basket, tender: cash, tax: GERMANY, currency: EUR, at: NOON });
    if (!paid.ok) throw new Error(paid.reason);
    const ticket = completeTicket({
      basket: paid.value,
      tax: GERMANY,
      currency: EUR,
      timeZone: "Europe/Berlin",
      id: idOf<"Ticket">("ticket"),
      number: idOf<"ReceiptNumber">("BER1-01-000001"),
      store: BERLIN,
      device: DESK,
      staff: idOf<"Staff">("mira"),
      at: NOON,
    });
    expect(ticket).toMatchObject({
      value: {
        totals: { due: eur(3_899) },
        tenders: [
          { kind: "paidOnline", amount: eur(1_000) },
          { kind: "cash", change: eur(101) },
        ],
      },
    });
    if (!ticket.ok) throw new Error(ticket.reason);
    expect(movementsOfTicket(ticket.value), "goods move with the hand-out").toEqual([]);
  });

  test("an order's lines stay as they were ordered, and what is bought on top is an ordinary line", () => {
    const basket = collect(unpaid(0));
    const line = idOf<"Line">("line-lamp");
    expect(removeLine({ basket, line, at: NOON })).toMatchObject({ reason: "orderLine" });
    expect(changeQuantity({ basket, line, quantity: 1, at: NOON })).toMatchObject({ reason: "orderLine" });
    const { quantity: _, discount: __, order: ___, ...item } = basket.lines[0]!;
    const more = addItem({ basket, item: { ...item, id: idOf<"Line">("more") }, quantity: 1, at: NOON });
    expect(more).toMatchObject({ ok: true });
    if (more.ok) expect(more.value.lines).toHaveLength(3);
  });

  test("a paid order asks for nothing, and a basket that holds something else is left alone", () => {
    expect(collect(readyOrder({ lines })).lines).toEqual([]);
    const { lines: busy, collecting } = collect(unpaid(0));
    if (collecting === undefined) throw new Error("it collects nothing");
    const tender = { id: idOf<"Tender">("t"), kind: "cash", tendered: eur(3_000) } as const;
    const cardRequest = {
      service: "s",
      tender: idOf<"Tender">("t"),
      act: "pay",
      amount: eur(100),
      at: NOON,
    } as const;
    const { contact } = unpaid(0);
    const ordering = {
      order: idOf<"Order">("o"),
      delivery: { kind: "pickup", store: BERLIN },
      contact,
    } as const;
    const returning = {
      standings: [],
      lines: [],
      promotions: "recompute",
      override: null,
      identity: null,
    } as const;
    const something: readonly Partial<Basket>[] = [
      { lines: busy },
      { tenders: [tender] },
      { cardRequest },
      { returning },
      { ordering },
      { collecting },
    ];
    const handOver = { lines: [], proof: { kind: "code" } as const, override: null };
    for (const held of something)
      expect(
        collectInto({
          basket: { ...empty, ...held },
          order: unpaid(0),
          taxMode: "inclusive",
          handOver,
          at: NOON,
        }),
        Object.keys(held).join(),
      ).toMatchObject({ reason: "basketNotEmpty" });
  });

  test("a coupon that the shop takes off the total alone is off at the till as well, of fewer pieces in proportion", () => {
    const order = readyOrder({ lines, payment: "atPickup", paid: eur(0), total: eur(2_999) });
    const dueOf = (part: StoreOrder) => paymentOf({ basket: collect(part), tax: GERMANY, currency: EUR }).due;
    expect([dueAtPickup(order), dueOf(order)]).toEqual([eur(2_999), eur(2_999)]);
    const [first, ...rest] = order.fulfilment.lines;
    const left = {
      ...order,
      fulfilment: { ...order.fulfilment, lines: [{ ...first!, missing: 1 }, ...rest] },
    };
    expect(dueOf(left)).toEqual(dueAtPickup(left));
    expect(dueAtPickup(left).minor).toBeLessThan(2_999);
    expect(dueAtPickup(left).minor).toBeGreaterThan(0);
  });

  test("pieces that went missing are not paid for", () => {
    const order = unpaid(0);
    const short = actOn(
      asStoreOrder(routedOrder({ lines, payment: "atPickup", paid: eur(0) })).fulfilment,
      {
        type: "picked",
        lines: [{ line: idOf<"Line">("line-lamp"), quantity: 2, substitute: null }],
        shelf: "",
        rest: "refundRest",
      },
      AT_DESK,
    );
    const left = { ...order, fulfilment: short };
    expect(dueAtPickup(left)).toEqual(paymentOf({ basket: collect(left), tax: GERMANY, currency: EUR }).due);
  });
});

describe("reserved online, and found in two stores", () => {
  const LAMP = idOf<"Line">("line-lamp");
  const lines = [
    orderLine({ name: "lamp", quantity: 3, price: 1_000, total: 2_700 }),
    orderLine({ name: "book", price: 999 }),
  ];
  const found = [
    { line: LAMP, quantity: 2, substitute: null },
    { line: idOf<"Line">("line-book"), quantity: 1, substitute: null },
  ];

  /** Berlin has all but a lamp, which Hamburg has. */
  function shared(paid: number): Order {
    const whole = routedOrder({ lines, payment: "atPickup", paid: eur(paid) });
    const act = { type: "picked", lines: found, shelf: "", rest: "rerouteRest" } as const;
    const order = actOnOrder({ order: whole, fulfilment: whole.fulfilments[0]!, act, context: AT_DESK });
    const id = idOf<"Fulfilment">("fulfilment-2");
    const part = {
      id,
      order,
      store: HAMBURG,
      needs: openNeeds(order),
      pickup: null,
      at: NOON,
      promisedAt: NOON,
    };
    const hamburgs = newFulfilment(part);
    const all = [{ line: LAMP, quantity: 1, substitute: null }];
    const ready = { type: "picked", lines: all, shelf: "", rest: null } as const;
    return withFulfilment(order, actOn(hamburgs, ready, AT_DESK));
  }

  const dueOf = (order: Order) =>
    order.fulfilments.map(
      (fulfilment) => dueAtPickup(storeOrderOf({ order, fulfilment, lease: null })).minor,
    );

  /** What is due of a part is paid, and it changes hands. */
  function collected(order: Order, index: number): Order {
    const fulfilment = order.fulfilments[index]!;
    const proof = { kind: "code" } as const;
    const handOver = { lines: allThatIsDue(fulfilment), proof, override: null };
    const blank = openBasket({ id: idOf<"Basket">("b"), staff: idOf<"Staff">("mira"), at: NOON });
    const mine = storeOrderOf({ order, fulfilment, lease: null });
    const basket = collectInto({ basket: blank, order: mine, taxMode: "inclusive", handOver, at: NOON });
    if (!basket.ok) throw new Error(basket.reason);
    const tender = { id: idOf<"Tender">("t"), kind: "cash", tendered: eur(9_000) } as const;
    const paid = addTender({ basket: basket.value, tender, tax: GERMANY, currency: EUR, at: NOON });
    if (!paid.ok) throw new Error(paid.reason);
    const ticket = completeTicket({
      basket: paid.value,
      tax: GERMANY,
      currency: EUR,
      timeZone: "Europe/Berlin",
      id: idOf<"Ticket">("ticket"),
      number: idOf<"ReceiptNumber">("BER1-01-000001"),
      store: BERLIN,
      device: DESK,
      staff: idOf<"Staff">("mira"),
      at: NOON,
    });
    if (!ticket.ok) throw new Error(ticket.reason);
    const act = { type: "handedOver", ...handOver } as const;
    const handed = actOnOrder({ order, fulfilment, act, context: AT_DESK });
    return withPaidPart(handed, fulfilment, ticket.value);
  }

  test.each([
    [0, [0, 1]],
    [0, [1, 0]],
    [500, [0, 1]],
    [500, [1, 0]],
  ])(
    "with %i paid online, each counter takes what its part costs, whichever comes first",
    (paid, [first, second]) => {
      const before = shared(paid);
      expect(dueOf(before)).toEqual([2_799 - paid, 900 - paid]);
      const once = collected(before, first!);
      expect(once.payment).toMatchObject({ state: "toPayAtPickup" });
      const due = dueOf(once);
      expect([due[first!], due[second!]]).toEqual([0, second === 1 ? 900 : 2_799]);
      expect(collected(once, second!).payment).toMatchObject({ state: "paid", paid: eur(3_699) });
    },
  );

  test("what nobody knows yet what it is is still to be paid", () => {
    const unknown = { ...orderLine({ name: "cup", price: 500 }), variant: null };
    const order = shared(0);
    const once = collected(collected({ ...order, lines: [...order.lines, unknown] }, 0), 1);
    expect(once.payment).toMatchObject({ state: "toPayAtPickup" });
  });

  test("what is still to be paid is nothing any more once the rest is given up", () => {
    const order = giveUp(collected(shared(0), 0), [{ line: LAMP, quantity: 1 }]);
    expect(order.payment).toMatchObject({ state: "paid", paid: eur(2_799), refunded: eur(0) });
  });
});

describe("reserved online where prices are without tax", () => {
  const LAMP = idOf<"Line">("line-lamp");
  const BOOK = idOf<"Line">("line-book");
  const lines = [
    orderLine({ name: "lamp", quantity: 2, price: 4_000 }),
    orderLine({ name: "book", price: 2_000 }),
  ];
  const reserved = (total: number) =>
    ({ lines, payment: "atPickup", paid: eur(0), total: eur(total) }) as const;
  const pick = (lamps: number) =>
    ({
      type: "picked",
      lines: [
        { line: LAMP, quantity: lamps, substitute: null },
        { line: BOOK, quantity: 1, substitute: null },
      ],
      shelf: "",
      rest: "refundRest",
    }) as const;
  const shortOrder = (total: number): StoreOrder => {
    const order = asStoreOrder(routedOrder(reserved(total)));
    return { ...order, fulfilment: actOn(order.fulfilment, pick(1), AT_DESK) };
  };
  const collect = (order: StoreOrder, tax: TaxSetup) => {
    const basket = openBasket({ id: idOf<"Basket">("b"), staff: idOf<"Staff">("mira"), at: NOON });
    const proof = { kind: "code" } as const;
    const handOver = { lines: allThatIsDue(order.fulfilment), proof, override: null };
    const collecting = collectInto({
      basket,
      order,
      handOver,
      taxMode: tax.mode,
      at: NOON,
    });
    if (!collecting.ok) throw new Error(collecting.reason);
    return collecting.value;
  };
  const dueOf = (order: StoreOrder, tax: TaxSetup) =>
    paymentOf({ basket: collect(order, tax), tax, currency: EUR }).due;

  test("a till that adds the tax asks for what the shop's total says, of fewer pieces less", () => {
    const whole = readyOrder(reserved(10_888));
    expect([dueAtPickup(whole), dueOf(whole, NEW_YORK)]).toEqual([eur(10_888), eur(10_888)]);
    const short = shortOrder(10_888);
    expect([dueAtPickup(short), dueOf(short, NEW_YORK)]).toEqual([eur(6_533), eur(6_533)]);
  });

  test("a till whose prices have the tax in them puts it on the lines", () => {
    const whole = readyOrder(reserved(11_900));
    expect([dueAtPickup(whole), dueOf(whole, GERMANY)]).toEqual([eur(11_900), eur(11_900)]);
    const short = shortOrder(11_900);
    expect([dueAtPickup(short), dueOf(short, GERMANY)]).toEqual([eur(7_140), eur(7_140)]);
    const [lamp] = collect(short, GERMANY).lines;
    expect(lamp).toMatchObject({ unitPrice: eur(4_760), quantity: 1, discount: null });
  });

  test("what another store has of it is not paid here", () => {
    const order = routedOrder(reserved(11_900));
    const whole = order.fulfilments[0]!;
    const part = (lamps: number, books: number): StoreOrder => {
      const [lamp, book] = whole.lines;
      const mine = [
        { ...lamp!, quantity: lamps },
        { ...book!, quantity: books },
      ].filter(({ quantity }) => quantity > 0);
      return storeOrderOf({ order, fulfilment: { ...whole, lines: mine }, lease: null });
    };
    for (const [lamps, books, due] of [
      [1, 0, 4_760],
      [2, 0, 9_520],
      [1, 1, 7_140],
    ] as const) {
      const here = part(lamps, books);
      expect([dueAtPickup(here), dueOf(here, GERMANY)]).toEqual([eur(due), eur(due)]);
    }
  });

  test("whatever the tax and the discounts, and however many are missing, such a till asks to the cent for what is due", () => {
    const some = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      price: fc.nat({ max: 9_999 }),
      off: fc.nat({ max: 9_999 }),
      found: fc.nat({ max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 4 }), fc.nat({ max: 9_999 }), (wanted, extra) => {
        const ordered = wanted.map(({ quantity, price, off }, index) =>
          orderLine({ name: `${index}`, quantity, price, total: Math.max(0, price * quantity - off) }),
        );
        const total = eur(ordered.reduce((sum, line) => sum + line.total.minor, extra));
        const order = asStoreOrder(routedOrder({ ...reserved(0), lines: ordered, total }));
        const found = ordered.map(({ id, quantity }, index) => ({
          line: id,
          quantity: Math.min(quantity, wanted[index]!.found),
          substitute: null,
        }));
        const fulfilment = actOn(order.fulfilment, { ...pick(0), lines: found }, AT_DESK);
        const left = { ...order, fulfilment };
        expect(dueOf(left, GERMANY)).toEqual(dueAtPickup(left));
      }),
    );
  });

  test("the tax that was paid at the till counts as paid, and comes back with what is not collected", () => {
    const routed = routedOrder(reserved(10_888));
    const basket = collect(readyOrder(reserved(10_888)), NEW_YORK);
    const tender = { id: idOf<"Tender">("t"), kind: "cash", tendered: eur(10_888) } as const;
    const paid = addTender({ basket, tender, tax: NEW_YORK, currency: EUR, at: NOON });
    if (!paid.ok) throw new Error(paid.reason);
    const ticket = completeTicket({
      basket: paid.value,
      tax: NEW_YORK,
      currency: EUR,
      timeZone: "America/New_York",
      id: idOf<"Ticket">("ticket"),
      number: idOf<"ReceiptNumber">("NYC1-01-000001"),
      store: BERLIN,
      device: DESK,
      staff: idOf<"Staff">("mira"),
      at: NOON,
    });
    if (!ticket.ok) throw new Error(ticket.reason);
    const payment = paymentAfter(routed.payment, ticket.value);
    expect(payment).toMatchObject({ state: "paid", paid: eur(10_888) });
    const left = giveUp({ ...routed, payment }, [{ line: BOOK, quantity: 1 }]);
    expect(left.payment).toMatchObject({ state: "paid", refunded: eur(2_178) });
  });
});

test("the pieces of a line cost together what the line costs, and never fall in price as more are taken", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 99_999 }), (quantity, minor) => {
      const line = { quantity, total: eur(minor) };
      const prices = Array.from({ length: quantity + 1 }, (_, pieces) => totalOfPieces(line, pieces).minor);
      expect(prices.at(-1)).toBe(minor);
      expect(prices.every((price, index) => price >= (prices[index - 1] ?? 0))).toBe(true);
    }),
  );
});

test("what the till itself did shows at once, and an act on an order it does not know shows nothing", () => {
  const order = readyOrder();
  const fact = {
    type: "order.handedOver",
    fulfilment: order.id,
    ticket: null,
    lines: allThatIsDue(order.fulfilment),
    proof: { kind: "code" },
    override: null,
  } as const;
  const entry = {
    id: idOf<"Entry">("e"),
    device: DESK,
    epoch: 1,
    seq: 2,
    store: BERLIN,
    staff: idOf<"Staff">("mira"),
    at: NOON,
    fact,
    prev: "",
    hash: "",
    signature: "",
  };
  const foreign = { ...entry, fact: { ...fact, fulfilment: idOf<"Fulfilment">("unknown") } };
  const folded = foldOrders({
    orders: new Map([[order.id, order]]),
    pending: [entry, foreign],
    keepReadyMs: AT_DESK.keepReadyMs,
  });
  expect([...folded.values()].map(({ fulfilment }) => fulfilment.state)).toEqual(["collected"]);
});
