import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { DAYS_TO_ARRIVE } from "#domain/returns/announce.ts";
import { makeReceiptCode } from "#domain/returns/code/make-code.ts";
import { DEFAULT_RETURN_POLICY } from "#domain/returns/policy.ts";
import { purchaseOfTicket } from "#domain/returns/purchase-of-ticket.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { readCreditCode } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { balanceSchema } from "#protocol/documents/balance.ts";
import { customerHistorySchema } from "#protocol/documents/history.ts";
import { creditsAnswerSchema } from "#protocol/hq/credits.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { exceptionsAnswerSchema, orderDetailSchema } from "#protocol/hq/orders.ts";
import {
  type MailReturnDetail,
  mailReturnDetailSchema,
  purchasesAnswerSchema,
  returnsAnswerSchema,
} from "#protocol/hq/returns.ts";
import { receiptCodeAnswerSchema } from "#protocol/shop/receipt-code.ts";
import {
  type AnnounceReturnAnswer,
  announceReturnAnswerSchema,
  shopReturnSchema,
} from "#protocol/shop/return.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { ensureReceiptKeys, sha256 } from "../receipts/keys.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { handedOver, OrderBench, picked } from "../testing/orders.ts";
import { BERLIN, CUP, EUR, HAMBURG, TEA } from "../testing/shop.ts";
import { ticketBack } from "../testing/ticket-back.ts";

const DAY_MS = 86_400_000;

let http: HttpForTests;
let bench: OrderBench;
let till: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  bench = new OrderBench(http.parts.deps);
  await bench.stock(BERLIN, TEA, 10);
  await bench.stock(BERLIN, CUP, 10);
  till = await http.pair("BER1");
  till.till.begin();
});
afterEach(() => http.close());

async function sold(pieces = 3): Promise<Ticket> {
  const ticket = till.till.ticket([{ variant: TEA, quantity: pieces }]);
  till.till.write({ type: "ticket.completed", ticket });
  await pushed();
  return ticket;
}

async function pushed(): Promise<void> {
  const answer = await http.push(till, till.till.entries);
  expect(answer.status).toBe(200);
}

async function announce(changes: Readonly<Record<string, unknown>>): Promise<AnnounceReturnAnswer> {
  const body = {
    channel: "web",
    id: "R-1",
    lines: [{ sku: "SKU-tea", quantity: 2, reason: "wrongSize" }],
    ...changes,
  };
  const answer = await http.hq("/shop/v1/returns", { method: "POST", body });
  return announceReturnAnswerSchema.parse(await answer.json());
}

async function announced(changes: Readonly<Record<string, unknown>>): Promise<string> {
  const { return: made, refused } = await announce(changes);
  if (made === null) throw new Error(JSON.stringify(refused));
  return made.id;
}

const act = (id: string, what: string, body: unknown) =>
  http.hq(`/hq/v1/returns/${id}/${what}`, { method: "POST", body });
const parcel = (pieces: number, changes: Readonly<Record<string, unknown>> = {}) => ({
  by: "Hanna",
  store: "BER1",
  lines: [{ position: 0, pieces, condition: "asNew", disposition: "stock" }],
  ...changes,
});
const detailOf = async (answer: Response): Promise<MailReturnDetail> =>
  mailReturnDetailSchema.parse(await answer.json());
const receive = async (id: string, pieces: number, changes = {}) =>
  detailOf(await act(id, "receive", parcel(pieces, changes)));
const refund = (id: string, way: string) => act(id, "refund", { by: "Hanna", way });
const stock = () => http.parts.stockOnTills(BERLIN, TEA);
const purchases = async (search: string) =>
  purchasesAnswerSchema.parse(
    await (await http.hq(`/hq/v1/purchases?search=${encodeURIComponent(search)}`)).json(),
  ).purchases;
const reasonOf = async (answer: Response) => errorBodySchema.parse(await answer.json()).details;
const marks = () =>
  http.parts.storage.read(async (tx) =>
    (await tx.feedRows({ feed: "receipts", collection: "receipts", after: 0, limit: 100 }))
      .filter(({ id }) => id.startsWith("mark:"))
      .map(({ data }) => JSON.parse(data ?? "null").returned.acts.map(({ id }: { id: string }) => id)),
  );

