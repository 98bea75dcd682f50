import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { editOfRefunds } from "#domain/orders/shop-edit.ts";
import type { Purchase, PurchaseRef } from "#domain/returns/purchase.ts";
import { settledLeft } from "#domain/returns/returned.ts";
import { businessDayOf, daysAfter } from "#domain/store/business-day.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { receiptDocumentSchema } from "#protocol/documents/receipt.ts";
import { exceptionsAnswerSchema, orderDetailSchema } from "#protocol/hq/orders.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import { replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { tickTax } from "../stores/tick-tax.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { type Back, returnTicket } from "../testing/returns.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";

const STANDARD = idOf<"TaxClass">("standard");
const taxed = (id: string, ppm: number) => ({
  ...BERLIN,
  tax: { ...BERLIN.tax, classes: [{ id: STANDARD, name: "Standard", rates: [{ id, name: id, ppm }] }] },
});

let http: HttpForTests;
let bench: OrderBench;
let berlin: HttpTill;
let hamburg: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  bench = new OrderBench(http.parts.deps);
  await bench.stock(BERLIN, TEA, 5);
  await http.parts.deps.publisher.publish((publication) => publication.putStore(taxed("de-19", 190_000)));
  berlin = await http.pair("BER1");
  hamburg = await http.pair("HAM1");
  berlin.till.begin();
  hamburg.till.begin();
});
afterEach(() => http.close());

async function push(from: HttpTill, ...facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) from.till.write(fact);
  const answer = await (await http.push(from, from.till.entries)).json();
  expect(answer).toMatchObject({ ok: true });
}

const sold = (ticket: Ticket): Fact => ({ type: "ticket.completed", ticket });
const refOf = ({ id }: Pick<Order, "id">): PurchaseRef => ({ kind: "order", id });

/** Two teas for 7.00, paid online and collected in Berlin. */
async function collectedOrder(changes: Record<string, unknown> = {}): Promise<Order> {
  const { order } = await bench.place(changes);
  await push(berlin, picked(partOf(order)));
  await push(berlin, handedOver(await bench.part(order)));
  return bench.order(order);
}

async function takeBack(order: Order, back: Back = {}, till = hamburg): Promise<Ticket> {
  const ticket = returnTicket(till.till, refOf(order), back);
  await push(till, sold(ticket));
  return ticket;
}

const lineOne = idOf<"Line">("1");
const online = ({ id }: Order) => ({ kind: "online", order: id }) as const;

async function documents(of: HttpTill) {
  const answer = await http.ask("/sync/v1/replica/receipts", { token: of.token });
  const { documents: rows } = replicaAnswerSchema.parse(await answer.json());
  return rows.flatMap((row) => (row.deleted ? [] : [receiptDocumentSchema.parse(row.data)]));
}

async function purchaseAt(of: HttpTill, { id }: Pick<Order, "id">): Promise<Purchase | undefined> {
  const known = await documents(of);
  return known.flatMap((each) =>
    each.kind === "purchase" && each.purchase.ref.id === id ? [each.purchase] : [],
  )[0];
}

async function detail({ id }: Pick<Order, "id">) {
  return orderDetailSchema.parse(await (await http.hq(`/hq/v1/orders/${id}`)).json());
}

async function exceptionKinds() {
  const answer = await (await http.hq("/hq/v1/exceptions")).json();
  return exceptionsAnswerSchema.parse(answer).exceptions;
}

