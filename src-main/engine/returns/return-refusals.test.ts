import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Instant } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { keyIdOf } from "#domain/returns/code/key-id.ts";
import { type CodeSigner, makeReceiptCode } from "#domain/returns/code/make-code.ts";
import { nothingReturned } from "#domain/returns/returned.ts";
import { USUAL_ROLES } from "#domain/staff/role.ts";
import { readyOrder } from "../testing/order-fixture.ts";
import { newReceiptSigner } from "../testing/receipt-signer.ts";
import {
  AS_NEW,
  boughtElsewhere,
  completed,
  markDocument,
  paidInCash,
  purchaseDocument,
  purchasedLine,
  returningOf,
  shown,
  takenBackElsewhere,
  withPolicy,
} from "../testing/return-fixture.ts";
import { euros, MUG, price, SETTINGS, settingsWith, TEE_M } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const OTHER_TILL = idOf<"Device">("device-2");
const CASH = { kind: "cash" } as const;

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn();
});

function refusal(reason: string) {
  return { ok: false, reason };
}

/** A purchase beside the basket, with all of its lines to choose from. */
async function beside(purchase = boughtElsewhere()) {
  till.replica.put("receipts", purchaseDocument(purchase));
  const answer = await till.verbs.openReturn({ purchase: purchase.ref });
  if (!answer.ok) throw new Error(answer.reason);
  return purchase.ref;
}

function whys() {
  return returningOf(till).obstacles.map(({ why, isSettled }) => (isSettled ? `${why} (settled)` : why));
}

const APPROVAL = { manager: idOf<"Staff">("johanna"), pin: "999999", reason: "Stammkundin" };

describe("a scanned code is refused for its own reason", () => {
  const signer = newReceiptSigner();
  function trust(key: CodeSigner, revokedAt: Instant | null = null): void {
    const publicKey = Buffer.from(key.publicKey).toString("base64url");
    const id = `key:${keyIdOf(key.publicKey, sha256)}`;
    till.replica.put("receipts", { id, kind: "key", publicKey, device: OTHER_TILL, revokedAt });
  }
  const code = makeReceiptCode(boughtElsewhere({ number: "BER1-01-000777" }), { signer, sha256 });

  test("but one of a till of the chain is taken, though nobody here ever saw the sale", async () => {
    till.server.goOffline();
    trust(signer);
    await till.verbs.openReturn({ code });
    expect(returningOf(till).purchases).toMatchObject([
      {
        number: "BER1-01-000777",
        lines: [{ name: "Emaille-Becher" }, { name: "Baumwoll-T-Shirt", options: ["M"] }],
      },
    ]);
  });

  test("and one on a gift receipt opens the purchase that the server knows, for credit or other goods and nothing else", async () => {
    const bought = boughtElsewhere({ number: "BER1-01-000777" });
    const gift = makeReceiptCode(bought, { signer, sha256, gift: true });
    trust(signer);
    till.server.goOffline();
    expect(await till.verbs.openReturn({ code: gift })).toEqual(refusal("codeNeedsServer"));
    till.server.comeBack();
    till.server.standings.push({ purchase: bought, returned: nothingReturned(bought.ref) });
    await till.verbs.openReturn({ code: gift });
    await till.verbs.chooseReturn({ purchase: bought.ref, position: 1, quantity: 1, ...AS_NEW });
    const ways = () => returningOf(till).routes.map(({ kind }) => kind);
    expect(ways()).toEqual(["credit"]);
    await till.restart();
    await till.signIn();
    expect(ways()).toEqual(["credit"]);
    await till.verbs.openReturn({ code: makeReceiptCode(bought, { signer, sha256 }) });
    expect(ways()).toContain("card");
  });

  test("signed by nobody of this chain", async () => {
    expect(await till.verbs.openReturn({ code })).toEqual(refusal("codeForeign"));
  });

  test("signed with a key that HQ has revoked", async () => {
    trust(signer, till.clock.now());
    expect(await till.verbs.openReturn({ code })).toEqual(refusal("codeRevoked"));
  });

  test("signed by somebody else than it says", async () => {
    trust(signer);
    const forged = makeReceiptCode(boughtElsewhere(), {
      signer: { ...newReceiptSigner(), publicKey: signer.publicKey },
      sha256,
    });
    expect(await till.verbs.openReturn({ code: forged })).toEqual(refusal("codeForged"));
  });

  test.each([
    ["read in part", (all: string) => all.slice(0, -20), "codeDamaged"],
    ["longer than any printer made", (all: string) => all.repeat(9), "codeTooLong"],
    ["with letters in it", (all: string) => `${all.slice(0, 60)}abc`, "notACode"],
  ])("%s", async (_, change, reason) => {
    trust(signer);
    expect(await till.verbs.openReturn({ code: change(code) })).toEqual(refusal(reason));
  });

  test("that names the purchase without its lines asks for a connection, and is taken with one", async () => {
    trust(signer);
    const long = boughtElsewhere({
      number: "BER1-01-000777",
      lines: Array.from({ length: 200 }, (_, position) =>
        purchasedLine(position, { sku: idOf<"Sku">(`SKU-${"x".repeat(20)}-${position}`) }),
      ),
    });
    const summary = makeReceiptCode(long, { signer, sha256 });
    till.server.goOffline();
    expect(await till.verbs.openReturn({ code: summary })).toEqual(refusal("codeNeedsServer"));
    till.server.comeBack();
    till.server.standings.push({
      purchase: long,
      returned: { purchase: long.ref, acts: [], flagged: false },
    });
    expect(await till.verbs.openReturn({ code: summary })).toMatchObject({ ok: true });
    expect(returningOf(till).purchases[0]?.lines).toHaveLength(200);
  });

  test("of a sale that nobody knows", async () => {
    expect(await till.verbs.openReturn({ code: "BER1-03-009999" })).toEqual(refusal("noSuchPurchase"));
  });
});

