import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { money } from "#domain/money/money.ts";
import { customerHistorySchema } from "#protocol/documents/history.ts";
import { customersAnswerSchema } from "#protocol/hq/customers.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import { type Asked, HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { customer, EUR, TEA } from "../testing/shop.ts";

const ANNA: Customer = {
  ...customer("anna"),
  name: "Anna Ahrens",
  email: "anna@example.com",
  phone: "+49 30 23125 001",
};
const BEN: Customer = {
  ...customer("ben"),
  name: "Ben Ahrens",
  email: "ben@example.com",
  phone: "030 23125001",
};

let http: HttpForTests;
let till: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 50);
  await http.parts.deps.publisher.publish(async (publication) => {
    await publication.putCustomer(ANNA);
    await publication.putCustomer(BEN);
  });
  till = await http.pair();
});
afterEach(() => http.close());

/** Anna buys two teas at the till; the server hears of it. */
async function sellToAnna(): Promise<void> {
  const begun = till.till.begin();
  const ticket = { ...till.till.ticket([{ variant: TEA, quantity: 2 }]), customer: ANNA.id };
  const sold = till.till.write({ type: "ticket.completed", ticket });
  expect((await http.push(till, [begun, sold])).status).toBe(200);
}

async function ordered(id: string, changes: Record<string, unknown> = {}) {
  const body = {
    channel: "web",
    id,
    number: `T-${id}`,
    currency: "EUR",
    customer: { name: "Anna Ahrens" },
    lines: [{ sku: "SKU-tea", quantity: 1, unitPrice: money(350, EUR) }],
    payment: { kind: "paid" },
    delivery: { kind: "pickup", store: "BER1" },
    ...changes,
  };
  const answer = await http.hq("/shop/v1/orders", { method: "POST", body });
  return shopOrderSchema.parse(await answer.json());
}

async function keyFor(channels: readonly string[]): Promise<string> {
  const body = { scope: "shop", name: "Shop", channels };
  return makeKeyAnswerSchema.parse(await (await http.hq("/hq/v1/keys", { method: "POST", body })).json()).key;
}

async function numbers(path: string, asked: Asked = {}): Promise<string[]> {
  const answer = customerHistorySchema.parse(await (await http.hq(path, asked)).json());
  return answer.entries.map(({ kind, number }) => `${kind} ${number}`);
}

const OF_ANNA = `customers/${ANNA.id}/history`;

describe("whose an order is", () => {
  const owner = async (id: string, who: Record<string, unknown>) =>
    (await ordered(id, { customer: { name: "A. Ahrens", ...who } })).customer;

  test("the shop's word, an e-mail address or a telephone number tells it, however it is spelt", async () => {
    expect(await owner("1", { email: "ANNA@example.com" })).toBe(ANNA.id);
    expect(await owner("2", { email: "ben@example.com", phone: "030/23125-001" })).toBe(BEN.id);
    expect(await owner("3", { id: ANNA.id, email: "ben@example.com" })).toBe(ANNA.id);
    expect(await owner("4", { id: "nobody-we-know", email: "ben@example.com" })).toBe(BEN.id);
  });

  test("a number that two people share, or nothing that is known, names nobody", async () => {
    expect(await owner("1", { phone: "030 23125001" })).toBeNull();
    expect(await owner("2", { email: "carla@example.com" })).toBeNull();
  });

  test("the tills of the store are told with the order", async () => {
    await ordered("1", { customer: { name: "A", email: "anna@example.com" } });
    const answer = await http.ask("/sync/v1/replica/orders?limit=10", { token: till.token });
    expect(await answer.json()).toMatchObject({ documents: [{ data: { contact: { customer: ANNA.id } } }] });
  });
});

describe("HQ's list of customers", () => {
  test("is in the order of names and is searched by all that a till finds by", async () => {
    const found = async (query: string) => {
      const answer = await http.hq(`/hq/v1/customers${query}`);
      const { customers, total } = customersAnswerSchema.parse(await answer.json());
      return [customers.map(({ name }) => name), total];
    };
    expect(await found("")).toEqual([["Anna Ahrens", "Ben Ahrens"], 2]);
    expect(await found("?limit=1&offset=1")).toEqual([["Ben Ahrens"], 2]);
    expect(await found("?search=AHRENS%20b")).toEqual([["Ben Ahrens"], 1]);
    expect(await found("?search=%2B49%2030%2023125")).toEqual([["Anna Ahrens"], 1]);
    expect((await http.hq("/hq/v1/customers?limit=0")).status).toBe(400);
  });
});

describe("a customer's history", () => {
  test("is one for both channels, the newest first, at HQ, in the web shop and at the till", async () => {
    await sellToAnna();
    http.parts.clock.advance(60_000);
    await ordered("1", { customer: { name: "Anna A.", email: "anna@example.com" } });
    await ordered("2", { customer: { name: "Carla", email: "carla@example.com" } });
    const both = ["order T-1", "purchase BER1-01-000001"];
    expect(await numbers(`/hq/v1/${OF_ANNA}`)).toEqual(both);
    expect(await numbers(`/shop/v1/${OF_ANNA}`, { token: await keyFor([]) })).toEqual(both);
    expect(await numbers(`/sync/v1/${OF_ANNA}`, { token: till.token })).toEqual(both);
    const answer = await http.hq(`/hq/v1/${OF_ANNA}`);
    expect(customerHistorySchema.parse(await answer.json())).toMatchObject({
      customer: ANNA.id,
      hasMore: false,
      entries: [
        { channel: "web", status: "inProgress", storeNames: ["Berlin Mitte"], pieces: 1 },
        { storeName: "Berlin Mitte", pieces: 2, goods: [{ name: "tea", quantity: 2 }] },
      ],
    });
  });

  test("a shop's key that is bound to its channels sees its own orders and its own customers alone", async () => {
    const web = await keyFor(["web"]);
    await sellToAnna();
    await ordered("1", { channel: "market", customer: { name: "A", email: "anna@example.com" } });
    expect(await refusalOf(await http.hq(`/shop/v1/${OF_ANNA}`, { token: web }))).toEqual({
      status: 404,
      reason: "notFound",
    });
    await ordered("2", { customer: { name: "A", email: "anna@example.com" } });
    const seen = await numbers(`/shop/v1/${OF_ANNA}`, { token: web });
    expect(seen.toSorted()).toEqual(["order T-2", "purchase BER1-01-000001"]);
  });

  test("is told to nobody without the right, and there is none of a customer who is not known", async () => {
    const shop = await keyFor([]);
    expect((await http.ask(`/hq/v1/${OF_ANNA}`)).status).toBe(401);
    expect((await http.ask(`/hq/v1/${OF_ANNA}`, { token: shop })).status).toBe(403);
    expect((await http.ask("/hq/v1/customers", { token: shop })).status).toBe(403);
    expect((await http.ask(`/shop/v1/${OF_ANNA}`)).status).toBe(401);
    expect((await http.ask(`/sync/v1/${OF_ANNA}`, { token: shop })).status).toBe(401);
    for (const side of ["hq", "shop"])
      expect(await refusalOf(await http.hq(`/${side}/v1/customers/nobody/history`))).toEqual({
        status: 404,
        reason: "notFound",
      });
  });
});
