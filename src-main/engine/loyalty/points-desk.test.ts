import { beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { idOf } from "#domain/ids.ts";
import { pointsAccount } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { PointsDocument } from "#protocol/documents/balance.ts";
import { AS_NEW } from "../testing/return-fixture.ts";
import { euros, MUG, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const FORMER = idOf<"Customer">("anna-before");
const ANNA: Customer = {
  id: idOf<"Customer">("anna"),
  name: "Anna Weiß",
  email: null,
  phone: null,
  cardNumber: null,
  formerIds: [FORMER],
};
const OTHER_TILL = idOf<"Device">("device-9");
const FRIENDS: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 1, per: euros(100), categories: [{ category: "Küche", ppm: 2_000_000 }] },
  tiers: [{ name: "Silver", from: 500, ppm: 1_500_000 }],
  burn: { points: 100, worth: euros(100), least: 100, most: null },
  expiresAfterMonths: null,
};

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("customers", ANNA);
  till.replica.put("settings", settingsWith({ loyalty: FRIENDS }));
  await till.restart();
  await till.signIn();
});

function told(balance: number, changes: Partial<PointsDocument> = {}): PointsDocument {
  const id = idOf<"Balance">(pointsAccount(ANNA.id));
  return {
    ...{ id, kind: "points", customer: ANNA.id, balance },
    ...{ earnedInYear: balance, tier: null, expiry: null, moves: [] },
    ...changes,
  };
}

function atServer(balance: PointsDocument, holder: typeof OTHER_TILL | null = null): void {
  till.server.pointsOf.set(ANNA.id, { balance, holder, entries: [] });
}

/** Two mugs for Anna: 17.00, twice the points. */
async function ringUp(quantity = 2): Promise<void> {
  await till.verbs.setCustomer({ customer: ANNA.id });
  await till.verbs.addItem({ variant: MUG, quantity });
}

async function sell(): Promise<Ticket> {
  if (till.basket.remaining.minor > 0) await till.verbs.takeCash({ tendered: till.basket.remainingInCash });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  const ticket = till.journal.facts("ticket.completed").at(-1)?.ticket;
  if (ticket === undefined) throw new Error("nothing was sold");
  return ticket;
}

const take = (points: number | null = null) => till.verbs.takePoints({ points });
const shown = () => till.basket.loyalty;

describe("a customer on the basket", () => {
  test("shows their points and tier, and what the sale brings them", async () => {
    till.replica.put("balances", told(800, { tier: "Silver" }));
    await ringUp();
    await expect.poll(shown).toEqual({
      programme: "Friends",
      balance: 800,
      tier: "Silver",
      earns: 51,
      mayPay: true,
    });
    till.replica.put("balances", told(900));
    expect(shown()).toMatchObject({ balance: 900, earns: 34 });
    await till.verbs.setCustomer({ customer: null });
    expect(shown()).toBeNull();
  });

  test("has what this till sold them meanwhile, under whichever of their ids, until the server's word has it in it", async () => {
    till.server.goOffline();
    await ringUp();
    const ticket = await sell();
    expect(ticket.loyalty).toMatchObject({ earned: 34 });
    await ringUp();
    expect(shown()).toMatchObject({ balance: 34 });
    await sell();
    await ringUp();
    expect(shown()).toMatchObject({ balance: 68 });
    till.replica.put("balances", told(34, { moves: [`earned:ticket:${ticket.id}`] }));
    expect(shown()).toMatchObject({ balance: 68 });
  });

  test("where there is no programme nothing is shown, taken or earned", async () => {
    till.replica.put("settings", settingsWith({}));
    await ringUp();
    expect(shown()).toBeNull();
    expect(await take()).toEqual({ ok: false, reason: "pointsPayNothing" });
    expect(await till.verbs.customerPoints({ customer: ANNA.id })).toEqual({ ok: true, value: null });
    expect((await sell()).loyalty).toBeUndefined();
  });
});

