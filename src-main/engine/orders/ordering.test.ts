import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import { storeStock } from "../testing/fake-server-line.ts";
import { CODE, unpaidOrder } from "../testing/order-fixture.ts";
import {
  euros,
  JOHANNAS_WORD,
  MUG,
  price,
  product,
  STORE,
  settingsWith,
  TEE_M,
} from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const CONTACT = { customer: null, name: "Ada Brandt", email: "ada@example.org", phone: null };
const HAMBURG = idOf<"Store">("store-ham1");
const TO_HER_HOME: NonNullable<VerbParsedArgs<"orderBasket">> = {
  contact: CONTACT,
  delivery: {
    kind: "ship",
    address: {
      name: "Ada Brandt",
      lines: ["Musterweg 3"],
      postcode: "20457",
      city: "Hamburg",
      country: "DE",
    },
  },
};
const AT_HAMBURG: NonNullable<VerbParsedArgs<"orderBasket">> = {
  contact: CONTACT,
  delivery: { kind: "pickup", store: HAMBURG },
};

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

async function rungUp(): Promise<void> {
  await till.verbs.addItem({ variant: TEE_M, quantity: 2 });
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
}

async function paid(wish = TO_HER_HOME) {
  await rungUp();
  await till.verbs.orderBasket(wish);
  await till.verbs.takeCash({ tendered: euros(5_000) });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value;
}

function read(rows: readonly ReceiptRow[]): string {
  return rows.map((row) => ("left" in row ? row.left : "")).join("\n");
}

