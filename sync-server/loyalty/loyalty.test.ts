import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import { monthsAfter } from "#domain/loyalty/lots.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { money } from "#domain/money/money.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { balanceSchema } from "#protocol/documents/balance.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { customerPointsAnswerSchema } from "#protocol/hq/loyalty.ts";
import { burnAnswerSchema, loyaltyQuoteSchema, shopLoyaltySchema } from "#protocol/shop/loyalty.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { pointsAnswerSchema } from "#protocol/sync/points.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { handedOver, OrderBench, partOf, picked } from "../testing/orders.ts";
import { ofTicket, returnTicket } from "../testing/returns.ts";
import { BERLIN, customer, EUR, TEA } from "../testing/shop.ts";
import { settlePoints } from "./settle.ts";
import { burnedId, givenBackId } from "./shop-burn.ts";

const ANNA: Customer = { ...customer("anna"), name: "Anna Ahrens", email: "anna@example.com" };
const SILVER = idOf<"CustomerGroup">("silver");
const euros = (minor: number) => money(minor, EUR);
const PROGRAMME: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 10, per: euros(100), categories: [] },
  tiers: [{ name: "Silver", from: 300, ppm: 2_000_000, group: SILVER }],
  burn: { points: 100, worth: euros(100), least: 100, most: null },
  expiresAfterMonths: 12,
};

let http: HttpForTests;
let berlin: HttpTill;
let hamburg: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 50);
  await http.parts.deps.publisher.publish((publication) => publication.putCustomer(ANNA));
  const put = await http.hq("/hq/v1/loyalty", { method: "PUT", body: { programme: PROGRAMME } });
  expect(put.status).toBe(200);
  berlin = await http.pair("BER1");
  hamburg = await http.pair("HAM1");
  for (const each of [berlin, hamburg]) await http.push(each, [each.till.begin()]);
});
afterEach(() => http.close());

/** So many teas for Anna, by a ticket that says what they earn: 35 points each. */
function earning({ till }: HttpTill, pieces: number): Ticket {
  const ticket = till.ticket([{ variant: TEA, quantity: pieces }]);
  const earned = 35 * pieces;
  return {
    ...ticket,
    customer: ANNA.id,
    loyalty: { earned, shares: [{ position: 0, pieces, points: earned }] },
  };
}

function burning({ till }: HttpTill, points: number): Ticket {
  const ticket = till.ticket([{ variant: TEA, quantity: 1 }]);
  const id = idOf<"Tender">(randomUUID());
  return {
    ...ticket,
    customer: ANNA.id,
    tenders: [{ id, kind: "points", points, amount: euros(points), customer: ANNA.id }],
    loyalty: { earned: 0, shares: [] },
  };
}

async function push(from: HttpTill, ...tickets: readonly Ticket[]): Promise<void> {
  const entries = tickets.map((ticket) => from.till.write({ type: "ticket.completed", ticket }));
  expect(await (await http.push(from, entries)).json()).toMatchObject({ ok: true });
}

async function shop(customerId: CustomerId = ANNA.id) {
  return shopLoyaltySchema.parse(await (await http.hq(`/shop/v1/loyalty/${customerId}`)).json());
}

const post = (path: string, body: unknown) =>
  http.hq(`/shop/v1/loyalty/${ANNA.id}/${path}`, { method: "POST", body });

async function onTills() {
  const rows = await http.parts.storage.read((tx) =>
    tx.feedRows({ feed: "balances", collection: "balances", after: 0, limit: 99 }),
  );
  return rows.flatMap(({ data }) => (data === null ? [] : [balanceSchema.parse(JSON.parse(data))]));
}

const profile = () => http.parts.storage.read((tx) => tx.customer(ANNA.id));

async function overdrawn() {
  const found = await http.parts.storage.read((tx) => tx.exceptions(99));
  return found.filter(({ kind }) => kind === "pointsOverdrawn");
}

