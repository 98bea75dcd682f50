import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FulfilmentId, idOf, instant } from "../ids.ts";
import { AT_DESK, HOUR_MS, NOON, orderLine, routedOrder } from "../testing/orders.ts";
import { eur } from "../testing/shop.ts";
import { givenUpOf } from "./giving-up.ts";
import { allThatIsDue } from "./goods.ts";
import { editedByHq, type HqEdit, refundableOf, refundedByHq } from "./hq-edit.ts";
import type { Order } from "./order.ts";
import { actOnOrder } from "./routing.ts";
import { editedByShop, SAYS_NOTHING } from "./shop-edit.ts";

const LAMP = idOf<"Line">("line-lamp");
const BOOK = idOf<"Line">("line-book");
const context = { ...AT_DESK, by: { kind: "hq", who: "Ines" } } as const;
const LINES = [
  orderLine({ name: "lamp", quantity: 2, price: 4_000 }),
  orderLine({ name: "book", price: 2_000 }),
];
const edit = (change: Partial<HqEdit>): HqEdit => ({
  contact: null,
  address: null,
  note: null,
  pieces: [],
  collectBy: [],
  reason: "The customer rang",
  ...change,
});
const edited = (order: Order, change: Partial<HqEdit>) => editedByHq(order, { edit: edit(change), context });
const refunded = (order: Order, minor: number) =>
  refundedByHq(order, { amount: eur(minor), reason: "A scratch", context });

function done(order: ReturnType<typeof edited> | ReturnType<typeof refunded>): Order {
  if (!order.ok) throw new Error(order.reason);
  return order.value;
}

function ready(): Order {
  const order = routedOrder({ lines: LINES });
  const lines = order.lines.map(({ id, quantity }) => ({ line: id, quantity, substitute: null }));
  const act = { type: "picked", lines, shelf: "A1", rest: null } as const;
  return actOnOrder({ order, fulfilment: order.fulfilments[0]!, act, context: AT_DESK });
}

function partlyHanded(): Order {
  const order = ready();
  const fulfilment = order.fulfilments[0]!;
  const lines = allThatIsDue(fulfilment)
    .filter(({ line }) => line === LAMP)
    .map((line) => ({ ...line, quantity: 1 }));
  const act = { type: "handedOver", lines, proof: { kind: "code" }, override: null } as const;
  return actOnOrder({ order, fulfilment, act, context: AT_DESK });
}

describe("what HQ changes of an order", () => {
  test("is noted with who, why and which parts, and never with what was said of the customer", () => {
    const contact = { name: "Ada Berg", email: "ada@berg.example", phone: null };
    const after = done(edited(routedOrder({ lines: LINES }), { contact, note: "Ring twice" }));
    expect(after.contact).toMatchObject(contact);
    expect(after.changes).toEqual([
      {
        at: NOON,
        by: context.by,
        reason: "The customer rang",
        what: { kind: "edited", fields: ["contact", "note"] },
      },
    ]);
    expect(JSON.stringify(after.changes)).not.toContain("berg");
  });

  test("fewer pieces are given up and what was paid for them is to be given back", () => {
    const after = done(edited(routedOrder({ lines: LINES }), { pieces: [{ line: LAMP, quantity: 1 }] }));
    expect(givenUpOf(after, LAMP)).toBe(1);
    expect(after.payment.refunded).toEqual(eur(4_000));
    expect(after.fulfilments[0]?.lines.find(({ line }) => line === LAMP)?.missing).toBe(1);
  });

  test("a part that nothing is left of is over, so that what was picked is put back", () => {
    const none = [
      { line: LAMP, quantity: 0 },
      { line: BOOK, quantity: 0 },
    ];
    const after = done(edited(ready(), { pieces: none }));
    expect(after.fulfilments[0]?.state).toBe("cancelled");
    expect(after.payment).toMatchObject({ state: "refunded", refunded: eur(10_000) });
  });

  test("parcels that are ready are kept longer", () => {
    const order = ready();
    const { id } = order.fulfilments[0]!;
    const until = instant(NOON + 240 * HOUR_MS);
    const after = done(edited(order, { collectBy: [{ fulfilment: id, at: until }] }));
    expect(after.fulfilments[0]?.collectBy).toBe(until);
    expect(after.changes?.[0]?.what).toEqual({ kind: "edited", fields: ["collectBy"] });
  });

  test.each([
    ["nothing that is not so already", { note: "" }, "nothingChanges"],
    ["more than was ordered", { pieces: [{ line: LAMP, quantity: 3 }] }, "moreThanOrdered"],
    ["a line that it has not", { pieces: [{ line: idOf<"Line">("x"), quantity: 0 }] }, "unknownLine"],
    [
      "an address where it is collected",
      { address: { name: "A", lines: ["B 1"], postcode: "1", city: "C", country: "DE" } },
      "alreadySent",
    ],
    [
      "how long what is not ready is kept",
      { collectBy: [{ fulfilment: "x" as FulfilmentId, at: NOON }] },
      "notReady",
    ],
  ] as const)("is refused whole: %s", (_, change, reason) => {
    expect(edited(routedOrder({ lines: LINES }), change as Partial<HqEdit>)).toEqual({ ok: false, reason });
  });

  test("what the customer has already cannot be unwanted, nor a parcel be due in the past", () => {
    expect(edited(partlyHanded(), { pieces: [{ line: LAMP, quantity: 0 }] })).toMatchObject({
      reason: "alreadyHanded",
    });
    const order = ready();
    const { id } = order.fulfilments[0]!;
    expect(edited(order, { collectBy: [{ fulfilment: id, at: NOON }] })).toMatchObject({
      reason: "inThePast",
    });
  });
});