describe("what an order's customer bought", () => {
  test("S104 is at every till of the chain once something of it was handed out, and not before", async () => {
    const { order } = await bench.place();
    expect(await purchaseAt(hamburg, order)).toBeUndefined();
    const collected = await collectedOrder({ id: "1043" });
    expect(await purchaseAt(hamburg, collected)).toMatchObject({
      ref: refOf(collected),
      number: "T-1042",
      settled: money(700, EUR),
      paidWith: [{ kind: "online", amount: money(700, EUR) }],
      lines: [{ quantity: 2, taxes: [{ rate: { id: "de-19" }, tax: money(112, EUR) }] }],
    });
  });

  test("S156 is taxed as on the day it was ordered, though it was handed out once a planned rate had begun", async () => {
    const { order } = await bench.place();
    const today = businessDayOf({ at: http.parts.clock.now(), timeZone: BERLIN.timeZone });
    const settings = taxed("de-19", 190_000);
    const rates = [{ id: "de-21", name: "de-21", ppm: 210_000 }];
    const tax = { ...settings.tax, planned: [{ taxClass: STANDARD, from: daysAfter(today, 1), rates }] };
    await http.parts.deps.publisher.publish((publication) => publication.putStore({ ...settings, tax }));
    http.parts.clock.advance(DAY_MS);
    await tickTax({ ...http.parts.deps, now: () => http.parts.clock.now() });
    berlin.till.at = http.parts.clock.now();
    await push(berlin, picked(partOf(order)));
    await push(berlin, handedOver(await bench.part(order)));
    expect(await purchaseAt(hamburg, order)).toMatchObject({
      lines: [{ taxes: [{ rate: { id: "de-19" }, tax: money(112, EUR) }] }],
    });
    const tomorrow = await collectedOrder({ id: "1044", number: "T-1044" });
    expect(await purchaseAt(hamburg, tomorrow)).toMatchObject({
      lines: [{ taxes: [{ rate: { id: "de-21" }, tax: money(121, EUR) }] }],
    });
  });

  test("S104 is told again as more of it is handed out, with the taxes of the day of sale, and not of what is cancelled", async () => {
    const { order } = await bench.place({
      lines: [{ sku: "SKU-tea", quantity: 3, unitPrice: money(350, EUR) }],
    });
    await push(berlin, picked(partOf(order)));
    await push(berlin, handedOver(await bench.part(order), { quantity: 1 }));
    const first = {
      settled: money(350, EUR),
      lines: [{ quantity: 1, taxes: [{ rate: { id: "de-19" }, tax: money(56, EUR) }] }],
    };
    expect(await purchaseAt(hamburg, order)).toMatchObject(first);
    await http.parts.deps.publisher.publish((publication) => publication.putStore(taxed("de-21", 210_000)));
    await push(berlin, handedOver(await bench.part(order), { quantity: 1 }));
    const both = await purchaseAt(hamburg, order);
    expect(both).toMatchObject({
      settled: money(700, EUR),
      lines: [
        { quantity: 2, total: money(700, EUR), taxes: [{ rate: { id: "de-19" }, tax: money(112, EUR) }] },
      ],
    });
    await http.hq(`/hq/v1/orders/${order.id}/cancel`, {
      method: "POST",
      body: { reason: "Changed her mind" },
    });
    expect(await purchaseAt(hamburg, order)).toEqual(both);
  });

  test("S104 is nothing that a till finds before it was handed out, whether it is paid or not", async () => {
    for (const kind of ["authorised", "paid"]) {
      const { order } = await bench.place({ id: kind, payment: { kind } });
      await push(berlin, picked(partOf(order)));
      expect(await http.parts.deps.returns.find({ refs: [refOf(order)] })).toEqual([]);
      await push(berlin, handedOver(await bench.part(order), { quantity: 1 }));
      expect(await http.parts.deps.returns.find({ refs: [refOf(order)] })).toMatchObject([
        { purchase: { settled: money(350, EUR), lines: [{ quantity: 1 }] } },
      ]);
    }
  });

  test("was paid in the coins that there are, where the till rounded", async () => {
    const id = idOf<"Order">("0198b7c0-5a3e-7d10-9c2f-6a1f5b8e4d22");
    const placing = placedAtTill(berlin, id);
    if (placing.type !== "order.placed" || placing.ticket === null) throw new Error("nothing was paid");
    const { ticket } = placing;
    const due = money(698, EUR);
    const totals = { ...ticket.totals, cashRounding: money(-2, EUR), due };
    const coins = { id: idOf<"Tender">("c"), kind: "cash", tendered: due, change: money(0, EUR) } as const;
    await push(berlin, { ...placing, ticket: { ...ticket, totals, tenders: [coins] } });
    const order = await bench.order({ id });
    await push(berlin, picked(partOf(order)));
    await push(berlin, handedOver(await bench.part(order)));
    expect(await purchaseAt(hamburg, order)).toMatchObject({
      settled: due,
      paidWith: [{ kind: "cash", amount: due }],
      lines: [{ quantity: 2, total: money(700, EUR) }],
    });
  });

  test("was paid as the till took it, where it was paid as it was collected", async () => {
    const { order } = await bench.place({ payment: { kind: "atPickup" } });
    await push(berlin, picked(partOf(order)));
    const plain = berlin.till.ticket([{ variant: TEA, quantity: 2 }]);
    const lines = plain.lines.map((line) =>
      line.kind === "sale" ? { ...line, order: { order: order.id, line: idOf<"Line">("1") } } : line,
    );
    const card = {
      id: idOf<"Tender">("c"),
      kind: "card",
      amount: money(700, EUR),
      approvalCode: "A-4711",
    } as const;
    await push(berlin, handedOver(await bench.part(order), { ticket: { ...plain, lines, tenders: [card] } }));
    expect(await purchaseAt(hamburg, order)).toMatchObject({
      settled: money(700, EUR),
      paidWith: [{ kind: "card", approvalCode: "A-4711", amount: money(700, EUR) }],
    });
  });
});

