import { describe, expect, test } from "vitest";
import type { SeenOrder } from "../port.ts";
import {
  connector,
  delivery,
  eur,
  item,
  orderPayload,
  transaction,
  webhookBody,
} from "./payloads-for-tests.ts";
import { readWebhook } from "./read.ts";

function seen(change: Record<string, unknown>, event = "checkout.order.placed"): SeenOrder {
  const body = webhookBody({ order: orderPayload(change) }, { event });
  const reading = readWebhook({ delivery: "d", topic: event, body }, connector);
  if (!("kind" in reading) || reading.kind !== "order") throw new Error(JSON.stringify(reading));
  return reading.order;
}

const COLLECT = { deliveries: [delivery("shipping_collect_berlin")], shippingTotal: 0, amountTotal: 64.98 };

describe("payment", () => {
  const paidBy = (handlerIdentifier: string) => ({
    paymentMethod: { technicalName: null, handlerIdentifier },
  });
  const cash = paidBy("Shopware\\Core\\Checkout\\Payment\\Cart\\PaymentHandler\\CashPayment");
  const capture = { amount: { totalPrice: 20 }, stateMachineState: { technicalName: "completed" } };

  test.each([
    ["open", "waiting"],
    ["in_progress", "waiting"],
    ["failed", "waiting"],
    ["cancelled", "waiting"],
    ["paid_partially", "waiting"],
    ["authorized", "toDo"],
    ["paid", "toDo"],
  ])("that is %s leaves the order %s", (state, release) => {
    expect(seen({ transactions: [transaction(state)] }).release).toBe(release);
    expect(seen({ transactions: [] }).release).toBe("waiting");
  });

  test("in the store is due as the order is collected", () => {
    const { request, release } = seen({ ...COLLECT, transactions: [transaction("open", cash)] });
    expect([request.payment, release]).toEqual([{ kind: "atPickup", paid: eur(0) }, "toDo"]);
  });

  test("in the store of a fee for collecting stays in the total and is said in words", () => {
    const fee = {
      ...COLLECT,
      shippingTotal: 2,
      amountTotal: 66.98,
      transactions: [transaction("open", cash)],
    };
    const { request } = seen(fee);
    expect([request.shipping, request.total]).toEqual([eur(0), eur(6_698)]);
    expect(request.note).toMatch(/2\.00 are to be paid for the pickup too/);
  });

  test("to the carrier or by invoice is the shop's to collect", () => {
    const invoice = { paymentMethod: { technicalName: "payment_invoicepayment", handlerIdentifier: null } };
    for (const order of [
      { transactions: [transaction("open", cash)] },
      { ...COLLECT, transactions: [transaction("open", invoice)] },
    ])
      expect(seen(order)).toMatchObject({ request: { payment: { kind: "authorised" } }, release: "toDo" });
  });

  test("of a part counts where the captures say how much", () => {
    const transactions = [transaction("paid_partially", { captures: [capture] })];
    const { request, release } = seen({ ...COLLECT, transactions });
    expect([request.payment, release]).toEqual([{ kind: "atPickup", paid: eur(2_000) }, "toDo"]);
    expect(seen({ transactions }).release).toBe("waiting");
    const pending = { ...capture, stateMachineState: { technicalName: "pending" } };
    for (const captures of [null, [], [pending]])
      expect(seen({ ...COLLECT, transactions: [transaction("paid_partially", { captures })] }).release).toBe(
        "waiting",
      );
  });

  test("that was given back counts whole, or in part where the refunds say how much", () => {
    const all = seen(
      { transactions: [transaction("refunded")] },
      "state_enter.order_transaction.state.refunded",
    );
    expect([all.refunded, all.request.payment]).toEqual([eur(6_997), { kind: "paid", paid: eur(6_997) }]);
    const event = "state_enter.order_transaction.state.refunded_partially";
    const refund = { ...capture, amount: { totalPrice: 4.99 } };
    const failed = { ...refund, stateMachineState: { technicalName: "failed" } };
    const captures = [{ ...capture, refunds: [refund, failed] }];
    expect(seen({ transactions: [transaction("refunded_partially", { captures })] }, event).refunded).toEqual(
      eur(499),
    );
    expect(seen({ transactions: [transaction("refunded_partially")] }, event).refunded).toEqual(eur(0));
  });

  test("is what the newest transaction says that is not void", () => {
    const older = transaction("failed", { createdAt: "2026-11-20T10:00:00.000+00:00" });
    const newer = transaction("paid", { createdAt: "2026-11-20T11:00:00.000+00:00" });
    const newest = transaction("cancelled", { createdAt: "2026-11-20T12:00:00.000+00:00" });
    expect(seen({ transactions: [newest, newer, older] }).request.payment.kind).toBe("paid");
  });

  test("of nothing is not waited for", () => {
    const free = { amountTotal: 0, shippingTotal: 0, lineItems: [item({ price: 0 })], transactions: [] };
    expect(seen(free)).toMatchObject({ request: { payment: { kind: "paid" } }, release: "toDo" });
  });
});