describe("bought in a store, returned by mail", () => {
  test("from the announcement to the money: stock, act, marks at the tills and the customer's purchase, each once", async () => {
    await bench.events();
    const { number } = await sold();
    const id = await announced({ purchase: { receipt: number } });
    expect(await stock()).toBe(7);
    const there = await receive(id, 2);
    expect(there).toMatchObject({ state: "received", due: { amount: { minor: 700 }, pieces: 2 } });
    expect(there.due?.ways.map(({ way }) => way)).toEqual(["credit", "payout"]);
    expect(await stock()).toBe(9);
    expect(await marks()).toEqual([]);
    const paid = await detailOf(await refund(id, "payout"));
    expect(paid).toMatchObject({
      state: "refunded",
      due: null,
      refund: { by: "Hanna", amount: { minor: 700 }, parts: [{ way: "payout", amount: { minor: 700 } }] },
    });
    expect(await marks()).toEqual([[id]]);
    expect(await stock()).toBe(9);
    const [found] = await purchases(number);
    expect(found).toMatchObject({
      isRefundedTwice: false,
      acts: [{ id, by: "mail", number: "R-1", store: "BER1", staff: "Hanna", amount: { minor: 700 } }],
    });
    expect(await bench.events()).toEqual([
      "ticket.booked",
      "return.announced",
      "return.received",
      "return.refunded",
    ]);
  });

  test("the receipt's code stands for the purchase, also before its till has told of the sale", async () => {
    const ticket = till.till.ticket([{ variant: TEA, quantity: 2 }]);
    const purchase = purchaseOfTicket(ticket, { usualDays: 30 });
    if (purchase === null) throw new Error("nothing was bought");
    const code = makeReceiptCode(purchase, { signer: codeSigner(till), sha256 });
    const id = await announced({ purchase: { code } });
    await receive(id, 2);
    expect((await refund(id, "credit")).status).toBe(200);
    till.till.write({ type: "ticket.completed", ticket });
    await pushed();
    expect(await purchases(ticket.number)).toMatchObject([{ isRefundedTwice: false, acts: [{ id }] }]);
    const forged = `${code.slice(0, -1)}${code.endsWith("1") ? "2" : "1"}`;
    const body = {
      channel: "web",
      id: "R-2",
      purchase: { code: forged },
      lines: [{ position: 0, quantity: 1 }],
    };
    expect(await refusalOf(await http.hq("/shop/v1/returns", { method: "POST", body }))).toMatchObject({
      status: 400,
    });
  });

  test("by a gift receipt's code the money is store credit, and the shop hears nothing of prices", async () => {
    const ticket = await sold();
    const purchase = purchaseOfTicket(ticket, { usualDays: 30 });
    if (purchase === null) throw new Error("nothing was bought");
    const code = makeReceiptCode(purchase, { signer: codeSigner(till), sha256, gift: true });
    const answer = await announce({ purchase: { code } });
    expect(JSON.stringify(answer)).not.toContain("minor");
    const there = await receive(answer.return?.id ?? "", 1);
    expect(there.due?.ways.map(({ way }) => way)).toEqual(["credit"]);
  });

  test("store credit has a code that the shop can give to the customer, and every till takes it", async () => {
    const { number } = await sold();
    const id = await announced({ purchase: { receipt: number } });
    await receive(id, 1);
    await refund(id, "credit");
    const seen = shopReturnSchema.parse(await (await http.hq(`/shop/v1/returns/${id}`)).json());
    expect(seen).toMatchObject({
      state: "refunded",
      lines: [{ quantity: 2, arrived: 1 }],
      refund: { amount: { minor: 350 } },
    });
    const code = seen.refund?.parts[0]?.code ?? "";
    expect(readCreditCode(code)).toBe(code);
    const published = await http.parts.storage.read((tx) =>
      tx.feedRows({ feed: "balances", collection: "balances", after: 0, limit: 9 }),
    );
    expect(published.map(({ data }) => balanceSchema.parse(JSON.parse(data ?? "null")))).toMatchObject([
      {
        id: `credit:${creditIdOf(code, sha256Hex)}`,
        issued: { minor: 350, currency: EUR },
        spent: { minor: 0 },
        moves: [`${id}:credit`],
      },
    ]);
    const asked = await http.hq(`/hq/v1/credits?${new URLSearchParams({ search: code })}`);
    expect(creditsAnswerSchema.parse(await asked.json()).credits).toMatchObject([
      { balance: { minor: 350 }, entries: [{ kind: "issued", number: null, ticket: null, store: "BER1" }] },
    ]);
  });

  test("the customer's history says what was given back of the purchase, in whatever channel", async () => {
    const customer = idOf<"Customer">("anna");
    await http.parts.deps.publisher.publish((publication) =>
      publication.putCustomer({ id: customer, name: "Anna", email: null, phone: null, cardNumber: null }),
    );
    const ticket = { ...till.till.ticket([{ variant: TEA, quantity: 3 }]), customer };
    till.till.write({ type: "ticket.completed", ticket });
    await pushed();
    const history = async () =>
      customerHistorySchema.parse(await (await http.hq("/hq/v1/customers/anna/history")).json()).entries;
    expect((await history())[0]).not.toHaveProperty("refunded");
    const id = await announced({ purchase: { receipt: ticket.number } });
    await receive(id, 2);
    await refund(id, "payout");
    expect(await history()).toMatchObject([{ number: ticket.number, refunded: { minor: 700 } }]);
  });

  test("announcing again under the shop's id answers the return as it is, whatever is said then", async () => {
    const { number } = await sold();
    const id = await announced({ purchase: { receipt: number } });
    expect(await announced({ purchase: { receipt: number }, lines: [{ position: 0, quantity: 1 }] })).toBe(
      id,
    );
    const { returns, total } = returnsAnswerSchema.parse(
      await (await http.hq("/hq/v1/returns?kind=mail")).json(),
    );
    expect([total, returns[0]?.pieces]).toEqual([1, 2]);
  });

  test("what cannot be sent back says why, and nothing is kept of it", async () => {
    const { number } = await sold();
    const other = await announce({
      purchase: { receipt: number },
      lines: [
        { sku: "SKU-tea", quantity: 4 },
        { position: 9, quantity: 1 },
      ],
    });
    expect(other).toMatchObject({
      return: null,
      refused: [{ why: "tooMany", left: 3 }, { why: "unknownLine" }],
    });
    http.parts.clock.advance(31 * DAY_MS);
    expect(await announce({ purchase: { receipt: number } })).toMatchObject({
      return: null,
      refused: [{ why: "late", day: "2027-02-14" }],
    });
    const body = {
      channel: "web",
      id: "R-9",
      purchase: { receipt: "BER1-01-999999" },
      lines: [{ position: 0, quantity: 1 }],
    };
    expect(await refusalOf(await http.hq("/shop/v1/returns", { method: "POST", body }))).toMatchObject({
      status: 404,
    });
    expect(await (await http.hq("/hq/v1/returns?kind=mail")).json()).toMatchObject({ total: 0 });
  });

  test("goods may come in several parcels, never more than were bought; only what is on sale again is stock", async () => {
    const { number } = await sold();
    const id = await announced({ purchase: { receipt: number } });
    await receive(id, 1);
    const rest = await receive(id, 1, {
      store: null,
      lines: [{ position: 0, pieces: 1, condition: "damaged", disposition: "destroyed" }],
    });
    expect([await stock(), rest.due?.amount.minor, rest.lines[0]?.arrived]).toEqual([8, 700, 2]);
    expect(await reasonOf(await act(id, "receive", parcel(2)))).toEqual(["moreThanBought"]);
    expect(await reasonOf(await act(id, "receive", { ...parcel(1), store: null }))).toEqual(["storeMissing"]);
    expect((await act(id, "receive", { ...parcel(1), store: "XX9" })).status).toBe(404);
  });

  test("what is rejected after it came leaves the stock again, and brings no money", async () => {
    const { number } = await sold();
    const id = await announced({ purchase: { receipt: number } });
    await receive(id, 2);
    const rejected = await detailOf(await act(id, "reject", { by: "Hanna", reason: "worn" }));
    expect(rejected).toMatchObject({ state: "rejected", due: null, rejection: { reason: "worn" } });
    expect(await stock()).toBe(7);
    expect(await reasonOf(await refund(id, "payout"))).toEqual(["notNow"]);
    expect(await announced({ id: "R-2", purchase: { receipt: number } })).not.toBe(id);
  });

  test("a return of which nothing came in time lapses; what comes after all is received", async () => {
    const { number } = await sold();
    const id = await announced({ purchase: { receipt: number } });
    http.parts.clock.advance(30 * DAY_MS);
    await http.parts.deps.mailReturns.lapse();
    expect((await detailOf(await http.hq(`/hq/v1/returns/${id}`))).state).toBe("announced");
    http.parts.clock.advance(DAY_MS);
    await http.parts.deps.mailReturns.lapse();
    await http.parts.deps.mailReturns.lapse();
    expect((await detailOf(await http.hq(`/hq/v1/returns/${id}`))).state).toBe("lapsed");
    expect((await receive(id, 1)).state).toBe("received");
    expect(DAYS_TO_ARRIVE).toBeLessThan(31);
  });
});