describe("a return is not begun", () => {
  test("by nobody, or beside money that was taken", async () => {
    const ref = await beside();
    await till.verbs.stopReturn({});
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(100) });
    expect(await till.verbs.openReturn({ purchase: ref })).toEqual(refusal("paymentStarted"));
    await till.verbs.signOut({});
    expect(await till.verbs.openReturn({ purchase: ref })).toEqual(refusal("notSignedIn"));
    expect(await till.verbs.findPurchases({ text: "x" })).toEqual(refusal("notSignedIn"));
    expect(await till.verbs.giveBack({ amount: euros(1), to: CASH })).toEqual(refusal("notSignedIn"));
  });

  test("in a basket that becomes an order, nor an order in one that takes goods back", async () => {
    const contact = { customer: null, name: "Ada", email: null, phone: null };
    const wish = { contact, delivery: { kind: "ship", address: null } } as const;
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.orderBasket(wish);
    const purchase = boughtElsewhere();
    till.replica.put("receipts", purchaseDocument(purchase));
    expect(await till.verbs.openReturn({ purchase: purchase.ref })).toEqual(refusal("orderLine"));
    await till.verbs.orderBasket(null);
    await till.verbs.openReturn({ purchase: purchase.ref });
    expect(await till.verbs.orderBasket(wish)).toEqual(refusal("orderLine"));
    expect(await till.verbs.sendBasket({})).toEqual(refusal("orderLine"));
  });

  test("in a basket that collects an order, nor a hand-out in one that takes goods back", async () => {
    await beside();
    const order = readyOrder();
    till.replica.put("orders", order);
    const handOver = {
      fulfilment: order.id,
      lines: null,
      proof: { kind: "code", code: "34ACDE" },
      override: null,
      signature: null,
      withSale: true,
    } as const;
    expect(await till.verbs.handOver(handOver)).toEqual(refusal("basketNotEmpty"));
  });

  test("of an order that the customer does not have yet", async () => {
    till.replica.put("orders", readyOrder({ number: "WEB-7" }));
    expect(await till.verbs.openReturn({ code: "OTP:WEB-7:34ACDE" })).toEqual(refusal("nothingReturnable"));
  });

  test("of a purchase in other money", async () => {
    const usd = idOf<"Currency">("USD");
    const purchase = boughtElsewhere({ currency: usd, settled: { minor: 100, currency: usd }, paidWith: [] });
    till.replica.put("receipts", purchaseDocument(purchase));
    expect(await till.verbs.openReturn({ purchase: purchase.ref })).toEqual(refusal("wrongCurrency"));
  });

  test("of a purchase of which everything came back elsewhere", async () => {
    const purchase = boughtElsewhere({ lines: [purchasedLine(0, { quantity: 1 })] });
    till.replica.put("receipts", purchaseDocument(purchase), markDocument(takenBackElsewhere(purchase)));
    expect(await till.verbs.openReturn({ purchase: purchase.ref })).toEqual(refusal("nothingReturnable"));
  });
});

