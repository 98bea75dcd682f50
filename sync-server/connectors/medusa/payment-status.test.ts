import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orderSchema } from "./payload.ts";
import { EUR, orderPayload, paymentCollection } from "./payloads-for-tests.ts";
import { paymentStatusOf } from "./payment-status.ts";

type Change = Parameters<typeof paymentCollection>[0];

function statusOf(...collections: readonly Change[]): string {
  const payment_collections = collections.map((each) => paymentCollection(each));
  return paymentStatusOf(orderSchema.parse(orderPayload({ payment_collections })), EUR);
}

const OPEN = { status: "not_paid", authorized_amount: 0, payments: [] };
const CANCELLED = { status: "canceled", payments: [] };

describe("the payment status that an order does not say itself", () => {
  test.each<[string, ...Change[]]>([
    ["not_paid"],
    ["not_paid", OPEN],
    ["not_paid", { ...OPEN, status: "failed" }],
    ["awaiting", { ...OPEN, status: "awaiting" }],
    ["partially_authorized", { status: "partially_authorized", authorized_amount: 20 }],
    ["partially_authorized", {}, OPEN],
    ["authorized", {}],
    ["partially_captured", { captured: 20 }],
    ["partially_captured", { captured: 69.99 }, OPEN],
    ["captured", { captured: 69.99 }],
    ["captured", { captured: 69.99 }, CANCELLED],
    ["partially_refunded", { captured: 69.99, refunded: 4.5 }],
    ["partially_captured", { captured: 20, refunded: 4.5 }],
    ["refunded", { captured: 69.99, refunded: 69.99 }],
    ["canceled", CANCELLED],
  ])("is %s", (status, ...collections) => {
    expect(statusOf(...collections)).toBe(status);
  });

  test("is what the order says, where it says it", () => {
    const order = orderSchema.parse(orderPayload({ payment_status: "requires_action" }));
    expect(paymentStatusOf(order, EUR)).toBe("requires_action");
  });

  test("does not need the collection's own sums: its payments' bookings say the same", () => {
    const unsaid = { captured_amount: null, refunded_amount: null };
    expect(statusOf({ ...unsaid, captured: 69.99 })).toBe("captured");
    expect(statusOf({ ...unsaid, captured: 20 })).toBe("partially_captured");
    expect(statusOf({ ...unsaid, captured: 69.99, refunded: 1 })).toBe("partially_refunded");
  });

  test("of a captured collection whose status was left at authorised, as older versions did, is captured", () => {
    expect(statusOf({ captured: 69.99, status: "authorized" })).toBe("captured");
  });

  test("is no longer authorised once every payment was cancelled", () => {
    expect(statusOf({ payments: [{ canceled_at: "2026-11-21T08:00:00.000Z" }] })).toBe("canceled");
  });

  test("is captured as soon as all cents are, and not before", () => {
    const cents = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(cents, cents, (amount, captured) => {
        const status = captured >= amount ? "captured" : "partially_captured";
        expect(statusOf({ amount: amount / 100, captured: captured / 100 })).toBe(status);
      }),
    );
  });
});
