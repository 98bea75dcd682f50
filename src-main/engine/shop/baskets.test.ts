import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import {
  euros,
  JOHANNAS_WORD,
  MIRA,
  MUG,
  price,
  product,
  TEE,
  TEE_M,
  TEE_S,
} from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const TEN_PERCENT = { kind: "percent", ppm: 100_000, reason: "Staff" } as const;

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

describe("ringing up", () => {
  test("scanning the same article again counts up its line", async () => {
    await till.verbs.scan({ code: "4006381333931", quantity: 1 });
    const answer = await till.verbs.scan({ code: "4006381333931", quantity: 2 });
    expect(answer).toMatchObject({ ok: true, value: { item: { variant: TEE_M }, basket: { pieces: 3 } } });
    expect(till.basket.lines).toHaveLength(1);
  });

  test("an article marked with a UPC is found by the EAN a scanner reports, and the other way round", async () => {
    const asEan = await till.verbs.scan({ code: "0036000291452", quantity: 1 });
    const asUpc = await till.verbs.scan({ code: "036000291452", quantity: 1 });
    expect(asEan).toMatchObject({ ok: true, value: { item: { variant: TEE_S } } });
    expect(asUpc).toMatchObject({ ok: true, value: { item: { variant: TEE_S } } });
  });

  test("an SKU typed by hand is found whatever its case", async () => {
    const answer = await till.verbs.scan({ code: " sku-MUG-v ", quantity: 1 });
    expect(answer).toMatchObject({ ok: true, value: { item: { variant: MUG } } });
  });

  test("two quick scans both land in the basket", async () => {
    await Promise.all([
      till.verbs.scan({ code: "4006381333931", quantity: 1 }),
      till.verbs.scan({ code: "036000291452", quantity: 1 }),
    ]);
    expect(till.basket.lines.map((line) => line.variant)).toEqual([TEE_M, TEE_S]);
  });

  test.each([
    { why: "an unknown code", code: "99999999", reason: "noSuchItem" },
    { why: "an article without a price", code: "SKU-bare-v", reason: "noPrice" },
  ])("$why is refused", async ({ code, reason }) => {
    till.replica.put("products", product("bare"));
    expect(await till.verbs.scan({ code, quantity: 1 })).toEqual({ ok: false, reason });
  });

  test("an article priced in another currency only has no price here", async () => {
    const francs = { minor: 900, currency: idOf<"Currency">("CHF") };
    till.replica.put("prices", price(MUG, 0, { amount: francs }));
    const answer = await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(answer).toEqual({ ok: false, reason: "noPrice" });
  });

  test("a new price counts for what is rung up from now on, not for what lies in the basket", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    till.replica.put("prices", price(MUG, 700));
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.lines.map((line) => line.unitPrice)).toEqual([euros(850), euros(700)]);
  });

  test("more pieces than a line holds are refused and change nothing", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: MAX_QUANTITY_PER_LINE });
    const before = till.basket;
    const answer = await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(answer).toEqual({ ok: false, reason: "quantityOutOfRange" });
    expect(till.basket).toEqual(before);
  });

  test("a full disk refuses the line, and the basket stays as shown", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const before = till.basket;
    till.drafts.fail(new Error("ENOSPC"));
    expect(await till.verbs.addItem({ variant: TEE_S, quantity: 1 })).toEqual({
      ok: false,
      reason: "storage",
    });
    expect(till.basket).toEqual(before);
    expect(till.troubles).toHaveLength(1);
  });
});

describe("changing lines", () => {
  beforeEach(async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
  });

  test("a removed line can be taken back to its place, also after a restart", async () => {
    const [mug] = till.basket.lines;
    await till.verbs.removeLine({ line: mug!.id });
    expect(till.basket.undo?.line).toMatchObject({ variant: MUG, quantity: 2, total: euros(1_700) });
    await till.restart();
    await till.signIn("mira");
    const answer = await till.verbs.undoRemove({});
    expect(answer).toMatchObject({ ok: true, value: { undo: null } });
    expect(till.basket.lines.map((line) => line.variant)).toEqual([MUG, TEE_S]);
    expect(await till.verbs.undoRemove({})).toEqual({ ok: false, reason: "nothingToUndo" });
  });

  test("taking back the last line brings back the basket's discount as well", async () => {
    await till.verbs.removeLine({ line: till.basket.lines[1]!.id });
    await till.verbs.discountBasket({ discount: TEN_PERCENT });
    await till.verbs.removeLine({ line: till.basket.lines[0]!.id });
    expect(till.basket.discount).toBeNull();
    await till.verbs.undoRemove({});
    expect(till.basket).toMatchObject({ discount: TEN_PERCENT, due: euros(1_530) });
  });

  test("discounts on a line and on the basket are shown with what they take off", async () => {
    await till.verbs.discountLine({ line: till.basket.lines[0]!.id, discount: TEN_PERCENT });
    await till.verbs.discountBasket({
      discount: { kind: "amount", amount: euros(500), reason: "Scratched" },
    });
    expect(till.basket).toMatchObject({
      subtotal: euros(3_699),
      discounted: euros(670),
      due: euros(3_029),
    });
    await till.verbs.discountBasket({ discount: null });
    expect(till.basket.due).toEqual(euros(3_529));
  });

  test("an amount above the line's value is refused", async () => {
    const discount = { kind: "amount", amount: euros(1_701), reason: "Too kind" } as const;
    const answer = await till.verbs.discountLine({ line: till.basket.lines[0]!.id, discount });
    expect(answer).toEqual({ ok: false, reason: "discountTooLarge" });
  });

  test("a line that is not there is refused by name", async () => {
    const line = idOf<"Line">("gone");
    expect(await till.verbs.removeLine({ line })).toEqual({ ok: false, reason: "noSuchLine" });
    expect(await till.verbs.changeQuantity({ line, quantity: 2 })).toEqual({
      ok: false,
      reason: "noSuchLine",
    });
  });
});

