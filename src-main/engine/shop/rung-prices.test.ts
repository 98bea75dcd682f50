import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import {
  euros,
  JOHANNAS_WORD,
  MUG,
  price,
  product,
  RETAIL,
  SETTINGS,
  TEE_S,
  variant,
} from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const TRADE = idOf<"PriceList">("trade");
const TRADERS = idOf<"CustomerGroup">("traders");
const ANNA = idOf<"Customer">("anna");
const BEN = idOf<"Customer">("ben");
const CHEESE = idOf<"Variant">("cheese-v");
const HEM = idOf<"Variant">("hem-v");
const WATER = idOf<"Variant">("water-v");
const DEPOSIT = idOf<"Variant">("deposit-v");
const HOUR_MS = 3_600_000;

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  const { replica } = till;
  replica.put("settings", {
    ...SETTINGS,
    customerGroups: [{ id: TRADERS, name: "Trade", priceLists: [TRADE] }],
    scaleCodes: [
      { prefix: "21", itemDigits: 5, value: "price", valueDigits: 5, decimals: 2, hasPriceCheckDigit: false },
      {
        prefix: "29",
        itemDigits: 5,
        value: "weight",
        valueDigits: 5,
        decimals: 3,
        hasPriceCheckDigit: false,
      },
      { prefix: "22", itemDigits: 4, value: "price", valueDigits: 5, decimals: 2, hasPriceCheckDigit: true },
    ],
  });
  replica.put(
    "products",
    product("cheese", {
      title: "Bergkäse",
      soldBy: "weight",
      variants: [variant("cheese-v", { sku: idOf<"Sku">("42"), gtins: [idOf<"Gtin">("2112345000008")] })],
    }),
    product("hem", { title: "Änderung", soldBy: "openPrice" }),
    product("water", { title: "Wasser", links: [{ variant: DEPOSIT, kind: "deposit" }] }),
    product("deposit", { title: "Pfand" }),
  );
  replica.put("prices", price(CHEESE, 1_290), price(WATER, 129), price(DEPOSIT, 25));
  replica.put("prices", price(MUG, 700, { list: TRADE }), price(CHEESE, 1_000, { list: TRADE }));
  const profile = { email: null, phone: null, cardNumber: null };
  replica.put(
    "customers",
    { ...profile, id: ANNA, name: "Anna", groups: [TRADERS] },
    { ...profile, id: BEN, name: "Ben" },
  );
  await till.signIn("mira");
});

function perPiece(): readonly number[] {
  return till.basket.lines.map(({ unitPrice }) => unitPrice.minor);
}

describe("the prices of a customer's group", () => {
  test("hold for what is in the basket already, and it is said how many prices changed", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
    const shown = await till.verbs.setCustomer({ customer: ANNA });
    expect(shown).toMatchObject({ ok: true, value: { repriced: 1, customer: { pricesOf: ["Trade"] } } });
    expect(perPiece()).toEqual([700, 1_999]);
    await till.verbs.setCustomer({ customer: null });
    expect(perPiece()).toEqual([850, 1_999]);
  });

  test("hold for what is rung up next, on tiles and in the search too", async () => {
    await till.verbs.setCustomer({ customer: ANNA });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(perPiece()).toEqual([700]);
    const tiles = await till.verbs.browse({ category: "Küche", offset: 0, limit: 10 });
    expect(tiles.tiles[0]?.priceFrom).toEqual(euros(700));
    expect((await till.verbs.search({ text: "Becher", limit: 5 }))[0]?.price).toEqual(euros(700));
  });

  test("make the screen ask anew once the customer is known, and again when the sale is over", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const before = till.shop.views.catalog.current().revision;
    await till.verbs.setCustomer({ customer: ANNA });
    const during = till.shop.views.catalog.current().revision;
    expect(during).toBeGreaterThan(before);
    await till.verbs.discardBasket({ basket: till.basket.id, approval: JOHANNAS_WORD });
    expect(till.shop.views.catalog.current().revision).toBeGreaterThan(during);
  });

  test("are none for a customer of no group: the basket keeps the price of the moment it was rung up", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    till.replica.put("prices", price(MUG, 999));
    const shown = await till.verbs.setCustomer({ customer: BEN });
    expect(shown.ok && "repriced" in shown.value).toBe(false);
    expect(perPiece()).toEqual([850]);
  });

  test("do not change a basket that is being paid", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(100) });
    expect(await till.verbs.setCustomer({ customer: ANNA })).toEqual({ ok: false, reason: "paymentStarted" });
    expect(perPiece()).toEqual([850]);
  });

  test("hold for a line that comes back by undo, too", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
    const [mug] = till.basket.lines;
    if (mug !== undefined) await till.verbs.removeLine({ line: mug.id });
    await till.verbs.setCustomer({ customer: ANNA });
    await till.verbs.undoRemove({});
    expect(perPiece()).toEqual([700, 1_999]);
  });
});