describe("what this store lacks is ordered at the till", () => {
  test("and paid here: one entry with the order and its ticket, at the prices that were paid", async () => {
    const before = till.journal.entries.length;
    const sold = await paid();
    expect(till.journal.entries).toHaveLength(before + 1);
    const [placed] = till.journal.facts("order.placed");
    expect(placed?.order).toMatchObject({ ...TO_HER_HOME, confirmed: true, shipping: euros(0) });
    expect(placed?.order.lines).toMatchObject([
      { variant: TEE_M, quantity: 2, unitPrice: euros(1_999), total: euros(3_998) },
      { variant: MUG, quantity: 1, unitPrice: euros(850), total: euros(850) },
    ]);
    for (const line of placed?.ticket.lines ?? [])
      expect(line).toMatchObject({ order: { order: placed?.order.id, line: line.id } });
    expect(sold.order).toEqual({ kind: "placed", number: "BER1-03-000001" });
  });

  test("and a discount goes into the order's prices, cent by cent", async () => {
    await rungUp();
    const discount = { kind: "percent", ppm: 333_333, reason: "Trostpreis" } as const;
    await till.verbs.discountBasket({ discount });
    await till.verbs.orderBasket(TO_HER_HOME);
    await till.verbs.takeCash({ tendered: euros(5_000) });
    await till.verbs.completeSale({ basket: till.basket.id });
    const { order, ticket } = till.journal.facts("order.placed")[0]!;
    expect(order.lines.reduce((sum, line) => sum + line.total.minor, 0)).toBe(ticket.totals.total.minor);
  });

  describe("with what is off by a promotion", () => {
    beforeEach(() =>
      till.replica.put("promotions", {
        id: idOf<"Promotion">("tenth"),
        name: "Tenth",
        validFrom: instant(0),
        validUntil: null,
        priority: 0,
        when: { coupon: { kind: "word", word: "SUMMER10" } },
        rule: { kind: "eachPiece", goods: { kind: "all" }, off: { kind: "percent", ppm: 100_000 } },
      }),
    );

    test("is paid, ordered and on the receipt at the price that is shown, and uses its coupon up", async () => {
      await rungUp();
      await till.verbs.useCoupon({ code: "SUMMER10" });
      await till.verbs.orderBasket(TO_HER_HOME);
      expect(till.basket.due).toEqual(euros(4_363));
      await till.verbs.takeCash({ tendered: euros(4_363) });
      expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
      const { order, ticket } = till.journal.facts("order.placed")[0]!;
      expect(ticket.totals.due).toEqual(euros(4_363));
      expect(order.lines.map(({ total }) => total.minor)).toEqual([3_598, 765]);
      expect(ticket.coupons).toEqual([{ code: "SUMMER10", promotion: "tenth" }]);
    });
  });

  test("for a customer who is exempt from tax is paid and ordered without it", async () => {
    const ada = idOf<"Customer">("ada");
    till.replica.put("customers", {
      id: ada,
      name: "Ada Brandt",
      email: null,
      phone: null,
      cardNumber: null,
      taxExemption: { certificate: "NATO 302/17", validUntil: null },
    });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.setCustomer({ customer: ada });
    await till.verbs.orderBasket(TO_HER_HOME);
    await till.verbs.takeCash({ tendered: euros(714) });
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
    expect(till.journal.facts("order.placed")[0]?.order.lines).toMatchObject([{ total: euros(714) }]);
  });

  test("with its deposit, which is paid with the goods and is nothing to pick", async () => {
    const [water, deposit] = [idOf<"Variant">("water-v"), idOf<"Variant">("deposit-v")];
    till.replica.put(
      "products",
      product("water", { links: [{ variant: deposit, kind: "deposit" }] }),
      product("deposit"),
    );
    till.replica.put("prices", price(water, 129), price(deposit, 25));
    await till.verbs.addItem({ variant: water, quantity: 6 });
    await till.verbs.orderBasket(TO_HER_HOME);
    await till.verbs.takeCash({ tendered: euros(924) });
    expect(await till.verbs.completeSale({ basket: till.basket.id })).toMatchObject({ ok: true });
    const { order, ticket } = till.journal.facts("order.placed")[0]!;
    expect(order.lines).toMatchObject([{ variant: water, quantity: 6, total: euros(924) }]);
    const [line] = order.lines;
    expect(ticket.lines).toMatchObject([
      { variant: water, total: euros(774), order: { line: line?.id } },
      { variant: deposit, total: euros(150), order: { line: line?.id } },
    ]);
  });

  test("no goods leave this store's stock", async () => {
    await paid();
    const [mug] = await till.verbs.search({ text: "Becher", limit: 1 });
    expect(mug?.onHand).toBe(12);
  });

  test("the receipt says where the goods go and that it is confirmed", async () => {
    const { receipt } = await paid();
    const text = read(receipt.rows);
    expect(text).toContain(
      "Bestellung BER1-03-000001\nWird geschickt an\nAda Brandt\nMusterweg 3\n20457 Hamburg",
    );
    expect(text).toContain("Diese Bestellung ist bestätigt.");
  });

  test("offline it is taken as unconfirmed, and the receipt says so in plain words, also when printed again", async () => {
    till.server.goOffline();
    const { receipt, ticket } = await paid();
    expect(till.journal.facts("order.placed")[0]?.order.confirmed).toBe(false);
    expect(read(receipt.rows)).toContain("noch NICHT BESTÄTIGT");
    till.server.comeBack();
    const again = await till.verbs.receipt({ ticket });
    expect(again.ok && read(again.value.rows)).toContain("noch NICHT BESTÄTIGT");
  });

  test("completing the same order again gives the same ticket and places it once", async () => {
    await rungUp();
    await till.verbs.orderBasket(TO_HER_HOME);
    await till.verbs.takeCash({ tendered: euros(5_000) });
    const { id } = till.basket;
    const first = await till.verbs.completeSale({ basket: id });
    await till.restart();
    await till.signIn("mira");
    expect(await till.verbs.completeSale({ basket: id })).toEqual(first);
    expect(till.journal.facts("order.placed")).toHaveLength(1);
  });
});