describe("points that tills tell of", () => {
  test("are known in the whole chain and to shops as soon as the ticket is told, once however often it is", async () => {
    await push(berlin, earning(berlin, 2));
    await push(hamburg, earning(hamburg, 1));
    expect(await onTills()).toMatchObject([{ id: `points:${ANNA.id}`, kind: "points", balance: 105 }]);
    const again = berlin.till.entries.slice();
    expect(await (await http.push(berlin, again)).json()).toMatchObject({ ok: true });
    expect(await shop()).toMatchObject({ balance: 105, earnedInYear: 105, worth: euros(100), tier: null });
    expect(
      (await shop()).entries.map(({ kind, points, storeName }) => [kind, points, storeName]),
    ).toContainEqual(["earned", 70, BERLIN.name]);
  });

  test("every store's tills have the programme with their settings", async () => {
    const stores = await http.parts.storage.read((tx) => tx.stores());
    expect(stores.map(({ loyalty }) => loyalty)).toEqual([PROGRAMME, PROGRAMME]);
    await http.hq("/hq/v1/loyalty", { method: "PUT", body: { programme: null } });
    const after = await http.parts.storage.read((tx) => tx.stores());
    expect(after.map(({ loyalty }) => loyalty)).toEqual([undefined, undefined]);
  });

  test("two tills that took the same points while cut off are one exception, and the balance says so", async () => {
    await push(berlin, earning(berlin, 4));
    await push(berlin, burning(berlin, 100));
    hamburg.till.at = instant(berlin.till.at + 1);
    await push(hamburg, burning(hamburg, 100));
    expect(await overdrawn()).toMatchObject([
      { detail: { customer: "Anna Ahrens", points: "60", tills: "BER1-01, HAM1-01" } },
    ]);
    await push(hamburg, burning(hamburg, 100));
    expect(await overdrawn()).toMatchObject([{ detail: { points: "160" } }]);
    expect(await shop()).toMatchObject({ balance: -160, worth: euros(0) });
  });

  test("the tier that they reach puts the customer into its group, and takes them out when it ends", async () => {
    await push(berlin, earning(berlin, 9));
    expect(await profile()).toMatchObject({ groups: [SILVER] });
    expect(await shop()).toMatchObject({ tier: "Silver", next: null });
    http.parts.clock.advance(monthsAfter(berlin.till.at, 12) - http.parts.clock.now());
    await http.parts.deps.loyalty.tick();
    expect(await profile()).toMatchObject({ groups: [] });
    expect(await shop()).toMatchObject({ tier: null, balance: 0, next: { tier: "Silver", missing: 300 } });
    expect((await shop()).entries[0]).toMatchObject({ kind: "expired", points: -315 });
  });

  test("points that a till took in time and told of late had not lapsed: nobody is alarmed, and nothing is missing", async () => {
    await push(berlin, earning(berlin, 4));
    const ticket = burning(hamburg, 100);
    http.parts.clock.advance(monthsAfter(berlin.till.at, 12) - http.parts.clock.now());
    await http.parts.deps.loyalty.tick();
    expect(await shop()).toMatchObject({ balance: 0 });
    await push(hamburg, ticket);
    expect(await shop()).toMatchObject({ balance: 0 });
    expect((await shop()).entries.map(({ kind, points }) => [kind, points]).toSorted()).toEqual([
      ["adjusted", 100],
      ["burned", -100],
      ["earned", 140],
      ["expired", -140],
    ]);
    expect(await overdrawn()).toEqual([]);
  });

  test("an older sale that a till tells after the points of a newer one lapsed lapses at once, by its own date", async () => {
    const older = earning(hamburg, 2);
    berlin.till.at = instant(hamburg.till.at + 86_400_000);
    await push(berlin, earning(berlin, 4));
    http.parts.clock.advance(monthsAfter(berlin.till.at, 12) - http.parts.clock.now());
    await http.parts.deps.loyalty.tick();
    expect(await shop()).toMatchObject({ balance: 0, expiry: null });
    await push(hamburg, older);
    expect(await shop()).toMatchObject({ balance: 0, expiry: null });
    expect(await onTills()).toMatchObject([{ balance: 0, expiry: null }]);
    http.parts.clock.advance(1);
    const due = await http.parts.storage.read((tx) => tx.pointsDue({ at: http.parts.clock.now(), limit: 9 }));
    expect(due).toEqual([]);
  });

  test("that have lapsed pay nothing, before anybody has booked that they have", async () => {
    await push(berlin, earning(berlin, 4));
    http.parts.clock.advance(monthsAfter(berlin.till.at, 12) - http.parts.clock.now());
    expect(await shop()).toMatchObject({ balance: 0 });
    const burn = { channel: "web", order: "1", points: 100, total: euros(350) };
    expect((await refusalOf(await post("burn", burn))).reason).toBe("conflict");
    const { token } = hamburg;
    const asked = await http.ask("/sync/v1/points", { method: "POST", token, body: { customer: ANNA.id } });
    expect(pointsAnswerSchema.parse(await asked.json())).toMatchObject({ balance: { balance: 0 } });
  });

  test("and are in no balance that a shop is answered which asks for the same again", async () => {
    await push(berlin, earning(berlin, 5));
    const burn = { channel: "web", order: "1", points: 100, total: euros(350) };
    const release = { channel: "web", order: "1", reference: "r1", points: 50 };
    const answered = async (what: string, body: object) =>
      burnAnswerSchema.parse(await (await post(what, body)).json()).balance;
    expect(await answered("burn", burn)).toBe(75);
    expect(await answered("release", release)).toBe(125);
    http.parts.clock.advance(monthsAfter(http.parts.clock.now(), 12) - http.parts.clock.now());
    expect(await answered("burn", burn)).toBe(0);
    expect(await answered("release", release)).toBe(0);
  });

  test("and a term that HQ makes shorter takes them from then on", async () => {
    await push(berlin, earning(berlin, 4));
    http.parts.clock.advance(100 * 86_400_000);
    berlin.till.at = instant(http.parts.clock.now() - 86_400_000);
    await push(berlin, burning(berlin, 100));
    const programme = { ...PROGRAMME, expiresAfterMonths: 2 };
    await http.hq("/hq/v1/loyalty", { method: "PUT", body: { programme } });
    expect(await shop()).toMatchObject({ balance: 0 });
    expect((await shop()).entries[0]).toMatchObject({ kind: "expired", points: -40 });
  });

  test("a till that holds them is the only one to take them until its sale is told", async () => {
    await push(berlin, earning(berlin, 4));
    const hold = async ({ token }: HttpTill) => {
      const body = { act: "ask", subject: { kind: "balance", id: `points:${ANNA.id}` } };
      return leaseAnswerSchema.parse(
        await (await http.ask("/sync/v1/leases", { method: "POST", token, body })).json(),
      );
    };
    const asked = async ({ token }: HttpTill) => {
      const body = { customer: ANNA.id };
      return pointsAnswerSchema.parse(
        await (await http.ask("/sync/v1/points", { method: "POST", token, body })).json(),
      );
    };
    expect(await hold(berlin)).toMatchObject({ granted: true });
    expect(await hold(hamburg)).toMatchObject({ granted: false });
    expect(await asked(hamburg)).toMatchObject({ balance: { balance: 140 }, holder: berlin.till.device });
    const burn = { channel: "web", order: "1", points: 100, total: euros(350) };
    expect((await refusalOf(await post("burn", burn))).reason).toBe("conflict");
    await push(berlin, burning(berlin, 100));
    expect(await asked(hamburg)).toMatchObject({ balance: { balance: 40 }, holder: null });
  });
});

