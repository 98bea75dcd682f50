import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { SaleLine, Ticket } from "#domain/ticket/ticket.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { customerViewSchema } from "#protocol/hq/customers.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { customer, EUR, TEA } from "../testing/shop.ts";

const ANNA = { ...customer("anna"), name: "Anna Ahrens", email: "anna@example.com" };
const CARD = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(4), "giftCard");
const SPRING = idOf<"Promotion">("spring");
const euros = (minor: number) => money(minor, EUR);

let http: HttpForTests;
let berlin: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 50);
  await http.parts.deps.publisher.publish((publication) => publication.putCustomer(ANNA));
  const programme = {
    name: "Friends",
    earn: { points: 10, per: euros(100), categories: [] },
    tiers: [],
    burn: { points: 100, worth: euros(100), least: 100, most: null },
    expiresAfterMonths: 12,
  };
  const put = await http.hq("/hq/v1/loyalty", { method: "PUT", body: { programme } });
  expect(put.status).toBe(200);
  berlin = await http.pair("BER1");
  await http.push(berlin, [berlin.till.begin()]);
});
afterEach(() => http.close());

function bought(changes: (line: SaleLine) => Partial<SaleLine>, earned: number): Ticket {
  const ticket = berlin.till.ticket([{ variant: TEA, quantity: 1 }]);
  const [line] = ticket.lines;
  if (line?.kind !== "sale") throw new Error("a tea is sold");
  const shares = earned === 0 ? [] : [{ position: 0, pieces: 1, points: earned }];
  const lines = [{ ...line, ...changes(line) }];
  return { ...ticket, lines, customer: ANNA.id, loyalty: { earned, shares } };
}

function burned(points: number): Ticket {
  const id = idOf<"Tender">(randomUUID());
  const tender = { id, kind: "points", points, amount: euros(points), customer: ANNA.id } as const;
  return { ...bought(() => ({}), 0), tenders: [tender] };
}

async function push(...tickets: readonly Ticket[]): Promise<void> {
  const entries = tickets.map((ticket) => berlin.till.write({ type: "ticket.completed", ticket }));
  expect(await (await http.push(berlin, entries)).json()).toMatchObject({ ok: true });
}

const erase = async () => expect((await http.parts.deps.customers.erase(ANNA.id)).ok).toBe(true);

async function live(collection: "balances" | "notices") {
  const feed = collection === "balances" ? "balances" : `store:${berlin.till.store}`;
  const rows = await http.parts.storage.read((tx) =>
    tx.liveDocuments({ feed, collection, after: "", limit: 99 }),
  );
  return rows.map(({ data }) => data);
}

describe("what an export tells besides the profile", () => {
  test("is gift cards that they bought, points, and what they used of promotions and coupons", async () => {
    const granted = {
      source: "promotion",
      reason: "Spring",
      amount: euros(1),
      promotion: SPRING,
      needs: null,
    } as const;
    const card = bought(({ total }) => ({ total, taxes: [], giftCard: { code: CARD, act: "sold" } }), 0);
    const tea = bought(() => ({ discounts: [granted] }), 35);
    await push(card, { ...tea, coupons: [{ code: "SPRING10", promotion: SPRING }] });
    const all = await http.parts.deps.customers.export(ANNA.id);
    expect(all?.giftCards).toMatchObject([{ id: creditIdOf(CARD, sha256Hex), balance: euros(350) }]);
    expect(all?.credits).toEqual([]);
    expect(all?.points).toMatchObject([{ kind: "earned", number: tea.number }]);
    expect(all?.promotions).toEqual([{ promotion: SPRING, times: 1 }]);
    expect(all?.coupons).toMatchObject([{ coupon: "word:SPRING10", ticket: tea.id }]);
    expect(all?.tickets).toHaveLength(2);
  });
});

describe("whoever is erased", () => {
  test("is said to have points left; then no till is told of their points any more, whatever comes late", async () => {
    await push(bought(() => ({}), 35));
    const view = await http.hq(`/hq/v1/customers/${ANNA.id}`);
    expect(customerViewSchema.parse(await view.json()).points).toBe(35);
    expect(await live("balances")).toHaveLength(1);
    await erase();
    expect(await live("balances")).toEqual([]);
    // A till that has not heard of it yet.
    await push(bought(() => ({}), 35));
    expect(await live("balances")).toEqual([]);
    http.parts.clock.advance(3 * 366 * 86_400_000);
    await http.parts.deps.loyalty.tick();
    expect(await live("balances")).toEqual([]);
  });

  test("is named by no exception and no notice any more", async () => {
    await push(burned(100));
    const exceptions = () => http.parts.storage.read((tx) => tx.exceptions(9));
    expect(JSON.stringify([await exceptions(), await live("notices")])).toContain("Anna Ahrens");
    await erase();
    expect(await exceptions()).toMatchObject([{ kind: "pointsOverdrawn", detail: { points: "100" } }]);
    expect(JSON.stringify([await exceptions(), await live("notices")])).not.toContain("Anna");
  });

  test("has no receipt mailed any more that a till asks for late", async () => {
    const tea = bought(() => ({}), 0);
    await push(tea);
    await erase();
    const body = {
      id: "mail-1",
      ticket: tea.id,
      document: { kind: "receipt" },
      email: ANNA.email,
      language: null,
      copy: false,
    };
    const asked = await http.ask("/sync/v1/receipt-mails", { method: "POST", token: berlin.token, body });
    expect(asked.ok).toBe(true);
    expect(await http.parts.storage.read((tx) => tx.mails({ state: null, limit: 9 }))).toEqual([]);
  });
});