describe("a till and the mail take back the same goods", () => {
  test("what a till took back first is not given back by mail again", async () => {
    const ticket = await sold();
    const id = await announced({ purchase: { receipt: ticket.number } });
    await receive(id, 2);
    till.till.write({ type: "ticket.completed", ticket: ticketBack(till.till, ticket, 3) });
    await pushed();
    expect(await reasonOf(await refund(id, "payout"))).toEqual(["nothingLeft"]);
    const [, back] = returnsAnswerSchema.parse(await (await http.hq("/hq/v1/returns")).json()).returns;
    expect([back?.of.kind, back?.pieces, back?.amount?.minor]).toEqual(["till", 3, 1_050]);
  });

  test("a till that was cut off and gave the money too is found as soon as it tells of it: refunded twice, with both", async () => {
    const ticket = await sold();
    const id = await announced({ purchase: { receipt: ticket.number } });
    await receive(id, 2);
    await refund(id, "payout");
    till.till.write({ type: "ticket.completed", ticket: ticketBack(till.till, ticket, 3) });
    await pushed();
    const { exceptions } = exceptionsAnswerSchema.parse(await (await http.hq("/hq/v1/exceptions")).json());
    expect(exceptions).toMatchObject([
      {
        kind: "refundedTwice",
        detail: {
          number: ticket.number,
          firstStaff: "Hanna",
          firstAmount: "7.00 EUR",
          secondRegister: "1",
          secondAmount: "10.50 EUR",
        },
      },
    ]);
    expect(await purchases(ticket.number)).toMatchObject([
      { isRefundedTwice: true, acts: [{ by: "mail" }, { by: "till" }] },
    ]);
    const again = await announce({
      id: "R-2",
      purchase: { receipt: ticket.number },
      lines: [{ position: 0, quantity: 1 }],
    });
    expect(again.refused).toMatchObject([{ why: "refundedTwice" }]);
  });

  test("while a till holds the right to take the purchase back, headquarters waits", async () => {
    const ticket = await sold();
    const id = await announced({ purchase: { receipt: ticket.number } });
    await receive(id, 2);
    const asked = await http.ask("/sync/v1/leases", {
      method: "POST",
      token: till.token,
      body: { act: "ask", subject: { kind: "receipt", id: `ticket:${ticket.id}` } },
    });
    expect(asked.status).toBe(200);
    expect(await reasonOf(await refund(id, "payout"))).toEqual(["heldByTill"]);
    http.parts.clock.advance(3_600_000);
    expect((await refund(id, "payout")).status).toBe(200);
  });
});