describe("the basket in front", () => {
  test("shows where the order goes, survives a restart, and becomes an ordinary sale again", async () => {
    await rungUp();
    await till.verbs.orderBasket(TO_HER_HOME);
    await till.restart();
    await till.signIn("mira");
    expect(till.basket.ordering).toEqual({
      customerName: "Ada Brandt",
      kind: "ship",
      to: "Musterweg 3, 20457 Hamburg",
    });
    await till.verbs.orderBasket(null);
    expect(till.basket.ordering).toBeNull();
    await till.verbs.takeCash({ tendered: euros(5_000) });
    await till.verbs.completeSale({ basket: till.basket.id });
    expect(till.journal.facts("ticket.completed")).toHaveLength(1);
  });

  test("is no order while it is empty, while money was taken, or while it hands another order out", async () => {
    expect(await till.verbs.orderBasket(TO_HER_HOME)).toEqual({ ok: false, reason: "emptyBasket" });
    await rungUp();
    await till.verbs.takeCash({ tendered: euros(100) });
    expect(await till.verbs.orderBasket(TO_HER_HOME)).toEqual({ ok: false, reason: "paymentStarted" });
    await till.verbs.removeTender({ tender: till.basket.tenders[0]!.id });
    await till.verbs.discardBasket({ basket: till.basket.id, approval: JOHANNAS_WORD });
    const order = unpaidOrder();
    till.replica.put("orders", order);
    const proof = { kind: "code", code: CODE } as const;
    await till.verbs.handOver({
      fulfilment: order.id,
      proof,
      lines: null,
      withSale: false,
      override: null,
      signature: null,
    });
    expect(await till.verbs.orderBasket(TO_HER_HOME)).toEqual({ ok: false, reason: "orderLine" });
  });

  test("holds no more than an order can", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: MAX_PIECES_PER_ORDER_LINE + 1 });
    expect(await till.verbs.orderBasket(TO_HER_HOME)).toEqual({ ok: false, reason: "quantityOutOfRange" });
    const line = till.basket.lines[0]!.id;
    await till.verbs.changeQuantity({ line, quantity: 1 });
    await till.verbs.orderBasket(TO_HER_HOME);
    expect(await till.verbs.changeQuantity({ line, quantity: MAX_PIECES_PER_ORDER_LINE + 1 })).toEqual({
      ok: false,
      reason: "quantityOutOfRange",
    });
  });
});

describe("what other stores have", () => {
  beforeEach(() => {
    till.server.stock.set(idOf<"Sku">("SKU-tee-m"), [
      { ...storeStock("BER1", 0), id: STORE },
      storeStock("HAM1", 4),
      storeStock("MUC1", 9, false),
    ]);
  });

  test("is asked of the server: the others that hand orders out, not this one", async () => {
    expect(await till.verbs.elsewhere({ variant: TEE_M })).toEqual({
      ok: true,
      value: [{ store: HAMBURG, code: "HAM1", name: "Store HAM1", available: 4, asOf: null }],
    });
  });

  test("cannot be told offline", async () => {
    till.server.goOffline();
    expect(await till.verbs.elsewhere({ variant: TEE_M })).toEqual({ ok: false, reason: "offline" });
  });

  test("gives the pickup store its name, on the basket and on the receipt, offline and after a restart too", async () => {
    await till.verbs.elsewhere({ variant: TEE_M });
    till.server.goOffline();
    await till.restart();
    await till.signIn("mira");
    await rungUp();
    await till.verbs.orderBasket(AT_HAMBURG);
    expect(till.basket.ordering).toMatchObject({ kind: "pickup", to: "Store HAM1" });
    await till.verbs.takeCash({ tendered: euros(5_000) });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    expect(sold.ok && read(sold.value.receipt.rows)).toContain("Abholung in Store HAM1");
  });

  test("a store known not to hand orders out is refused; one that this till never heard of is not", async () => {
    await rungUp();
    expect(await till.verbs.orderBasket(AT_HAMBURG)).toMatchObject({ ok: true });
    await till.verbs.elsewhere({ variant: TEE_M });
    const munich = { kind: "pickup", store: idOf<"Store">("store-muc1") } as const;
    expect(await till.verbs.orderBasket({ contact: CONTACT, delivery: munich })).toEqual({
      ok: false,
      reason: "noSuchStore",
    });
  });
});

test("a store that hands out no orders itself takes none for itself", async () => {
  const policy = {
    pickup: false,
    shipFromStore: true,
    safetyStock: 0,
    ordersPerDay: null,
    promiseMs: 1,
    acceptWithinMs: 1,
    keepReadyMs: 1,
    remindBeforeMs: 1,
    collectDesk: null,
    silentAfterMs: 1,
    location: null,
    shippingCost: null,
  };
  till.replica.put("settings", settingsWith({ orders: policy }));
  await rungUp();
  const answer = await till.verbs.orderBasket({
    contact: CONTACT,
    delivery: { kind: "pickup", store: STORE },
  });
  expect(answer).toEqual({ ok: false, reason: "noSuchStore" });
});