describe("what comes back", () => {
  test("takes back what it earned, piece by piece, never more, in whatever order tills tell of it", async () => {
    const sold = earning(berlin, 3);
    await push(hamburg, returnTicket(hamburg.till, ofTicket(sold), { pieces: 1 }));
    await push(berlin, sold);
    expect(await shop()).toMatchObject({ balance: 70, earnedInYear: 70 });
    await push(hamburg, returnTicket(hamburg.till, ofTicket(sold), { pieces: 2 }));
    expect(await shop()).toMatchObject({ balance: 0, earnedInYear: 0 });
    await push(berlin, returnTicket(berlin.till, ofTicket(sold), { pieces: 1 }));
    expect(await shop()).toMatchObject({ balance: 0 });
  });

  test("gives points back that had paid for it, and may leave the balance below zero where earned ones were spent", async () => {
    const sold = earning(berlin, 4);
    await push(berlin, sold, burning(berlin, 100));
    await push(berlin, returnTicket(berlin.till, ofTicket(sold), { pieces: 4 }));
    expect(await shop()).toMatchObject({ balance: -100 });
    expect(await overdrawn()).toEqual([]);
    const back = returnTicket(berlin.till, ofTicket(sold), { pieces: 1 });
    const to = { kind: "points", customer: ANNA.id, points: 100 } as const;
    const tender = { id: idOf<"Tender">(randomUUID()), kind: "refund", amount: euros(100), to } as const;
    await push(berlin, { ...back, tenders: [tender] });
    expect(await shop()).toMatchObject({ balance: 0 });
  });
});