describe("a promotion for a customer's group", () => {
  beforeEach(() =>
    till.replica.put("promotions", {
      id: idOf<"Promotion">("trade-tenth"),
      name: "Trade tenth",
      rule: {
        kind: "fromValue",
        goods: { kind: "all" },
        least: euros(1),
        off: { kind: "percent", ppm: 100_000 },
      },
      when: { groups: [TRADERS] },
      validFrom: instant(0),
      validUntil: null,
      priority: 0,
    }),
  );

  test("is still granted when the basket was parked, the till restarted, and the basket taken up and paid", async () => {
    await till.verbs.setCustomer({ customer: ANNA });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { id } = till.basket;
    await till.verbs.parkBasket({ label: "later" });
    await till.restart();
    await till.signIn("mira");
    expect(await till.verbs.recallBasket({ basket: id })).toMatchObject({ value: { due: euros(630) } });
    expect(await till.verbs.takeCash({ tendered: euros(1_000) })).toMatchObject({
      value: { change: euros(370) },
    });
  });

  test("is still granted when the till was restarted and a number of pieces is the first thing that is touched", async () => {
    await till.verbs.setCustomer({ customer: ANNA });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.restart();
    await till.signIn("mira");
    const [mug] = till.basket.lines;
    const changed = await till.verbs.changeQuantity({ line: mug?.id ?? idOf<"Line">("none"), quantity: 2 });
    expect(changed).toMatchObject({ value: { due: euros(1_260) } });
  });
});

describe("a till that is cut off", () => {
  const sold = async (customer: typeof ANNA) => {
    await till.verbs.setCustomer({ customer });
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
    const { due } = till.basket;
    await till.verbs.takeCash({ tendered: due });
    await till.verbs.completeSale({ basket: till.basket.id });
    return due.minor;
  };
  const tenth = (changes: Partial<Promotion>): void =>
    till.replica.put("promotions", {
      id: idOf<"Promotion">("welcome"),
      name: "Welcome",
      rule: { kind: "eachPiece", goods: { kind: "all" }, off: { kind: "percent", ppm: 100_000 } },
      validFrom: instant(0),
      validUntil: null,
      priority: 0,
      ...changes,
    });

  test("grants what is for a first purchase once to each customer, also over a restart", async () => {
    till.server.goOffline();
    tenth({ when: { firstPurchase: true } });
    expect(await sold(ANNA)).toBe(1_799);
    expect(await sold(ANNA)).toBe(1_999);
    await till.restart();
    await till.signIn("mira");
    expect(await sold(ANNA)).toBe(1_999);
    expect(await sold(BEN)).toBe(1_799);
  });

  test("grants what each customer may have on two tickets on two", async () => {
    till.server.goOffline();
    tenth({ limits: { perCustomer: 2 } });
    expect([await sold(ANNA), await sold(ANNA), await sold(ANNA)]).toEqual([1_799, 1_799, 1_999]);
  });
});

describe("goods by weight", () => {
  test("cost what they weigh, each package on its own line", async () => {
    await till.verbs.addItem({ variant: CHEESE, quantity: 1, grams: 432 });
    await till.verbs.addItem({ variant: CHEESE, quantity: 1, grams: 432 });
    expect(till.basket.lines).toMatchObject([
      { unitPrice: euros(557), weighed: { grams: 432, perKilo: euros(1_290) } },
      { unitPrice: euros(557) },
    ]);
  });

  test("ask for their weight when they are scanned without it", async () => {
    const asked = await till.verbs.scan({ code: "42", quantity: 1 });
    expect(asked).toMatchObject({ ok: true, value: { item: { variant: CHEESE }, asks: "weight" } });
    expect(till.basket.lines).toEqual([]);
    expect(await till.verbs.addItem({ variant: CHEESE, quantity: 1 })).toEqual({
      ok: false,
      reason: "weightNeeded",
    });
  });

  test("cost what their label says, whatever the list does", async () => {
    await till.verbs.scan({ code: "2112345005607", quantity: 1 });
    expect(till.basket.lines).toMatchObject([
      { variant: CHEESE, unitPrice: euros(560), weighed: { grams: 434, perKilo: euros(1_290) } },
    ]);
    await till.verbs.setCustomer({ customer: ANNA });
    expect(perPiece()).toEqual([560]);
  });

  test("are weighed by a label with a weight, at the price of the customer's list", async () => {
    await till.verbs.setCustomer({ customer: ANNA });
    await till.verbs.scan({ code: "2900042004326", quantity: 1 });
    expect(till.basket.lines).toMatchObject([
      { variant: CHEESE, unitPrice: euros(432), weighed: { grams: 432, perKilo: euros(1_000) } },
    ]);
  });

  test("say so when a label cannot be read, or weighs what is sold by the piece", async () => {
    const damaged = await till.verbs.scan({ code: "2212345146857", quantity: 1 });
    expect(damaged).toEqual({ ok: false, reason: "scaleLabelDamaged" });
    till.replica.put(
      "products",
      product("roll", { variants: [variant("roll-v", { sku: idOf<"Sku">("00043") })] }),
    );
    till.replica.put("prices", price(idOf<"Variant">("roll-v"), 50));
    const byPiece = await till.verbs.scan({ code: "2900043004325", quantity: 1 });
    expect(byPiece).toEqual({ ok: false, reason: "notByWeight" });
  });
});

