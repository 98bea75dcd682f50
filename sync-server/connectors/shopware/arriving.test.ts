import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerForTests } from "../../server-for-tests.ts";
import { connectShop } from "../../testing/connectors.ts";
import { createInbox, type Inbox } from "../inbox.ts";
import { shopwareDriver } from "./driver.ts";
import {
  connector,
  hex,
  ORDER_ID,
  orderPayload,
  signed,
  transaction,
  webhookBody,
} from "./payloads-for-tests.ts";

let server: ServerForTests;
let inbox: Inbox;
beforeEach(async () => {
  server = await ServerForTests.open();
  await connectShop(server.storage, connector);
  inbox = createInbox({ ...server.deps, drivers: { shopware: shopwareDriver }, chance: () => 0 });
});
afterEach(() => server.close());

const BEGUN = "state_enter.order.state.in_progress";
const payment = (change: string) => `state_enter.order_transaction.state.${change}`;

let sent = 0;

/** A message about an order whose payment was last written at `paid` and the order itself at `written` (minutes past ten). */
async function send(
  event: string,
  { paid, written, ...change }: { paid?: number; written?: number } & Record<string, unknown>,
): Promise<string> {
  sent += 1;
  const at = (minutes?: number) => (minutes === undefined ? null : `2026-11-20T10:${minutes}:00.000+00:00`);
  const transactions = [transaction("open", { updatedAt: at(paid) })];
  const order = orderPayload({ transactions, updatedAt: at(written), ...change });
  const body = webhookBody({ order }, { event, source: { eventId: hex(sent) } });
  return inbox.receive(connector.id, signed(JSON.stringify(body)));
}

const found = () => server.deps.orders.find({ channel: "web", externalId: ORDER_ID });

test("an order paid by card is placed once it is paid, and refunded as the shop refunds it", async () => {
  await send("checkout.order.placed", {});
  expect(await found()).toBeNull();
  await send(payment("paid"), { paid: 20 });
  expect(await found()).toMatchObject({ payment: { state: "paid", paid: { minor: 6_997 } } });
  await send(payment("refunded"), { paid: 30 });
  expect(await found()).toMatchObject({ payment: { refunded: { minor: 6_997 } } });
});

test("an order whose messages overtake each other is placed as well", async () => {
  await send(BEGUN, { paid: 20, written: 21 });
  await send("checkout.order.placed", {});
  expect(await found()).toBeNull();
  await send(payment("paid"), { paid: 20 });
  expect(await found()).toMatchObject({ payment: { state: "paid" } });
});

test("an order to be paid by invoice is placed even after a word that does not say so", async () => {
  await send(BEGUN, { written: 21 });
  const paymentMethod = { technicalName: "payment_invoicepayment", handlerIdentifier: null };
  await send("checkout.order.placed", { transactions: [transaction("open", { paymentMethod })] });
  expect(await found()).toMatchObject({ payment: { state: "authorised" } });
});

test("what a later word does not say of the payment stays as it was", async () => {
  await send(payment("refunded"), { paid: 30 });
  const before = await found();
  await send(BEGUN, { paid: 30, written: 40 });
  expect(before).toMatchObject({ payment: { refunded: { minor: 6_997 } } });
  expect((await found())?.payment).toEqual(before?.payment);
  await send("state_enter.order.state.cancelled", {
    paid: 30,
    written: 50,
    stateMachineState: { technicalName: "cancelled" },
  });
  expect(await found()).toMatchObject({ cancelledAt: expect.any(Number), payment: before?.payment });
});