describe("orders", () => {
  test("earn once, when they were handed out, less what points paid of them; what comes back is taken back", async () => {
    await push(berlin, earning(berlin, 4));
    const burn = { channel: "web", order: "1042", points: 100, total: euros(700) };
    const burned = burnAnswerSchema.parse(await (await post("burn", burn)).json());
    expect(burned).toEqual({ points: 100, amount: euros(100), balance: 40 });
    expect(burnAnswerSchema.parse(await (await post("burn", burn)).json())).toEqual(burned);
    expect((await refusalOf(await post("burn", { ...burn, points: 200 }))).reason).toBe("conflict");
    const bench = new OrderBench(http.parts.deps);
    const { order } = await bench.place({ customer: { name: ANNA.name, email: ANNA.email } });
    expect(await shop()).toMatchObject({ balance: 40 });
    const till = { till: berlin.till, record: async () => recordOf(berlin) };
    await bench.push(till, picked(partOf(order)), handedOver(partOf(order)));
    // Seven euros less one that points paid.
    expect(await shop()).toMatchObject({ balance: 100 });
    await bench.pushAgain(till);
    expect(await shop()).toMatchObject({ balance: 100 });
    await push(berlin, returnTicket(berlin.till, { kind: "order", id: order.id }, { pieces: 2 }));
    expect(await shop()).toMatchObject({ balance: 40 });
    const release = { channel: "web", order: "1042", reference: "came back" };
    for (let time = 0; time < 2; time += 1)
      expect(burnAnswerSchema.parse(await (await post("release", release)).json())).toMatchObject({
        points: 100,
        amount: euros(100),
        balance: 140,
      });
    expect((await refusalOf(await post("release", { ...release, reference: "again" }))).reason).toBe(
      "conflict",
    );
  });

  async function recordOf(till: HttpTill) {
    const device = await http.parts.storage.read((tx) => tx.device(till.till.device));
    if (device === null) throw new Error("the till is gone");
    return device;
  }
});

describe("shops", () => {
  test("ask what a basket earns and what points may pay of it", async () => {
    await push(berlin, earning(berlin, 9));
    const lines = [{ sku: "SKU-tea", quantity: 2, total: euros(700) }];
    expect(loyaltyQuoteSchema.parse(await (await post("quote", { lines, points: 300 })).json())).toEqual({
      // Four euros are paid in money, and Silver earns double.
      earns: 80,
      burn: { least: 100, most: 300, step: 100, worth: euros(100), amount: euros(300) },
    });
  });

  test("reach customers of their channels alone, and spend for these channels alone", async () => {
    const body = { scope: "shop", name: "Shop", channels: ["web"] };
    const made = await http.hq("/hq/v1/keys", { method: "POST", body });
    const { key: token } = makeKeyAnswerSchema.parse(await made.json());
    const ask = (path: string, asked: object = {}) =>
      http.ask(`/shop/v1/loyalty/${ANNA.id}${path}`, { token, ...asked });
    expect((await ask("")).status).toBe(404);
    await new OrderBench(http.parts.deps).place({ customer: { name: ANNA.name, id: ANNA.id } });
    expect((await ask("")).status).toBe(200);
    const burn = { channel: "mail", order: "1", points: 100, total: euros(700) };
    expect((await ask("/burn", { method: "POST", body: burn })).status).toBe(403);
    expect((await ask("/burn", { method: "POST", body: { ...burn, channel: "web" } })).status).toBe(409);
  });
});