describe("a price that is typed", () => {
  test("is asked for, and stands on its line", async () => {
    expect(await till.verbs.scan({ code: "SKU-hem-v", quantity: 1 })).toMatchObject({
      value: { asks: "price" },
    });
    await till.verbs.addItem({ variant: HEM, quantity: 1, price: euros(1_500) });
    expect(till.basket.lines).toMatchObject([{ unitPrice: euros(1_500), openPrice: true }]);
    await till.verbs.setCustomer({ customer: ANNA });
    expect(perPiece()).toEqual([1_500]);
  });

  test.each([0, -100])("of %d cents is refused", async (minor) => {
    const answer = await till.verbs.addItem({ variant: HEM, quantity: 1, price: euros(minor) });
    expect(answer).toEqual({ ok: false, reason: "priceNotPositive" });
  });

  test("is not taken for what has a price", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1, price: euros(1) });
    expect(perPiece()).toEqual([850]);
  });
});

describe("a bottle with a deposit", () => {
  test("that comes back brings its deposit back", async () => {
    await till.verbs.addItem({ variant: WATER, quantity: 2 });
    await till.verbs.takeCash({ tendered: euros(308) });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    if (!sold.ok) throw new Error(sold.reason);
    const purchase = { kind: "ticket", id: sold.value.ticket } as const;
    await till.verbs.openReturn({ purchase });
    const goods = { quantity: 1, reason: "changedMind", condition: "asNew", disposition: "stock" } as const;
    await till.verbs.chooseReturn({ purchase, position: 0, ...goods });
    expect(till.basket.giveBack).toEqual(euros(154));
  });

  test("brings it, keeps it at its number, takes it away and brings it back as one act", async () => {
    await till.verbs.addItem({ variant: WATER, quantity: 2 });
    const bottle = till.basket.lines[0]?.id ?? idOf<"Line">("none");
    expect(till.basket.lines).toMatchObject([
      { variant: WATER, quantity: 2 },
      { variant: DEPOSIT, quantity: 2, linked: { to: bottle, kind: "deposit" } },
    ]);
    expect(till.basket.pieces).toBe(2);
    await till.verbs.changeQuantity({ line: bottle, quantity: 5 });
    expect(till.basket.due).toEqual(euros(5 * (129 + 25)));
    await till.verbs.removeLine({ line: bottle });
    expect(till.basket.lines).toEqual([]);
    await till.restart();
    await till.signIn("mira");
    await till.verbs.undoRemove({});
    expect(till.basket.due).toEqual(euros(5 * (129 + 25)));
  });

  test("is sold on a ticket that says which line the deposit belongs to", async () => {
    await till.verbs.addItem({ variant: WATER, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(154) });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    const lefts = sold.ok ? sold.value.receipt.rows.flatMap((row) => ("left" in row ? [row.left] : [])) : [];
    expect(lefts).toContain("  Pfand");
  });

  test("whose deposit has no price here is not sold without it", async () => {
    till.replica.remove("prices", `${RETAIL}:${DEPOSIT}`);
    const answer = await till.verbs.addItem({ variant: WATER, quantity: 1 });
    expect(answer).toEqual({ ok: false, reason: "linkedMissing" });
  });
});

describe("without a receipt", () => {
  test.each([CHEESE, HEM])("%s is not taken back: nobody knows what it cost", async (variant) => {
    const goods = { quantity: 1, reason: "changedMind", condition: "asNew", disposition: "stock" } as const;
    const answer = await till.verbs.returnWithoutReceipt({ variant, ...goods });
    expect(answer).toEqual({ ok: false, reason: "noPrice" });
  });
});

describe("without a receipt, goods are worth", () => {
  test("the least that any group of customers pays for them, in any number", async () => {
    const goods = { quantity: 1, reason: "changedMind", condition: "asNew", disposition: "stock" } as const;
    await till.verbs.returnWithoutReceipt({ variant: MUG, ...goods });
    expect(till.basket.giveBack).toEqual(euros(700));
    till.replica.put("prices", price(TEE_S, 1_999, { tiers: [{ from: 5, amount: euros(1_500) }] }));
    await till.verbs.returnWithoutReceipt({ variant: TEE_S, ...goods });
    expect(till.basket.giveBack).toEqual(euros(2_200));
  });
});

