import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import {
  AS_NEW,
  boughtElsewhere,
  completed,
  markDocument,
  paidInCash,
  purchaseDocument,
  purchasedLine,
  takenBackElsewhere,
} from "../testing/return-fixture.ts";
import { euros, MUG, TEE_M, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ADA = idOf<"Customer">("c-ada");

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("customers", {
    id: ADA,
    name: "Ada Brändt",
    email: "ada@example.org",
    phone: "+49 30 1234567",
    cardNumber: "NL-0815",
  });
  till.replica.put(
    "receipts",
    purchaseDocument(boughtElsewhere({ id: "t-1", number: "BER1-01-000123", customer: ADA })),
    purchaseDocument(
      boughtElsewhere({
        id: "t-2",
        number: "BER1-02-000777",
        at: instant(Date.UTC(2026, 10, 20)),
        day: idOf<"BusinessDay">("2026-11-20"),
        lines: [purchasedLine(0)],
        paidWith: [{ kind: "card", amount: euros(1_700), approvalCode: "A-99" }],
      }),
    ),
    purchaseDocument(
      boughtElsewhere({ ref: { kind: "order", id: idOf<"Order">("o-1") }, number: "WEB-55", paidWith: [] }),
    ),
  );
  await till.signIn();
  till.server.goOffline();
});

async function numbers(args: Parameters<TillInMemory["verbs"]["findPurchases"]>[0]) {
  const found = await till.verbs.findPurchases(args);
  if (!found.ok) throw new Error(found.reason);
  return found.value.purchases.map(({ number }) => number);
}

describe("a purchase is found without a connection", () => {
  test.each([
    ["by its receipt's number", { text: "ber1-01-000123" }, ["BER1-01-000123"]],
    ["by the counter on its receipt", { text: "777" }, ["BER1-02-000777"]],
    ["by its order's number", { text: "web-55" }, ["WEB-55"]],
    ["by its order's pickup QR", { text: "OTP:WEB-55:34ACDE" }, ["WEB-55"]],
    ["by the approval code of the card payment", { text: "a-99" }, ["BER1-02-000777"]],
    ["by the loyalty card", { text: "nl-0815" }, ["BER1-01-000123"]],
    ["by the customer's name", { text: "brandt" }, ["BER1-01-000123"]],
    ["by the customer's telephone", { text: "030 1234567" }, ["BER1-01-000123"]],
    ["by the customer's e-mail", { text: "ADA@example.org" }, ["BER1-01-000123"]],
    ["by the customer", { customer: ADA }, ["BER1-01-000123"]],
    ["by an article's GTIN", { text: "4006381333931" }, ["BER1-01-000123", "WEB-55"]],
    ["by an article", { variant: TEE_M, text: "BER1-01-000123" }, ["BER1-01-000123"]],
    ["by day and amount", { day: idOf<"BusinessDay">("2026-11-20"), paidMinor: 1_700 }, ["BER1-02-000777"]],
    ["by what was paid", { paidMinor: 3_699 }, ["BER1-01-000123", "WEB-55"]],
    ["only if everything fits", { text: "777", paidMinor: 1 }, []],
    ["never by an article that nobody bought", { variant: TEE_S }, []],
    ["never by nothing", { text: "  " }, []],
  ])("%s", async (_, args, expected) => {
    expect((await numbers(args)).toSorted()).toEqual(expected);
  });

  test("newest first, this till's own sale of just now among them", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { receipt } = await paidInCash(till);
    expect(await numbers({ variant: MUG })).toEqual([
      receipt.number,
      "BER1-02-000777",
      "BER1-01-000123",
      "WEB-55",
    ]);
  });

  test("with what is left of it, and told as known here alone", async () => {
    const all = boughtElsewhere({ id: "t-2", lines: [purchasedLine(0)] });
    till.replica.put("receipts", markDocument(takenBackElsewhere(all, { pieces: 2, total: euros(1_700) })));
    const found = await till.verbs.findPurchases({ text: "777" });
    expect(found).toMatchObject({
      ok: true,
      value: { askedServer: false, purchases: [{ isAllBack: true, pieces: 2, paid: euros(1_700) }] },
    });
    await till.verbs.openReturn({ code: "BER1-01-000123" });
    const { ref } = boughtElsewhere({ id: "t-1" });
    for (const [position, quantity] of [
      [0, 2],
      [1, 1],
    ] as const)
      await till.verbs.chooseReturn({ purchase: ref, position, quantity, ...AS_NEW });
    await till.verbs.giveBack({ amount: euros(3_699), to: { kind: "credit" } });
    await completed(till);
    expect(await till.verbs.findPurchases({ customer: ADA })).toMatchObject({
      value: {
        purchases: [
          { isAllBack: true, customerName: "Ada Brändt", names: ["Emaille-Becher", "Baumwoll-T-Shirt"] },
        ],
      },
    });
  });

  test("also one that has just arrived, and no more once its window is over", async () => {
    till.replica.put("receipts", purchaseDocument(boughtElsewhere({ id: "t-9", number: "BER1-01-000999" })));
    expect(await numbers({ text: "999" })).toEqual(["BER1-01-000999"]);
    till.replica.remove("receipts", "purchase:ticket:t-9");
    expect(await numbers({ text: "999" })).toEqual([]);
  });
});

describe("with a connection", () => {
  const far = boughtElsewhere({
    id: "t-muc",
    number: "MUC1-01-000001",
    customer: ADA,
    store: idOf<"Store">("store-muc"),
  });
  beforeEach(() => till.server.comeBack());

  test("what was bought in other stores is found as well, each once", async () => {
    till.server.standings.push({ purchase: far, returned: { purchase: far.ref, acts: [], flagged: false } });
    const found = await till.verbs.findPurchases({ text: "Brändt" });
    expect(found).toMatchObject({ ok: true, value: { askedServer: true } });
    expect(found.ok && found.value.purchases.map(({ number }) => number).toSorted()).toEqual([
      "BER1-01-000123",
      "MUC1-01-000001",
    ]);
    expect(till.server.purchaseAsks).toEqual([{ text: "Brändt" }, { customer: ADA }]);
  });

  test("the server's word on what came back stands", async () => {
    const purchase = boughtElsewhere({ id: "t-2", number: "BER1-02-000777", lines: [purchasedLine(0)] });
    till.server.standings.push({
      purchase,
      returned: takenBackElsewhere(purchase, { pieces: 2, total: euros(1_700), flagged: true }),
    });
    expect(await till.verbs.findPurchases({ text: "BER1-02-000777" })).toMatchObject({
      value: { purchases: [{ isAllBack: true, flagged: true }] },
    });
  });

  test("a receipt of another store is opened by its number", async () => {
    till.server.standings.push({ purchase: far, returned: { purchase: far.ref, acts: [], flagged: false } });
    expect(await till.verbs.openReturn({ code: "MUC1-01-000001" })).toMatchObject({
      ok: true,
      value: { returning: { purchases: [{ number: "MUC1-01-000001", customerName: "Ada Brändt" }] } },
    });
  });

  test("a line that no longer holds leaves what is known here", async () => {
    till.server.unreachable = true;
    expect(await till.verbs.findPurchases({ text: "777" })).toMatchObject({
      value: { askedServer: false, purchases: [{ number: "BER1-02-000777" }] },
    });
  });
});