describe("a colleague who works here no more", () => {
  test("leaves their basket to everybody, also after a restart and with money on the table", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    await till.verbs.takeCash({ tendered: euros(500) });
    const { id } = till.basket;
    till.replica.put("staff", { ...MIRA, active: false });
    expect(till.shop.views.parked.current()).toMatchObject([{ id, staffName: "Mira Albers", pieces: 2 }]);
    await till.restart();
    await till.signIn("tarek");
    expect(await till.verbs.recallBasket({ basket: id })).toMatchObject({ ok: true });
    expect(till.basket).toMatchObject({ id, pieces: 2, tenders: [{ kind: "cash" }] });
    expect(till.shop.views.parked.current()).toEqual([]);
    await till.verbs.takeCash({ tendered: euros(1_200) });
    expect(await till.verbs.completeSale({ basket: id })).toMatchObject({ ok: true });
  });

  test("a basket that a colleague who does work here has in front stays theirs", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { id } = till.basket;
    await till.signIn("tarek");
    expect(till.shop.views.parked.current()).toEqual([]);
    expect(await till.verbs.recallBasket({ basket: id })).toEqual({ ok: false, reason: "noSuchBasket" });
  });
});

describe("several baskets", () => {
  test("a parked basket is set aside under its name and comes back as it was", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    const { id, lines } = till.basket;
    const parked = await till.verbs.parkBasket({ label: "Blue coat" });
    expect(parked).toMatchObject({ ok: true, value: { lines: [] } });
    expect(till.shop.views.parked.current()).toMatchObject([
      { id, label: "Blue coat", staffName: "Mira Albers", pieces: 2, total: euros(1_700) },
    ]);
    await till.restart();
    await till.signIn("tarek");
    await till.verbs.recallBasket({ basket: id });
    expect(till.basket).toMatchObject({ id, lines });
    expect(till.shop.views.parked.current()).toEqual([]);
  });

  test("recalling parks what is in front, so that nothing is lost", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const first = till.basket.id;
    await till.verbs.parkBasket({ label: "First" });
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
    const second = till.basket.id;
    await till.verbs.recallBasket({ basket: first });
    expect(till.basket.id).toBe(first);
    expect(till.shop.views.parked.current().map((each) => each.id)).toEqual([second]);
  });

  test("a till killed while it swaps two baskets still has both", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const first = till.basket.id;
    await till.verbs.parkBasket({ label: "First" });
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
    const second = till.basket.id;
    const put = till.drafts.put.bind(till.drafts);
    till.drafts.put = async (id, value) => {
      await put(id, value);
      till.drafts.fail(new Error("killed after the first write"));
    };
    expect(await till.verbs.recallBasket({ basket: first })).toEqual({ ok: false, reason: "storage" });
    till.drafts.put = put;
    till.drafts.fail(null);
    await till.restart();
    expect(till.shop.views.parked.current().map((each) => each.id)).toEqual([first, second]);
  });

  test("each colleague has a basket of their own in front", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.signIn("tarek");
    expect(till.basket.lines).toEqual([]);
    await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
    await till.signIn("mira");
    expect(till.basket.lines.map((line) => line.variant)).toEqual([MUG]);
  });

  test("a basket whose payment has begun is neither parked nor thrown away", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCard({ amount: euros(100), approvalCode: "1" });
    const started = { ok: false, reason: "paymentStarted" };
    expect(await till.verbs.parkBasket({ label: "" })).toEqual(started);
    expect(await till.verbs.discardBasket({ basket: till.basket.id })).toEqual(started);
  });

  test("a basket thrown away is gone, here and after a restart", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const { id } = till.basket;
    expect(await till.verbs.discardBasket({ basket: id, approval: JOHANNAS_WORD })).toMatchObject({
      ok: true,
      value: { lines: [] },
    });
    await till.restart();
    await till.signIn("mira");
    expect(till.basket.lines).toEqual([]);
    expect(await till.verbs.recallBasket({ basket: id })).toEqual({ ok: false, reason: "noSuchBasket" });
  });

  test("an empty basket is not parked", async () => {
    expect(await till.verbs.parkBasket({ label: "Nothing" })).toEqual({ ok: false, reason: "emptyBasket" });
  });

  test("a draft that cannot be read stays on disk for whoever repairs it, and the till starts", async () => {
    await till.drafts.put("basket:damaged", { basket: "half a" });
    await till.restart();
    expect(till.troubles).toHaveLength(1);
    expect(await till.drafts.get("basket:damaged")).toEqual({ basket: "half a" });
  });
});

test("the screen is told after each change, never before it is on disk", async () => {
  const writesSeen: number[] = [];
  const unwatch = till.shop.views.basket.watch(() => writesSeen.push(till.drafts.writes));
  const before = till.drafts.writes;
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  unwatch();
  expect(writesSeen).toEqual([before + 1, before + 2]);
});

test("the sheet of a product lists its variants with price and stock", async () => {
  expect(await till.verbs.variants({ product: TEE })).toMatchObject([
    { options: ["S"], price: euros(1_999), onHand: 5 },
    { options: ["M"], price: euros(1_999), onHand: 0 },
  ]);
});