describe("bought online, returned by mail", () => {
  test("the shop gives the money back, told by the order's own events, once", async () => {
    const id = await collectedOrder();
    const made = await announced({ purchase: { channel: "web", externalId: "1042" } });
    const there = await receive(made, 1, { store: "HAM1" });
    expect(there.due?.ways.map(({ way }) => way)).toContain("shop");
    expect((await refund(made, "shop")).status).toBe(200);
    expect(await reasonOf(await refund(made, "shop"))).toEqual(["notNow"]);
    const order = orderDetailSchema.parse(await (await http.hq(`/hq/v1/orders/${id}`)).json());
    expect(order.payment.refunded.minor).toBe(350);
    expect(order.returns).toMatchObject([
      { storeName: "Hamburg Hafen", amount: { minor: 350 }, byShop: { minor: 350 } },
    ]);
    expect(await http.parts.stockOnTills(HAMBURG, TEA)).toBe(1);
  });

  test("what nobody was handed yet cannot come back, neither by the order's name nor by its confirmation's code", async () => {
    await ensureReceiptKeys(http.parts.deps.publisher);
    await bench.place();
    const code = await http.hq("/shop/v1/receipt-code", {
      method: "POST",
      body: { channel: "web", externalId: "1042" },
    });
    const lines = [{ position: 0, quantity: 1 }];
    for (const purchase of [
      { channel: "web", externalId: "1042" },
      { code: receiptCodeAnswerSchema.parse(await code.json()).code },
    ]) {
      const body = { channel: "web", id: "R-1", purchase, lines };
      const answer = await http.hq("/shop/v1/returns", { method: "POST", body });
      expect(await refusalOf(answer)).toMatchObject({ status: 404 });
    }
  });

  test("a shop's key that is for one channel announces and sees nothing of another", async () => {
    await collectedOrder();
    const key = await http.hq("/hq/v1/keys", {
      method: "POST",
      body: { scope: "shop", name: "b2b", channels: ["b2b"] },
    });
    const { key: token } = makeKeyAnswerSchema.parse(await key.json());
    const lines = [{ position: 0, quantity: 1 }];
    const ask = (body: unknown) => http.ask("/shop/v1/returns", { method: "POST", token, body });
    const web = { channel: "web", externalId: "1042" };
    expect((await ask({ channel: "web", id: "R-1", purchase: web, lines })).status).toBe(403);
    expect((await ask({ channel: "b2b", id: "R-1", purchase: web, lines })).status).toBe(404);
    const made = await announced({ purchase: web });
    expect((await http.ask(`/shop/v1/returns/${made}`, { token })).status).toBe(404);
  });

  test("a shop's key that is for one channel reaches no till sale by its bare number, and no other channel's order by any name", async () => {
    const ticket = await sold();
    const purchase = purchaseOfTicket(ticket, { usualDays: 30 });
    if (purchase === null) throw new Error("nothing was bought");
    await ensureReceiptKeys(http.parts.deps.publisher);
    const order = await collectedOrder();
    const asked = await http.hq("/shop/v1/receipt-code", { method: "POST", body: { order } });
    const ofOrder = receiptCodeAnswerSchema.parse(await asked.json()).code;
    const ofTicket = makeReceiptCode(purchase, { signer: codeSigner(till), sha256 });
    const statuses = async (channel: string) => {
      const key = await http.hq("/hq/v1/keys", {
        method: "POST",
        body: { scope: "shop", name: channel, channels: [channel] },
      });
      const { key: token } = makeKeyAnswerSchema.parse(await key.json());
      const found: number[] = [];
      for (const [id, named] of [
        ["R-1", { receipt: ticket.number }],
        ["R-2", { code: ofOrder }],
        ["R-3", { code: ofTicket }],
      ] as const) {
        const body = { channel, id, purchase: named, lines: [{ position: 0, quantity: 1 }] };
        found.push((await http.ask("/shop/v1/returns", { method: "POST", token, body })).status);
      }
      return found;
    };
    expect(await statuses("b2b")).toEqual([404, 404, 201]);
    expect(await statuses("web")).toEqual([404, 201, 201]);
  });
});