describe("pieces are not chosen", () => {
  test.each([
    ["of a line that was not bought", { position: 7 }, "noSuchLine"],
    ["beyond what was bought", { quantity: 3 }, "tooMany"],
    ["in no number at all", { quantity: 0 }, "quantityOutOfRange"],
  ])("%s", async (_, changes, reason) => {
    const purchase = await beside();
    const answer = await till.verbs.chooseReturn({
      purchase,
      position: 0,
      quantity: 1,
      ...AS_NEW,
      ...changes,
    });
    expect(answer).toEqual(refusal(reason));
  });

  test("of a purchase that is not beside the basket", async () => {
    const purchase = boughtElsewhere({ id: "t-other" }).ref;
    const answer = await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(answer).toEqual(refusal("noSuchPurchase"));
    expect(await till.verbs.dropReturn({ line: idOf<"Line">("none") })).toEqual(refusal("noSuchLine"));
    expect(await till.verbs.noteIdentity({ identity: "x" })).toEqual(refusal("noReturn"));
  });

  test("while money is on the counter, and nothing is approved for a basket without a return", async () => {
    const purchase = await beside();
    expect(await till.verbs.approveReturn(APPROVAL)).toEqual(refusal("noReturn"));
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(100), to: CASH });
    const more = await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    expect(more).toEqual(refusal("paymentStarted"));
    expect(await till.verbs.stopReturn({})).toEqual(refusal("paymentStarted"));
  });

  test("when the disk is full: nothing changed", async () => {
    const purchase = await beside();
    till.drafts.fail(new Error("ENOSPC"));
    const answer = await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(answer).toEqual(refusal("storage"));
    expect(returningOf(till).purchases[0]?.lines[0]?.chosen).toBeNull();
  });
});

describe("what the policy forbids", () => {
  test("too late, a final sale and worn goods: each says so, and a manager's word gets past where it may", async () => {
    withPolicy(till, { finalSale: "refuse" });
    const day = idOf<"BusinessDay">("2026-11-20");
    const purchase = await beside(
      boughtElsewhere({
        lines: [purchasedLine(0, { returnBy: day }), purchasedLine(1, { returnBy: null })],
      }),
    );
    const worn = { ...AS_NEW, condition: "used", disposition: "outlet" } as const;
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...worn });
    await till.verbs.chooseReturn({ purchase, position: 1, quantity: 1, ...AS_NEW });
    expect(returningOf(till).obstacles).toMatchObject([
      { why: "late", way: "manager", day, isSettled: false },
      { why: "condition", way: "manager" },
      { why: "finalSale", way: "none" },
    ]);
    expect(await till.verbs.giveBack({ amount: euros(1), to: CASH })).toEqual(refusal("returnNotAllowed"));
    await till.verbs.approveReturn(APPROVAL);
    expect(whys()).toEqual(["late (settled)", "condition (settled)", "finalSale"]);
    expect(await till.verbs.giveBack({ amount: euros(1), to: CASH })).toEqual(refusal("returnNotAllowed"));
    const final = returningOf(till).purchases[0]!.lines[1]!.chosen!.line;
    await till.verbs.dropReturn({ line: final });
    expect(whys()).toEqual(["late (settled)", "condition (settled)"]);
    await till.verbs.giveBack({ amount: euros(850), to: CASH });
    await completed(till);
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket.returning).toEqual({
      by: "override",
      override: { manager: "johanna", reason: "Stammkundin" },
      identity: null,
    });
  });

  test("a manager's word is for what it was given for: more needs another", async () => {
    withPolicy(till, { managerAbove: euros(100) });
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    await till.verbs.approveReturn(APPROVAL);
    expect(whys()).toEqual(["aboveLimit (settled)"]);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    expect(whys()).toEqual(["aboveLimit"]);
    expect(returningOf(till).override).toBeNull();
  });

  test("a cashier gives back what the role allows; more takes a manager, whose word goes as far as their own role", async () => {
    const refund = (cashier: number, manager: number) =>
      USUAL_ROLES.map((role) => ({
        ...role,
        limits: { ...role.limits, refund: euros(role.id === "cashier" ? cashier : manager) },
      }));
    till.replica.put("settings", settingsWith({ roles: refund(1_000, 1_500) }));
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(whys()).toEqual([]);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    expect(whys()).toEqual(["aboveLimit"]);
    expect(await till.verbs.approveReturn(APPROVAL)).toEqual(refusal("notPermitted"));
    till.replica.put("settings", settingsWith({ roles: refund(1_000, 2_000) }));
    await till.verbs.approveReturn(APPROVAL);
    expect(whys()).toEqual(["aboveLimit (settled)"]);
  });

  test("a limit of the role in another currency lets nothing be given back without a manager", async () => {
    const roles = USUAL_ROLES.map((role) => ({
      ...role,
      limits: { ...role.limits, refund: money(100_000, idOf<"Currency">("CHF")) },
    }));
    till.replica.put("settings", settingsWith({ roles }));
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(whys()).toEqual(["aboveLimit"]);
  });

  test.each([
    ["a wrong PIN", { pin: "000000" }, "wrongPin"],
    ["a cashier's PIN", { manager: idOf<"Staff">("tarek"), pin: "222222" }, "notPermitted"],
    ["no reason", { reason: " " }, "reasonMissing"],
  ])("%s approves nothing", async (_, changes, reason) => {
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(await till.verbs.approveReturn({ ...APPROVAL, ...changes })).toEqual(refusal(reason));
  });

  test("guessing a manager's PIN is slowed down", async () => {
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    let last: unknown;
    for (let tries = 0; tries < 12; tries += 1)
      last = await till.verbs.approveReturn({ ...APPROVAL, pin: String(tries) });
    expect(last).toEqual(refusal("throttled"));
  });
});