describe("what HQ gives back besides goods", () => {
  test("is no more than was paid online and is noted", () => {
    const after = done(refunded(routedOrder({ lines: LINES }), 1_500));
    expect(after.payment).toMatchObject({ state: "paid", refunded: eur(1_500) });
    expect(after.changes?.[0]?.what).toEqual({ kind: "refunded", amount: eur(1_500) });
    expect(refundableOf(after)).toEqual(eur(8_500));
    expect(refunded(after, 8_501)).toMatchObject({ reason: "moreThanPaid" });
    expect(done(refunded(after, 8_500)).payment.state).toBe("refunded");
    expect(refunded(after, 0)).toMatchObject({ reason: "nothingToGiveBack" });
  });

  test("is given once, however often it is asked for with one id", () => {
    const give = (order: Order, id: string) =>
      done(refundedByHq(order, { id, amount: eur(500), reason: "A scratch", context }));
    const once = give(routedOrder({ lines: LINES }), "refund-1");
    expect(give(once, "refund-1")).toBe(once);
    expect(give(once, "refund-2").payment.refunded).toEqual(eur(1_000));
    for (const other of [
      { amount: eur(300), reason: "A scratch" },
      { amount: eur(500), reason: "A dent" },
    ])
      expect(refundedByHq(once, { id: "refund-1", ...other, context })).toMatchObject({
        reason: "otherUnderId",
      });
  });

  test("is nothing of what is paid in a store: that is given back there", () => {
    const till = routedOrder({ lines: LINES, channel: idOf<"Channel">("till") });
    expect(refunded(till, 100)).toMatchObject({ reason: "paidInStore" });
    const later = routedOrder({ lines: LINES, payment: "atPickup", paid: eur(0) });
    expect(refunded(later, 100)).toMatchObject({ reason: "paidInStore" });
    expect(refundableOf(later)).toEqual(eur(0));
  });

  test("is not taken for what the shop owes for pieces that it takes off the order itself", () => {
    const shop = { ...AT_DESK, by: { kind: "shop", channel: idOf<"Channel">("web") } } as const;
    const pieces = fc.record({
      lamps: fc.integer({ min: 0, max: 2 }),
      books: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.array(fc.oneof(pieces, fc.constant("gift" as const)), { maxLength: 6 }),
        fc.boolean(),
        (minor, acts, hasGivenBack) => {
          let told = 0;
          const after = acts.reduce(
            (order, act) => {
              if (act === "gift") {
                const next = refunded(order, minor);
                return next.ok ? next.value : order;
              }
              const stillWanted = [
                { line: LAMP, quantity: act.lamps },
                { line: BOOK, quantity: act.books },
              ];
              const word = { ...SAYS_NOTHING, stillWanted, refunded: eur(told), cancelled: null };
              const next = editedByShop({ order, edit: word, context: shop }).order;
              told = hasGivenBack ? next.payment.refunded.minor : told;
              return next;
            },
            routedOrder({ lines: LINES }),
          );
          const gifts = (after.changes ?? []).filter(({ what }) => what.kind === "refunded").length * minor;
          const worth = givenUpOf(after, LAMP) * 4_000 + givenUpOf(after, BOOK) * 2_000;
          const { paid, refunded: given } = after.payment;
          expect(given.minor).toBe(Math.min(paid.minor, gifts + worth));
        },
      ),
    );
  });

  test("in whatever order gestures and unwanted pieces come, the same is given back, and never more than was paid", () => {
    const gift = fc.record({ kind: fc.constant("gift" as const), minor: fc.integer({ min: 1, max: 6_000 }) });
    const less = fc.record({
      kind: fc.constant("less" as const),
      line: fc.constantFrom(LAMP, BOOK),
      quantity: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(gift, less), { maxLength: 8 }), (acts) => {
        const after = acts.reduce(
          (order, act) => {
            const next =
              act.kind === "gift"
                ? refunded(order, act.minor)
                : edited(order, { pieces: [{ line: act.line, quantity: act.quantity }] });
            return next.ok ? next.value : order;
          },
          routedOrder({ lines: LINES }),
        );
        const { paid, refunded: given } = after.payment;
        expect(given.minor).toBeGreaterThanOrEqual(0);
        expect(given.minor).toBeLessThanOrEqual(paid.minor);
        const gifts = (after.changes ?? []).reduce(
          (sum, { what }) => sum + (what.kind === "refunded" ? what.amount.minor : 0),
          0,
        );
        const worth = givenUpOf(after, LAMP) * 4_000 + givenUpOf(after, BOOK) * 2_000;
        expect(given.minor).toBe(Math.min(paid.minor, gifts + worth));
      }),
    );
  });
});