test("the retailer's policy decides in which ways HQ gives money back, and until when goods may be announced", async () => {
  const policy = { ...DEFAULT_RETURN_POLICY, windowDays: 5, refundTo: ["credit"] };
  await http.hq("/hq/v1/returns-policy", { method: "PUT", body: policy });
  const { number } = await sold();
  const id = await announced({ purchase: { receipt: number } });
  const there = await receive(id, 1);
  expect(there.due?.ways).toEqual([{ way: "credit", most: { minor: 350, currency: EUR } }]);
  expect(await reasonOf(await refund(id, "payout"))).toEqual(["notThisWay"]);
  http.parts.clock.advance(6 * DAY_MS);
  const late = await announce({
    id: "R-2",
    purchase: { receipt: number },
    lines: [{ position: 0, quantity: 1 }],
  });
  expect(late.refused).toMatchObject([{ why: "late", day: "2027-01-20" }]);
});

test("returns are found by kind, state, store and what is written on them", async () => {
  const ticket = await sold();
  const back = ticketBack(till.till, ticket, 1);
  till.till.write({ type: "ticket.completed", ticket: back });
  await pushed();
  await announced({ purchase: { receipt: ticket.number }, lines: [{ position: 0, quantity: 1 }] });
  const found = async (query: string) => {
    const { returns } = returnsAnswerSchema.parse(await (await http.hq(`/hq/v1/returns?${query}`)).json());
    return returns.map(({ of }) => (of.kind === "till" ? of.ticket.number : of.externalId));
  };
  expect(await found("")).toHaveLength(2);
  expect(await found("kind=till")).toEqual([back.number]);
  expect(await found("state=announced")).toEqual(["R-1"]);
  expect(await found("store=BER1")).toEqual([back.number]);
  expect(await found("store=HAM1")).toEqual([]);
  expect(await found(`search=${back.number.toLowerCase()}`)).toEqual([back.number]);
  expect(await found("search=sku-tea")).toHaveLength(2);
  expect(await found("search=r-1")).toEqual(["R-1"]);
});

async function collectedOrder(): Promise<string> {
  const { order } = await bench.place();
  const record = async () => {
    const device = await http.parts.storage.read((tx) => tx.device(till.till.device));
    if (device === null) throw new Error("the till is gone");
    return device;
  };
  const part = await bench.part(order);
  await bench.push({ till: till.till, record }, picked(part), handedOver(part));
  return order.id;
}

function codeSigner({ till: { publicKey, signBytes } }: HttpTill) {
  return { publicKey: Buffer.from(publicKey, "base64url"), sign: signBytes };
}