describe("without a connection", () => {
  beforeEach(() => till.server.goOffline());

  test("only so much is given back on the till's own word, and more by a manager's", async () => {
    const purchase = await beside(
      boughtElsewhere({ lines: [purchasedLine(0, { quantity: 20, total: euros(17_000) })] }),
    );
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 11, ...AS_NEW });
    expect(whys()).toEqual([]);
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 12, ...AS_NEW });
    expect(returningOf(till).obstacles).toMatchObject([
      { why: "aboveOfflineLimit", way: "server", limit: SETTINGS.offlinePolicy.maxRefund },
    ]);
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toEqual(refusal("returnNotAllowed"));
    await till.verbs.approveReturn(APPROVAL);
    await till.verbs.giveBack({ amount: till.basket.giveBack, to: { kind: "credit" } });
    await completed(till);
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket.returning?.by).toBe("override");
  });

  test("an old purchase waits for a connection, and is free as soon as the server gives its word", async () => {
    withPolicy(till, { oldestOfflineDays: 5 });
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(whys()).toEqual(["tooOldOffline"]);
    till.server.comeBack();
    await shown(till, () => returningOf(till).purchases[0]?.lease === "held");
    expect(whys()).toEqual([]);
  });
});

describe("goods that came back meanwhile", () => {
  test("at another till are seen before money moves, and nothing is written", async () => {
    const purchase = boughtElsewhere();
    const ref = await beside(purchase);
    await till.verbs.chooseReturn({ purchase: ref, position: 0, quantity: 2, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(1_700), to: { kind: "credit" } });
    till.replica.put("receipts", markDocument(takenBackElsewhere(purchase)));
    expect(returningOf(till).obstacles).toMatchObject([{ why: "tooMany", way: "none", left: 1 }]);
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toEqual(refusal("returnNotAllowed"));
    expect(till.journal.facts("ticket.completed")).toEqual([]);
  });

  test("are asked of the server once more as the sale completes", async () => {
    const purchase = boughtElsewhere();
    const ref = await beside(purchase);
    await till.verbs.chooseReturn({ purchase: ref, position: 0, quantity: 2, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(1_700), to: { kind: "credit" } });
    till.server.standings.push({ purchase, returned: takenBackElsewhere(purchase) });
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toEqual(refusal("returnNotAllowed"));
  });

  test("in another basket of this very till count at once", async () => {
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    const first = till.basket.id;
    await till.signIn("tarek");
    await till.verbs.openReturn({ purchase });
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 2, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(1_700), to: { kind: "credit" } });
    await completed(till);
    await till.signIn("mira");
    expect(till.basket.id).toBe(first);
    expect(whys()).toEqual(["tooMany"]);
    expect(await till.verbs.completeSale({ basket: first })).toEqual(refusal("returnNotAllowed"));
  });

  test("twice are flagged in the whole chain, and need a manager", async () => {
    const purchase = boughtElsewhere();
    till.replica.put("receipts", markDocument(takenBackElsewhere(purchase, { flagged: true })));
    const ref = await beside(purchase);
    await till.verbs.chooseReturn({ purchase: ref, position: 1, quantity: 1, ...AS_NEW });
    expect(returningOf(till)).toMatchObject({
      purchases: [{ flagged: true }],
      obstacles: [{ why: "refundedTwice", way: "manager" }],
    });
  });

  test("with another till under way need a manager", async () => {
    till.server.leaseTo("ticket:t-far", OTHER_TILL);
    const purchase = await beside();
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(returningOf(till)).toMatchObject({
      purchases: [{ lease: "another" }],
      obstacles: [{ why: "leaseHeldByAnother", way: "manager" }],
    });
  });
});