describe("paying with points", () => {
  test("without a connection: as this till knows them, up to the store's limit over all its sales, and the receipt says so", async () => {
    till.replica.put("balances", told(9_000));
    till.server.goOffline();
    await ringUp(6);
    expect(await till.verbs.checkPoints({})).toMatchObject({
      ok: true,
      value: { balance: 9_000, most: 5_000, boundBy: "offline", askedServer: false },
    });
    expect(await take(3_000)).toMatchObject({ ok: true });
    const ticket = await sell();
    expect(ticket.tenders[0]).toMatchObject({ kind: "points", points: 3_000, customer: ANNA.id });
    expect(ticket.loyalty).toMatchObject({ earned: 42, balance: { points: 6_042, word: "till" } });
    await ringUp(6);
    expect(await take(3_000)).toEqual({ ok: false, reason: "pointsTooMany" });
    expect(await take(2_000)).toMatchObject({ ok: true });
    expect(await take()).toEqual({ ok: false, reason: "pointsAboveOfflineLimit" });
  });

  test("with a connection by the server's word, which holds them until they are needed no more", async () => {
    till.replica.put("balances", told(100));
    atServer(told(9_000));
    await ringUp();
    const taken = await take();
    expect(taken).toMatchObject({ ok: true, value: { remaining: euros(0) } });
    expect(till.server.holderOf(pointsAccount(ANNA.id))).not.toBeNull();
    const [tender] = till.basket.tenders;
    if (tender === undefined) throw new Error("nothing was taken");
    await till.verbs.removeTender({ tender: tender.id });
    await till.server.asked(2);
    expect(till.server.requests.map(({ act }) => act)).toEqual(["ask", "release"]);
  });

  test("what another till holds is not taken, and none of it is shown as free", async () => {
    till.server.leaseTo(pointsAccount(ANNA.id), OTHER_TILL);
    atServer(told(9_000), OTHER_TILL);
    await ringUp();
    expect(await till.verbs.checkPoints({})).toEqual({ ok: false, reason: "pointsHeldByAnother" });
    expect(await take()).toEqual({ ok: false, reason: "pointsHeldByAnother" });
  });

  test("a hold that ran out while the customer looked for coins is looked at once more", async () => {
    atServer(told(1_700));
    await ringUp();
    await take(1_700);
    atServer(told(0));
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toEqual({
      ok: false,
      reason: "pointsTooMany",
    });
  });

  test("only whole steps, never more than is to be paid, and only by somebody known", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(await take()).toEqual({ ok: false, reason: "pointsNoCustomer" });
    atServer(told(9_000));
    await till.verbs.setCustomer({ customer: ANNA.id });
    expect(await take(150)).toEqual({ ok: false, reason: "pointsNotInSteps" });
    expect(await take(900)).toEqual({ ok: false, reason: "pointsTooMany" });
    expect(await take()).toMatchObject({ ok: true, value: { remaining: euros(50) } });
    expect(await till.verbs.setCustomer({ customer: null })).toEqual({
      ok: false,
      reason: "paymentStarted",
    });
  });
});

test("goods that were paid with points bring points back first, and money only for what money paid", async () => {
  till.replica.put("balances", told(500));
  till.server.goOffline();
  await ringUp();
  await take(500);
  const sold = await sell();
  const opened = await till.verbs.openReturn({ code: sold.number });
  const purchase = opened.ok ? opened.value.returning?.purchases[0]?.ref : undefined;
  if (purchase === undefined) throw new Error("no such purchase");
  const chosen = await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
  const routes = chosen.ok ? chosen.value.returning?.routes : undefined;
  expect(routes?.map(({ kind, most }) => [kind, most])).toEqual([
    ["points", euros(500)],
    ["cash", euros(1_200)],
    ["credit", euros(1_200)],
  ]);
  const cash = { amount: euros(1_700), to: { kind: "cash" } } as const;
  expect(await till.verbs.giveBack(cash)).toEqual({ ok: false, reason: "tooMuchThisWay" });
  await till.verbs.giveBack({ amount: euros(250), to: { kind: "points", customer: ANNA.id } });
  await till.verbs.giveBack({ amount: euros(250), to: { kind: "points", customer: ANNA.id } });
  await till.verbs.giveBack({ amount: euros(1_200), to: { kind: "cash" } });
  const back = await till.verbs.completeSale({ basket: till.basket.id });
  expect(back.ok).toBe(true);
  const tenders = till.journal.facts("ticket.completed").at(-1)?.ticket.tenders ?? [];
  expect(tenders.flatMap((each) => (each.kind === "refund" ? [each.to] : []))).toEqual([
    { kind: "points", customer: ANNA.id, points: 250 },
    { kind: "points", customer: ANNA.id, points: 250 },
    { kind: "cash" },
  ]);
  const after = await till.verbs.customerPoints({ customer: ANNA.id });
  // What it earned goes back as the server learns of the return.
  expect(after).toMatchObject({ ok: true, value: { standing: { balance: 524 }, entries: null } });
});