describe("prices for several pieces", () => {
  test("hold from that number on, and the line says what more would cost", async () => {
    till.replica.put("prices", price(MUG, 850, { tiers: [{ from: 3, amount: euros(700) }] }));
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    expect(till.basket.lines).toMatchObject([
      { unitPrice: euros(850), tiers: [{ from: 3, amount: euros(700) }] },
    ]);
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.lines).toMatchObject([{ unitPrice: euros(700), quantity: 3 }]);
  });
});

describe("a reduced price", () => {
  test("shows what it was, and the lowest of 30 days, as long as the line has it", async () => {
    till.replica.put("prices", price(MUG, 600, { compareAt: euros(850), lowest30: euros(650) }));
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.lines).toMatchObject([{ compareAt: euros(850), lowest30: euros(650) }]);
    till.replica.put("prices", price(MUG, 900));
    expect(till.basket.lines[0]).not.toHaveProperty("compareAt");
  });

  test("of which nobody knows the lowest of 30 days is not called reduced", async () => {
    till.replica.put("prices", price(MUG, 600, { compareAt: euros(850) }));
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.lines[0]).not.toHaveProperty("compareAt");
  });
});

describe("a price that was set ahead, on a till without a connection", () => {
  const promotion = (from: number): Promotion => ({
    id: idOf<"Promotion">("spring"),
    name: "Spring",
    rule: {
      kind: "fromValue",
      goods: { kind: "all" },
      least: euros(1),
      off: { kind: "percent", ppm: 100_000 },
    },
    validFrom: instant(from),
    validUntil: null,
    priority: 0,
  });

  beforeEach(() => till.server.goOffline());

  test("begins at its moment by the server's clock, for tiles, search and the next line, not for what lies in the basket", async () => {
    // This till's clock is an hour ahead of the server's.
    till.server.offsetMs = HOUR_MS;
    const begins = till.clock.now();
    till.replica.put("prices", price(MUG, 500, { validFrom: instant(begins) }));
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    till.clock.pass(HOUR_MS - 1);
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(perPiece()).toEqual([850]);
    till.clock.pass(1);
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(perPiece()).toEqual([850, 500]);
    const { tiles } = await till.verbs.browse({ category: "Küche", offset: 0, limit: 10 });
    expect(tiles[0]?.priceFrom).toEqual(euros(500));
    expect((await till.verbs.search({ text: "Becher", limit: 5 }))[0]?.price).toEqual(euros(500));
  });

  test("is shown at its moment without anybody's touch", async () => {
    till.replica.put("prices", price(MUG, 500, { validFrom: instant(till.clock.now() + HOUR_MS) }));
    const { catalog } = till.shop.views;
    await till.timers.until((rests) => rests.length > 0);
    const before = catalog.current().revision;
    const told = new Promise<void>((resolve) => catalog.watch(resolve));
    till.clock.pass(HOUR_MS);
    till.timers.pass(HOUR_MS);
    await told;
    expect(catalog.current().revision).toBeGreaterThan(before);
  });

  test("comes with the promotions that begin then", async () => {
    till.replica.put("promotions", promotion(till.clock.now() + HOUR_MS));
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.due).toEqual(euros(850));
    till.clock.pass(HOUR_MS);
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.due).toEqual(euros(1_530));
  });
});

test("a weighed package goes onto no order: nobody could pick it elsewhere", async () => {
  const item = { variant: CHEESE, quantity: 1, grams: 432 };
  const contact = { customer: null, name: "Ada Brandt", email: null, phone: null };
  const delivery = { kind: "pickup" as const, store: idOf<"Store">("store-ham1") };
  await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
  expect(await till.verbs.orderBasket({ contact, delivery })).toMatchObject({ ok: true });
  expect(await till.verbs.addItem(item)).toEqual({ ok: false, reason: "notOrderable" });
  await till.verbs.orderBasket(null);
  expect(await till.verbs.addItem(item)).toMatchObject({ ok: true });
  expect(await till.verbs.orderBasket({ contact, delivery })).toEqual({ ok: false, reason: "notOrderable" });
});

test("a group's list in other money is passed over: the next one, or the store's, holds", async () => {
  const swiss = { minor: 900, currency: idOf<"Currency">("CHF") };
  till.replica.put("prices", price(MUG, 0, { list: TRADE, amount: swiss }));
  await till.verbs.setCustomer({ customer: ANNA });
  expect(await till.verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ ok: true });
  await till.verbs.setCustomer({ customer: null });
  const usual = perPiece();
  await till.verbs.setCustomer({ customer: ANNA });
  expect(perPiece()).toEqual(usual);
});