describe("HQ", () => {
  test("adjusts points with a reason, once", async () => {
    const body = { id: "a-random-id", points: 250, reason: "A late parcel", by: "Ada" };
    for (let time = 0; time < 2; time += 1) {
      const answer = await http.hq(`/hq/v1/customers/${ANNA.id}/points`, { method: "POST", body });
      expect(customerPointsAnswerSchema.parse(await answer.json())).toMatchObject({
        programme: "Friends",
        standing: { balance: 250, earnedInYear: 0, expiry: { points: 250 } },
        entries: [{ kind: "adjusted", points: 250, note: "A late parcel (Ada)" }],
      });
    }
    expect((await http.hq("/hq/v1/customers/nobody/points")).status).toBe(404);
  });

  test("puts no programme of a currency that no store has, nor tiers out of order", async () => {
    const yen = money(1, idOf<"Currency">("JPY"));
    for (const programme of [
      { ...PROGRAMME, earn: { ...PROGRAMME.earn, per: yen } },
      { ...PROGRAMME, tiers: [...PROGRAMME.tiers, { name: "Gold", from: 300, ppm: 1 }] },
    ])
      expect((await http.hq("/hq/v1/loyalty", { method: "PUT", body: { programme } })).status).toBe(400);
  });

  test("everybody stands as a changed programme says", async () => {
    await push(berlin, earning(berlin, 2));
    const programme = { ...PROGRAMME, tiers: [{ name: "Bronze", from: 50, ppm: 1_000_000 }] };
    await http.hq("/hq/v1/loyalty", { method: "PUT", body: { programme } });
    expect(await onTills()).toMatchObject([{ tier: "Bronze" }]);
  });
});

test("the points of profiles that were merged are one balance, under the id that is left, and two again when that is taken back", async () => {
  const before = idOf<"Customer">("anna-before");
  const { publisher } = http.parts.deps;
  const points = async () => new Map((await onTills()).map(({ id, ...told }) => [id, told]));
  const merged = { id: `points:${ANNA.id}`, former: `points:${before}` };
  await push(berlin, { ...earning(berlin, 2), customer: before });
  expect((await points()).get(idOf<"Balance">(merged.former))).toMatchObject({ balance: 70 });
  await publisher.publish(async (publication) => {
    await publication.putCustomer({ ...ANNA, formerIds: [before] });
    await settlePoints(publication, ANNA.id);
  });
  await push(berlin, earning(berlin, 1));
  expect(await shop()).toMatchObject({ balance: 105 });
  expect([...(await points()).keys()]).toEqual([merged.id]);
  await publisher.publish(async (publication) => {
    await publication.putCustomer(ANNA);
    for (const id of [ANNA.id, before]) await settlePoints(publication, id);
  });
  const after = await points();
  expect(after.get(idOf<"Balance">(merged.id))).toMatchObject({ balance: 35 });
  expect(after.get(idOf<"Balance">(merged.former))).toMatchObject({ balance: 70 });
});

test("points spent while two profiles were one are not spent again once they are two", async () => {
  const bert = customer("bert");
  const { publisher, customers } = http.parts.deps;
  await publisher.publish((publication) => publication.putCustomer(bert));
  await push(berlin, { ...earning(berlin, 4), customer: bert.id });
  http.parts.clock.advance(berlin.till.at + 1 - http.parts.clock.now());
  await customers.merge({ survivor: ANNA.id, former: bert.id, by: "Hanna" });
  berlin.till.at = instant(http.parts.clock.now() + 1);
  await push(berlin, burning(berlin, 100));
  expect(await shop()).toMatchObject({ balance: 40 });
  const [merge] = await http.parts.storage.read((tx) => tx.customerMerges([ANNA.id]));
  expect((await customers.undo({ id: merge!.id, by: "Hanna" })).ok).toBe(true);
  expect(await shop()).toMatchObject({ balance: 0 });
  expect(await shop(bert.id)).toMatchObject({ balance: 40 });
});

test("of somebody who was erased no till knows points, whatever it tells of them later; the books stay", async () => {
  await push(berlin, earning(berlin, 2));
  expect(await onTills()).toHaveLength(1);
  expect((await http.parts.deps.customers.erase(ANNA.id)).ok).toBe(true);
  expect(await onTills()).toEqual([]);
  await push(hamburg, earning(hamburg, 1));
  expect(await onTills()).toEqual([]);
  const entries = await http.parts.storage.read((tx) => tx.pointsEntries([ANNA.id]));
  expect(entries).toHaveLength(2);
});

test("two shops whose names run into each other never share an order", () => {
  const name = (channel: string, order: string) => ({ channel: idOf<"Channel">(channel), order });
  expect(burnedId(name("web", "de:7"))).not.toBe(burnedId(name("web:de", "7")));
  expect(givenBackId(name("web", "7"), "a:b")).not.toBe(givenBackId(name("web", "7:a"), "b"));
  expect(givenBackId(name("web", "7:a"), "b")).not.toContain(givenBackId(name("web", "7"), ""));
});