describe("an online order that is returned in a store", () => {
  test("S106 back to how it was paid: the shop hears of the goods and of the money that it has to give back", async () => {
    const order = await collectedOrder();
    await bench.events();
    const ticket = await takeBack(order, { to: online(order) });
    const shown = await detail(order);
    expect(shown.payment).toMatchObject({ state: "paid", refunded: money(350, EUR) });
    expect(shown.returns).toMatchObject([
      {
        number: ticket.number,
        storeName: HAMBURG.name,
        lines: [{ line: "1", quantity: 1 }],
        amount: money(350, EUR),
        byShop: money(350, EUR),
      },
    ]);
    expect(await bench.events()).toEqual(["ticket.booked", "order.returned", "order.refunded"]);
    expect(await bench.levels(HAMBURG)).toMatchObject({ onHand: 1 });
    expect(await exceptionKinds()).toEqual([]);
  });

  test("S106 in cash: the shop hears of the goods, and that there is nothing for it to give back", async () => {
    const order = await collectedOrder();
    await bench.events();
    await takeBack(order);
    expect(await bench.events()).toEqual(["ticket.booked", "order.returned"]);
    const told = shopOrderSchema.parse(await (await http.hq(`/shop/v1/orders/${order.id}`)).json());
    expect(told).toMatchObject({
      payment: { refunded: money(350, EUR) },
      refundedByShop: money(0, EUR),
      returns: [
        {
          store: "HAM1",
          lines: [{ sku: "SKU-tea", quantity: 1 }],
          amount: money(350, EUR),
          byShop: money(0, EUR),
        },
      ],
    });
  });

  test("the channel and the store that handed it out lose its value; the store that took it back loses nothing", async () => {
    const order = await collectedOrder();
    await takeBack(order);
    expect((await detail(order)).credits).toEqual([
      { to: "channel", name: "web", amount: money(350, EUR) },
      { to: "fulfillingStore", name: BERLIN.name, amount: money(350, EUR) },
      { to: "returningStore", name: HAMBURG.name, amount: money(350, EUR) },
    ]);
  });

  test("what was bought stays what it was: what came back is told beside it", async () => {
    const order = await collectedOrder();
    const before = await purchaseAt(berlin, order);
    await takeBack(order, { to: online(order) });
    expect(await purchaseAt(berlin, order)).toEqual(before);
    const mark = (await documents(berlin)).find(({ id }) => id === `mark:order:${order.id}`);
    expect(mark).toMatchObject({ returned: { acts: [{ settled: money(350, EUR) }], flagged: false } });
  });

  test("S100 it counts once on the order, carried over into the next epoch as well", async () => {
    const order = await collectedOrder();
    await takeBack(order);
    const entry = hamburg.till.entries.at(-1)!;
    await http.parts.storage.write((tx) => tx.beginEpoch(hamburg.till.device, 2));
    hamburg.till.epoch = 2;
    hamburg.till.begin();
    hamburg.till.repeat(entry);
    await push(hamburg);
    expect((await detail(order)).returns).toHaveLength(1);
    expect((await bench.order(order)).payment.refunded).toEqual(money(350, EUR));
  });

  test("S102 S106 refunded by two tills: raised with the order, and the shop is not to give back the second", async () => {
    const order = await collectedOrder();
    await takeBack(order, { pieces: 2 });
    await takeBack(order, { pieces: 2, to: online(order) }, berlin);
    expect(await exceptionKinds()).toMatchObject([
      { kind: "refundedTwice", order: order.id, detail: { number: "T-1042", givenBack: "14.00 EUR" } },
    ]);
    const shown = await detail(order);
    expect(shown.payment).toMatchObject({ state: "refunded", refunded: money(700, EUR) });
    expect(shown.returns.map(({ byShop }) => byShop.minor)).toEqual([0, 0]);
  });

  test("S102 given back over the counter, and by the shop on its own as well, is raised once and flagged everywhere", async () => {
    const order = await collectedOrder();
    await takeBack(order);
    const edit = editOfRefunds(order, [{ amount: money(350, EUR), lines: [] }]);
    const told = (refunded: number) =>
      http.parts.deps.publisher.publish(async (publication) =>
        http.parts.deps.orders.editForShop(publication, {
          order: await bench.order(order),
          edit: { ...edit, refunded: money(refunded, EUR) },
        }),
      );
    await told(350);
    expect(await exceptionKinds()).toEqual([]);
    await told(700);
    await told(700);
    expect(await exceptionKinds()).toMatchObject([
      {
        kind: "refundedTwice",
        order: order.id,
        detail: { firstStore: "HAM1", secondStore: "web", secondAmount: "7.00 EUR", givenBack: "10.50 EUR" },
      },
    ]);
    expect((await documents(hamburg)).find(({ id }) => id === `mark:order:${order.id}`)).toMatchObject({
      returned: { flagged: true },
    });
  });

  test("S106 left to the shop, which says that it gave it back: the other piece brings what it cost, and nothing is raised", async () => {
    const order = await collectedOrder();
    await takeBack(order, { to: online(order) });
    await http.parts.deps.publisher.publish(async (publication) =>
      http.parts.deps.orders.editForShop(publication, {
        order: await bench.order(order),
        edit: editOfRefunds(order, [{ amount: money(350, EUR), lines: [{ line: lineOne, quantity: 1 }] }]),
      }),
    );
    const [standing] = await http.parts.deps.returns.find({ refs: [refOf(order)] });
    expect(standing?.purchase.settled).toEqual(money(700, EUR));
    expect(settledLeft(standing!)).toEqual(money(350, EUR));
    await takeBack(order);
    expect(await exceptionKinds()).toEqual([]);
    expect((await bench.order(order)).payment).toMatchObject({
      state: "refunded",
      refunded: money(700, EUR),
    });
  });

  test("S102 before a till told that it was handed out waits for that; cancelled after all, it is raised, and no money goes out twice", async () => {
    const { order: late } = await bench.place({ id: "late" });
    await takeBack(late);
    expect(await exceptionKinds()).toEqual([]);
    await push(berlin, picked(partOf(late)));
    await push(berlin, handedOver(await bench.part(late)));
    expect(await exceptionKinds()).toEqual([]);

    const { order } = await bench.place({ id: "never" });
    await takeBack(order, { pieces: 2 });
    const body = { reason: "Changed her mind" };
    await http.hq(`/hq/v1/orders/${order.id}/cancel`, { method: "POST", body });
    expect(await exceptionKinds()).toMatchObject([{ kind: "refundedTwice", order: order.id }]);
    const told = shopOrderSchema.parse(await (await http.hq(`/shop/v1/orders/${order.id}`)).json());
    expect(told).toMatchObject({
      payment: { refunded: money(700, EUR) },
      refundedByShop: money(0, EUR),
    });
    expect(await purchaseAt(berlin, order)).toMatchObject({
      settled: money(0, EUR),
      lines: [{ quantity: 0 }],
    });
  });

  test("S103 what comes back of an order that a till placed offline waits for the order", async () => {
    const id = idOf<"Order">("0198b7c0-5a3e-7d10-9c2f-6a1f5b8e4d21");
    await push(hamburg, sold(returnTicket(hamburg.till, { kind: "order", id })));
    const placing = placedAtTill(berlin, id);
    await push(berlin, placing);
    const order = await bench.order({ id });
    expect(order.returns).toMatchObject([{ store: HAMBURG.store, amount: money(350, EUR) }]);
    expect(order.payment.refunded).toEqual(money(350, EUR));
  });
});

/** A colleague places two teas to be collected in Berlin; the customer pays in cash. */
function placedAtTill({ till }: HttpTill, id: Order["id"]): Fact {
  const plain = till.ticket([{ variant: TEA, quantity: 2 }]);
  const lines = plain.lines.map((line) =>
    line.kind === "sale" ? { ...line, order: { order: id, line: idOf<"Line">("1") } } : line,
  );
  return {
    type: "order.placed",
    order: {
      id,
      contact: { customer: null, name: "Anna Ahrens", email: null, phone: null },
      delivery: { kind: "pickup", store: BERLIN.store },
      lines: [
        {
          id: idOf<"Line">("1"),
          variant: TEA,
          sku: idOf<"Sku">("SKU-tea"),
          name: "tea",
          options: [],
          taxClass: STANDARD,
          quantity: 2,
          unitPrice: money(350, EUR),
          total: money(700, EUR),
        },
      ],
      shipping: money(0, EUR),
      note: "",
      confirmed: false,
    },
    ticket: { ...plain, lines },
  };
}
