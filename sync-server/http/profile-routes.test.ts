import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import {
  customerAnswerSchema,
  customerRulesSchema,
  customerViewSchema,
  duplicatesAnswerSchema,
  foundDuplicatesSchema,
  inactiveCustomersSchema,
  undoneMergeSchema,
} from "#protocol/hq/customers.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { shopCustomerSchema, shopCustomersAnswerSchema } from "#protocol/shop/customer.ts";
import { customerFoundSchema, customersFoundSchema } from "#protocol/sync/customers.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { saySealed } from "../testing/sealed.ts";
import { TEA } from "../testing/shop.ts";

let http: HttpForTests;
let till: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 50);
  till = await http.pair();
});
afterEach(() => http.close());

async function hq(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await http.hq(path, { method, ...(body === undefined ? {} : { body }) });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function register(changes: object): Promise<string> {
  const { customer } = customerAnswerSchema.parse(await hq("POST", "/hq/v1/customers", { changes }));
  return customer.id;
}

async function view(id: string) {
  return customerViewSchema.parse(await hq("GET", `/hq/v1/customers/${id}`));
}

describe("HQ's page of a customer", () => {
  test("shows the profile with who said what of it, and what HQ alone may say", async () => {
    const id = await register({ name: "Anna Ahrens", email: "anna@example.com" });
    const changes = {
      groups: ["trade"],
      taxExemption: { certificate: "DE-77", validUntil: "2027-12-31" },
      consents: [{ purpose: "email", given: true, source: "hq HQ", at: http.parts.clock.now() }],
      notes: "likes blue",
    };
    await hq("PUT", `/hq/v1/customers/${id}`, { changes });
    const shown = await view(id);
    expect(shown.customer).toMatchObject({ name: "Anna Ahrens", ...changes });
    expect(shown.edits.map(({ kind, source }) => `${kind} ${source}`)).toEqual([
      "edited hq HQ",
      "registered hq HQ",
    ]);
    await hq("PUT", `/hq/v1/customers/${id}`, { changes: { taxExemption: null, groups: null } });
    expect((await view(id)).customer).not.toHaveProperty("taxExemption");
  });

  test("a till's key opens what it pushed beside its entry, and any till finds the customer", async () => {
    const begun = till.till.begin();
    const id = idOf<"Customer">("anna");
    const said = saySealed(till.till, {
      type: "customer.registered",
      customer: id,
      changes: { name: "Anna", phone: "030 23125001" },
    });
    const pushed = await http.ask("/sync/v1/journal", {
      method: "POST",
      token: till.token,
      body: { entries: [begun, said.entry], keys: [said.key] },
    });
    expect(pushed.status).toBe(200);
    const found = await http.ask("/sync/v1/customers?search=23125001", { token: till.token });
    expect(customersFoundSchema.parse(await found.json()).customers.map(({ name }) => name)).toEqual([
      "Anna",
    ]);
    const one = await http.ask("/sync/v1/customers/anna", { token: till.token });
    expect(customerFoundSchema.parse(await one.json()).customer.name).toBe("Anna");
    expect((await http.ask("/sync/v1/customers/nobody", { token: till.token })).status).toBe(404);
    expect((await http.ask("/sync/v1/customers?search=a")).status).toBe(401);
  });

  test("duplicates are listed, merged and made two again, or dismissed", async () => {
    const one = await register({ name: "Anna Ahrens", phone: "030 23125001" });
    const other = await register({ name: "Ahrens Anna", phone: "+49 30 23125001", notes: "likes blue" });
    const listed = async () =>
      duplicatesAnswerSchema.parse(await hq("GET", "/hq/v1/customer-duplicates")).duplicates;
    expect(await listed()).toMatchObject([{ reasons: ["samePhone", "sameName"], score: 75 }]);
    expect((await view(one)).duplicates.map(({ customer }) => customer.id)).toEqual([other]);
    await hq("POST", `/hq/v1/customers/${one}/merge`, { former: other });
    expect(await listed()).toEqual([]);
    const merged = await view(other);
    expect(merged.customer).toMatchObject({ id: one, notes: "likes blue", formerIds: [other] });
    const [merge] = merged.merges;
    undoneMergeSchema.parse(await hq("POST", `/hq/v1/customer-merges/${merge?.id}/undo`));
    expect((await view(other)).customer.id).toBe(other);
    const again = await http.hq(`/hq/v1/customer-merges/${merge?.id}/undo`, { method: "POST" });
    expect(await refusalOf(again)).toMatchObject({ reason: "conflict" });
    expect(await listed()).toEqual([]);
    const third = await register({ name: "Anna A", phone: "030 23125001" });
    expect(await listed()).not.toEqual([]);
    for (const each of [one, other])
      await hq("POST", "/hq/v1/customer-duplicates/dismiss", { one: third, other: each });
    foundDuplicatesSchema.parse(await hq("POST", "/hq/v1/customer-duplicates/search"));
    expect(await listed()).toEqual([]);
  });

  test("everything of a person comes as JSON or as a page, and nobody is erased without their name typed", async () => {
    const id = await register({ name: "Anna <b>", email: "anna@example.com" });
    const everything = await hq("GET", `/hq/v1/customers/${id}/export`);
    expect(everything).toMatchObject({ profile: { id, email: "anna@example.com" }, tickets: [], orders: [] });
    const page = await (await http.hq(`/hq/v1/customers/${id}/export?format=html`)).text();
    expect(page).toContain("anna@example.com");
    expect(page).not.toContain("<b>");
    const wrong = await http.hq(`/hq/v1/customers/${id}/erase`, { method: "POST", body: { name: "Ben" } });
    expect(await refusalOf(wrong)).toMatchObject({ reason: "conflict" });
    await hq("POST", `/hq/v1/customers/${id}/erase`, { name: "Anna <b> " });
    expect((await http.hq(`/hq/v1/customers/${id}`)).status).toBe(404);
    expect((await http.hq(`/hq/v1/customers/${id}/export`)).status).toBe(404);
  });

  test("what tills hold and for how long profiles are kept is HQ's rule", async () => {
    const rules = {
      scope: "region",
      stores: [{ store: "store-ber1", scope: "own", region: "East" }],
      retention: { months: 24, act: "propose" },
    };
    await hq("PUT", "/hq/v1/customer-rules", rules);
    expect(customerRulesSchema.parse(await hq("GET", "/hq/v1/customer-rules"))).toEqual(rules);
    const pulled = await http.ask("/sync/v1/replica/settings", { token: till.token });
    expect(JSON.stringify(await pulled.json())).toContain('"customers":{"scope":"own","region":"East"}');
    inactiveCustomersSchema.parse(await hq("GET", "/hq/v1/customers/inactive"));
  });
});

describe("a shop's customers", () => {
  const ANNA = { channel: "web", id: "4711", name: "Anna Ahrens", email: "Anna@example.com" };

  async function key(...channels: readonly string[]): Promise<string> {
    const made = await hq("POST", "/hq/v1/keys", { scope: "shop", name: "shop", channels });
    return makeKeyAnswerSchema.parse(made).key;
  }

  test("a customer is registered once under the shop's id, and is one with whom a store knows by the same address", async () => {
    const known = await register({ name: "Ahrens, Anna", email: "anna@example.com", phone: "030 23125001" });
    const token = await key("web");
    const body = { ...ANNA, emailVerified: true };
    const ask = () => http.ask("/shop/v1/customers", { method: "POST", token, body });
    const first = await ask();
    expect(first.status).toBe(201);
    const customer = shopCustomerSchema.parse(await first.json());
    expect(customer).toMatchObject({ id: known, phone: "030 23125001" });
    const second = await ask();
    expect([second.status, shopCustomerSchema.parse(await second.json()).id]).toEqual([200, known]);
  });

  test("who opens an account with somebody else's address learns nothing of them, neither at once nor when they come to a store", async () => {
    const token = await key("web");
    const ask = async (body: object) => {
      const answer = await http.ask("/shop/v1/customers", { method: "POST", token, body });
      return shopCustomerSchema.parse(await answer.json());
    };
    const known = await register({ name: "Anna Ahrens", email: "anna@example.com", phone: "030 23125001" });
    const account = await ask({ ...ANNA, name: "A" });
    expect([account.id === known, account.phone]).toEqual([false, null]);
    expect((await view(known)).duplicates.map(({ customer }) => customer.id)).toEqual([account.id]);
    await ask({ ...ANNA, id: "2", name: "Ben", email: "ben@example.com" });
    const ben = await register({ name: "Ben", email: "ben@example.com", phone: "040 6696900" });
    expect((await ask({ ...ANNA, id: "2", name: "Ben", email: "ben@example.com" })).id).not.toBe(ben);
    // Shown to be theirs, they are one.
    expect(await ask({ ...ANNA, emailVerified: true })).toMatchObject({ id: known, phone: "030 23125001" });
  });

  test("an address that an account names later is not shown to be theirs", async () => {
    const token = await key("web");
    const body = { ...ANNA, email: "own@example.com", emailVerified: true };
    const registered = await http.ask("/shop/v1/customers", { method: "POST", token, body });
    const { id } = shopCustomerSchema.parse(await registered.json());
    const changed = { channel: "web", email: "anna@example.com" };
    await http.ask(`/shop/v1/customers/${id}`, { method: "PUT", token, body: changed });
    expect(await register({ name: "Anna Ahrens", email: "anna@example.com" })).not.toBe(id);
  });

  test("a consent is given and withdrawn in the shop, with where it was said", async () => {
    const token = await key("web");
    const body = { ...ANNA, consents: [{ purpose: "email", given: true }] };
    const registered = await http.ask("/shop/v1/customers", { method: "POST", token, body });
    const { id } = shopCustomerSchema.parse(await registered.json());
    const withdrawn = { channel: "web", consents: [{ purpose: "email", given: false }] };
    const answer = await http.ask(`/shop/v1/customers/${id}`, { method: "PUT", token, body: withdrawn });
    const { consents } = shopCustomerSchema.parse(await answer.json());
    expect(consents).toMatchObject([{ purpose: "email", given: false, source: "shop web" }]);
    expect((await view(id)).customer.consents).toHaveLength(2);
  });

  test("a key of one channel reaches nobody of another, looks for nobody and erases nobody", async () => {
    const id = await register({ name: "Ben", email: "ben@example.com" });
    const token = await key("web");
    const statuses = await Promise.all([
      http.ask(`/shop/v1/customers/${id}`, { token }),
      http.ask(`/shop/v1/customers/${id}`, { method: "PUT", token, body: { channel: "web", name: "X" } }),
      http.ask("/shop/v1/customers?email=ben@example.com", { token }),
      http.ask(`/shop/v1/customers/${id}`, { method: "DELETE", token }),
      http.ask("/shop/v1/customers", { method: "POST", token, body: { ...ANNA, channel: "market" } }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 403, 403, 403]);
  });

  test("a key of every channel finds a customer by address and erases them", async () => {
    const id = await register({ name: "Ben", email: "ben@example.com" });
    const token = await key();
    const found = await http.ask("/shop/v1/customers?email=BEN@example.com", { token });
    expect(shopCustomersAnswerSchema.parse(await found.json()).customers.map((each) => each.id)).toEqual([
      id,
    ]);
    expect((await http.ask(`/shop/v1/customers/${id}`, { method: "DELETE", token })).status).toBe(200);
    expect((await http.ask(`/shop/v1/customers/${id}`, { token })).status).toBe(404);
  });
});