describe("goods without a receipt", () => {
  const GOODS = { variant: TEE_M, quantity: 1, ...AS_NEW };

  test("bring the lowest price of the policy's days, as credit, with a document looked at and a manager's word", async () => {
    const DAY = 86_400_000;
    const ago = (days: number) => (till.clock.now() - days * DAY) as Instant;
    till.replica.put(
      "prices",
      price(TEE_M, 1_500, { validFrom: ago(20), validTo: ago(10) }),
      price(TEE_M, 999, { validFrom: ago(60), validTo: ago(40) }),
    );
    await till.verbs.returnWithoutReceipt(GOODS);
    expect(returningOf(till)).toMatchObject({
      refund: euros(1_500),
      unreceipted: [{ name: "Baumwoll-T-Shirt", unitPrice: euros(1_500), refund: euros(1_500) }],
      obstacles: [
        { why: "withoutReceipt", way: "manager", isSettled: false },
        { why: "identity", way: "identity", isSettled: false },
      ],
      routes: [{ kind: "credit", most: euros(1_500) }],
      mayWithoutReceipt: true,
    });
    await till.verbs.approveReturn(APPROVAL);
    expect(await till.verbs.giveBack({ amount: euros(1_500), to: { kind: "credit" } })).toEqual(
      refusal("returnNotAllowed"),
    );
    await till.verbs.noteIdentity({ identity: "Ausweis …4711" });
    await till.verbs.giveBack({ amount: euros(1_500), to: { kind: "credit" } });
    await completed(till);
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket).toMatchObject({
      lines: [{ kind: "return", of: null, total: euros(-1_500) }],
      returning: { by: "override", identity: "Ausweis …4711" },
    });
  });

  test.each([
    ["that nobody sells here", { variant: idOf<"Variant">("gone") }, "noSuchItem"],
    ["in no number", { quantity: 0 }, "quantityOutOfRange"],
  ])("%s are not taken", async (_, changes, reason) => {
    expect(await till.verbs.returnWithoutReceipt({ ...GOODS, ...changes })).toEqual(refusal(reason));
  });

  test("that had no price are not taken, nor any where the policy takes none", async () => {
    till.replica.remove("prices", `retail:${TEE_M}`);
    expect(await till.verbs.returnWithoutReceipt(GOODS)).toEqual(refusal("noPrice"));
    withPolicy(till, { withoutReceipt: null });
    expect(await till.verbs.returnWithoutReceipt(GOODS)).toEqual(refusal("notWithoutReceipt"));
  });

  test("that other goods are taken for are noted as owed in goods where they bring credit only", async () => {
    withPolicy(till, {
      withoutReceipt: { lowestPriceDays: 30, identity: false, manager: false, creditOnly: true, most: null },
    });
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    await till.verbs.returnWithoutReceipt({ ...GOODS, variant: MUG });
    await paidInCash(till);
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket.returning).toMatchObject({
      owedInGoods: euros(850),
    });
  });

  test("may come back beside a sale", async () => {
    withPolicy(till, {
      withoutReceipt: { lowestPriceDays: 30, identity: false, manager: false, creditOnly: false, most: null },
    });
    await till.verbs.addItem({ variant: TEE_M, quantity: 1 });
    await till.verbs.returnWithoutReceipt({ ...GOODS, variant: MUG });
    await paidInCash(till);
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket).toMatchObject({
      totals: { due: euros(1_149) },
      returning: { by: "offline", override: null, identity: null },
    });
    expect(till.journal.facts("ticket.completed").at(-1)?.ticket.returning).not.toHaveProperty("owedInGoods");
  });
});
