import { describe, expect, test } from "vitest";
import type { SeenOrder } from "../port.ts";
import {
  connector,
  delivery,
  eur,
  hex,
  orderPayload,
  transaction,
  webhookBody,
} from "./payloads-for-tests.ts";
import { readWebhook } from "./read.ts";

function seen(event: string, change: Record<string, unknown> = {}, body?: unknown): SeenOrder {
  const sent = body ?? webhookBody({ order: orderPayload(change) }, { event });
  const reading = readWebhook({ delivery: "d", topic: event, body: sent }, connector);
  if (!("kind" in reading) || reading.kind !== "order") throw new Error(JSON.stringify(reading));
  return reading.order;
}

const PAID = "state_enter.order_transaction.state.paid";
const BEGUN = "state_enter.order.state.in_progress";

/** What the payment is in the shop does not matter: the message does not say it. */
function at(time: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  return transaction("paid", { updatedAt: `2026-11-20T${time}.000+00:00`, ...change });
}

describe("a payment's change of state", () => {
  test.each([
    ["open", "waiting"],
    ["in_progress", "waiting"],
    ["failed", "waiting"],
    ["cancelled", "waiting"],
    ["paid_partially", "waiting"],
    ["authorized", "toDo"],
    ["paid", "toDo"],
    ["refunded_partially", "toDo"],
  ])("to %s leaves the order %s", (state, release) => {
    expect(seen(`state_enter.order_transaction.state.${state}`).release).toBe(release);
  });

  test("says that it is paid, and that it was given back", () => {
    expect(seen(PAID).request.payment).toEqual({ kind: "paid", paid: eur(6_997) });
    expect(seen("state_enter.order_transaction.state.refunded").refunded).toEqual(eur(6_997));
  });

  test("is that of the payment that was changed last", () => {
    const retried = { id: hex(701), createdAt: "2026-11-20T10:30:00.000+00:00" };
    const newer = transaction("paid", retried);
    const refunded = "state_enter.order_transaction.state.refunded";
    // The customer paid another way; the payment before it comes back.
    expect(seen(refunded, { transactions: [newer, at("11:00:00")] }).refunded).toEqual(eur(0));
    // Paid after all by the first way: it is paid, whatever became of the other.
    expect(seen(PAID, { transactions: [newer, at("11:00:00")] }).release).toBe("toDo");
    expect(seen(refunded, { transactions: [at("10:20:00"), newer] }).refunded).toEqual(eur(6_997));
  });

  test("does not outdo what a shop before 6.6 says of it", () => {
    const told = webhookBody({ order: orderPayload({ transactions: [transaction("refunded")] }) });
    expect(seen(PAID, {}, told).refunded).toEqual(eur(6_997));
  });
});

describe("a change that does not say how the payment stands", () => {
  test("says nothing of money, and releases nothing", () => {
    const { request, refunded, release } = seen(BEGUN);
    expect([request.payment, refunded, release]).toEqual([
      { kind: "authorised", paid: eur(0) },
      eur(0),
      "waiting",
    ]);
    const paymentMethod = { technicalName: "payment_cashpayment", handlerIdentifier: null };
    expect(seen(BEGUN, { transactions: [transaction("open", { paymentMethod })] }).release).toBe("waiting");
  });

  test("made after the payment does not make the word of the payment outdated", () => {
    const transactions = [at("11:00:00")];
    const paid = seen(PAID, { transactions });
    const begun = seen(BEGUN, { transactions, updatedAt: "2026-11-20T11:00:01.000+00:00" });
    expect(begun.updatedAt).toBe(paid.updatedAt);
    const placed = seen("checkout.order.placed");
    expect(seen(BEGUN, { updatedAt: "2026-11-21T11:00:00.000+00:00" }).updatedAt).toBe(placed.updatedAt);
  });

  test("cancels as new as it is", () => {
    const updatedAt = "2026-11-21T11:00:00.000+00:00";
    const cancelled = seen("state_enter.order.state.cancelled", { stateMachineState: null, updatedAt });
    expect(cancelled).toMatchObject({
      cancelled: { reason: "Cancelled in the shop" },
      updatedAt: Date.parse(updatedAt),
    });
  });

  test("says what the shop itself has sent", () => {
    const deliveries = [delivery("shipping_standard")];
    const shipped = "state_enter.order_delivery.state";
    expect(seen(`${shipped}.shipped`, { deliveries }).fulfilledThere).toBe("all");
    expect(seen(`${shipped}.shipped_partially`, { deliveries }).fulfilledThere).toBe("part");
    expect(seen(`${shipped}.open`, { deliveries }).fulfilledThere).toBe("nothing");
  });
});
