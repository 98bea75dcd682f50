import { describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import { refundedBesideReturns, withOrderReturn } from "#domain/orders/order-return.ts";
import { editedByShop, SAYS_NOTHING } from "#domain/orders/shop-edit.ts";
import { BERLIN } from "../testing/shop.ts";
import { medusaDriver } from "./medusa/driver.ts";
import {
  connector as MEDUSA,
  LAMP_LINE as MEDUSA_LINE,
  ORDER_ID as MEDUSA_ORDER,
} from "./medusa/payloads-for-tests.ts";
import { ShopForTests as MedusaShop } from "./medusa/shop-for-tests.ts";
import { now, orderHere, orderOf, part } from "./order-for-tests.ts";
import type { ShopApi } from "./port.ts";
import { shopifyDriver } from "./shopify/driver.ts";
import { FakeShopify } from "./shopify/fake-shopify.ts";
import { FEN } from "./shopify/fixtures.ts";
import { shopwareDriver } from "./shopware/driver.ts";
import {
  connector as SHOPWARE,
  LAMP_LINE as SHOPWARE_LINE,
  ORDER_ID as SHOPWARE_ORDER,
} from "./shopware/payloads-for-tests.ts";
import { ShopForTests as ShopwareShop } from "./shopware/shop-for-tests.ts";
import { woocommerceDriver } from "./woocommerce/driver.ts";
import { FakeWooCommerce } from "./woocommerce/fake-woocommerce.ts";
import { TORF, wooOrder } from "./woocommerce/fixtures.ts";
import { readWooCommerce } from "./woocommerce/read.ts";

const EUR = idOf<"Currency">("EUR");
const AT_SHOP = {
  at: instant(1_795_000_000_000),
  by: { kind: "shop", channel: idOf<"Channel">("torf") },
  keepReadyMs: 0,
} as const;
const TOLD = { kind: "told" };
const STORES = [{ ...BERLIN, store: idOf<"Store">("berlin"), name: "Torf & Moos Berlin" }];

/** One of the order's two pieces comes back in Berlin; so much of what is given back is left to the shop. */
function returned(
  order: Order,
  { minor, byShop, id = "t1" }: { minor: number; byShop: number; id?: string },
): Order {
  const act = {
    id,
    at: instant(1_795_000_000_000),
    store: idOf<"Store">("berlin"),
    device: null,
    staff: null,
    lines: [{ position: 0, pieces: 1, total: money(minor, EUR), taxes: [] }],
    settled: money(minor, EUR),
  };
  return withOrderReturn(order, { act, number: `BER1-01-${id}`, byShop: money(byShop, EUR) });
}

const RENAMED = STORES.map((store) => ({ ...store, name: "Torf am Ufer" }));

/** Tells twice: the second time is to change nothing, whatever the test compares. */
async function tell(api: ShopApi, order: Order, stores = STORES): Promise<void> {
  for (const id of ["n1", "n2"])
    expect(await api.tellOrder({ id, type: "order.returned", order, stores })).toEqual(TOLD);
}

function wordsOf(id: string, amount: string, sku = "SHIRT-M"): string {
  return `Onetill return BER1-01-${id}: 1 × ${sku}; ${amount} EUR were given back in Torf & Moos Berlin. Do not give them back again.`;
}

describe("an order of Shopify of which a piece comes back in a store", () => {
  const collected = orderHere({ fulfilments: [part({ state: "collected", handed: 2 })] });
  const shopOf = () => {
    const shop = new FakeShopify();
    return { shop, api: shopifyDriver.api({ connector: FEN, http: shop.http, now }) };
  };

  test("left to the shop: refunded by the payment it came by, the piece with it, without restocking, once", async () => {
    const { shop, api } = shopOf();
    await tell(api, returned(collected, { minor: 1_999, byShop: 1_999 }));
    expect(shop.state.transactions).toMatchObject([
      { kind: "SALE" },
      { kind: "REFUND", amount: "19.99", parent: "t1" },
    ]);
    expect(shop.state.lines).toMatchObject([{ current: 1 }]);
    const refund = shop.requests.filter(({ body }) => body?.includes("mutation GiveBack"));
    expect(refund).toHaveLength(1);
    expect(refund[0]?.body).toContain('"restockType":"NO_RESTOCK"');
    expect(shop.state.note).toBeNull();
  });

  test("given back at the till: noted for the shop's people, no money and no piece moves", async () => {
    const { shop, api } = shopOf();
    shop.state.note = "Gift wrap";
    await tell(api, returned(collected, { minor: 1_999, byShop: 0 }));
    expect(shop.state.transactions).toHaveLength(1);
    expect(shop.state.lines).toMatchObject([{ current: 2 }]);
    expect(shop.state.note).toBe(`Gift wrap\n${wordsOf("t1", "19.99")}`);
  });

  test("a store that is renamed after it gave money back is not noted a second time", async () => {
    const { shop, api } = shopOf();
    const order = returned(collected, { minor: 1_999, byShop: 0 });
    await tell(api, order);
    await tell(api, order, RENAMED);
    expect(shop.state.note).toBe(wordsOf("t1", "19.99"));
  });

  test("one piece in cash, the other left to the shop: each in its way, and nothing twice", async () => {
    const { shop, api } = shopOf();
    const first = returned(collected, { minor: 1_999, byShop: 0 });
    await tell(api, first);
    await tell(api, returned(first, { minor: 1_999, byShop: 1_999, id: "t2" }));
    expect(shop.state.transactions.filter(({ kind }) => kind === "REFUND")).toMatchObject([
      { amount: "19.99" },
    ]);
    expect(shop.state.note?.split("\n")).toHaveLength(1);
  });
});

describe("an order of WooCommerce of which a piece comes back in a store", () => {
  const collected = orderHere({
    line: "315",
    externalId: "727",
    fulfilments: [part({ line: "315", state: "collected", handed: 2 })],
    payment: { state: "paid", total: money(2_000, EUR), paid: money(2_000, EUR), refunded: money(0, EUR) },
  });
  const shopOf = () => {
    const shop = new FakeWooCommerce();
    return { shop, api: woocommerceDriver.api({ connector: TORF, http: shop.http, now }) };
  };
  const refunds = ({ requests }: FakeWooCommerce) =>
    requests.filter(({ url }) => url.endsWith("/refunds")).map(({ body }) => JSON.parse(body ?? ""));

  test("left to the shop: its gateway gives it back, once", async () => {
    const { shop, api } = shopOf();
    await tell(api, returned(collected, { minor: 1_000, byShop: 1_000 }));
    expect(refunds(shop)).toMatchObject([{ amount: "10.00", api_refund: true, api_restock: false }]);
    expect(shop.paidBack).toBe(1_000);
  });

  test("given back at the till: booked as a refund that gives nothing back, once", async () => {
    const { shop, api } = shopOf();
    await tell(api, returned(collected, { minor: 1_000, byShop: 0 }));
    expect(refunds(shop)).toEqual([
      { amount: "10.00", reason: wordsOf("t1", "10.00"), api_refund: false, api_restock: false },
    ]);
    expect(shop.paidBack).toBe(0);
  });

  test("a store that is renamed after it gave money back is not booked a second time; another return is", async () => {
    const { shop, api } = shopOf();
    const first = returned(collected, { minor: 600, byShop: 0 });
    await tell(api, first);
    await tell(api, first, RENAMED);
    expect(refunds(shop)).toHaveLength(1);
    await tell(api, returned(first, { minor: 400, byShop: 0, id: "t12" }), RENAMED);
    expect(refunds(shop)).toMatchObject([{ amount: "6.00" }, { amount: "4.00" }]);
  });

  test("one in cash, the other left to the shop: what was booked for the first is not taken for the second", async () => {
    const { shop, api } = shopOf();
    const first = returned(collected, { minor: 600, byShop: 0 });
    await tell(api, first);
    await tell(api, returned(first, { minor: 600, byShop: 600, id: "t2" }));
    expect(shop.order.refunds.map(({ total }) => total)).toEqual(["-6.00", "-6.00"]);
    expect(shop.paidBack).toBe(600);
  });

  test("left to the shop, which tells of all that it gave back: the order stays as it is, and the other piece can come back", async () => {
    const { shop, api } = shopOf();
    const first = returned(collected, { minor: 400, byShop: 0 });
    const order = returned(first, { minor: 600, byShop: 600, id: "t2" });
    await tell(api, order);
    const body = { ...wooOrder(), refunds: shop.order.refunds, status: shop.order.status };
    const reading = readWooCommerce({ delivery: "d1", topic: "order.updated", body }, TORF);
    if ("problem" in reading || reading.kind !== "order") throw new Error("no order was told of");
    const { refunded, stillWanted, cancelled } = reading.order;
    const edit = { ...SAYS_NOTHING, refunded, stillWanted, cancelled };
    const after = editedByShop({ order, edit, context: AT_SHOP }).order;
    expect(after).toBe(order);
    expect(refundedBesideReturns(after)).toEqual(money(0, EUR));
    const gesture = { ...edit, refunded: money(refunded.minor + 150, EUR) };
    const more = editedByShop({ order, edit: gesture, context: AT_SHOP }).order;
    expect(refundedBesideReturns(more)).toEqual(money(150, EUR));
  });

  test("what the store gave back is none of the refunds that the shop tells of", () => {
    const refundsThere = [
      { id: 1, total: "-6.00", reason: wordsOf("t1", "6.00") },
      { id: 2, total: "-2.00", reason: "Dented" },
    ];
    const body = { ...wooOrder(), refunds: refundsThere };
    const reading = readWooCommerce({ delivery: "d1", topic: "order.updated", body }, TORF);
    expect(reading).toMatchObject({ kind: "order", order: { refunded: money(200, EUR) } });
  });
});

describe("an order of Shopware of which a piece comes back in a store", () => {
  const collected = orderOf({
    externalId: SHOPWARE_ORDER,
    line: SHOPWARE_LINE,
    part: { state: "collected", handed: 2 },
  });
  const shopOf = () => {
    const shop = new ShopwareShop();
    return { shop, api: shopwareDriver.api({ connector: SHOPWARE, http: shop.http, now }) };
  };

  test("left to the shop: its payment is refunded in part, then wholly", async () => {
    const { shop, api } = shopOf();
    const first = returned(collected, { minor: 1_500, byShop: 1_500 });
    await tell(api, first);
    expect(shop.transaction.state).toBe("refunded_partially");
    await tell(api, returned(first, { minor: 1_500, byShop: 1_500, id: "t2" }));
    expect(shop.transaction.state).toBe("refunded");
    expect(shop.order.fields.onetill_returns).toBeUndefined();
  });

  test("given back at the till: told in a field, and its payment stays as it is", async () => {
    const { shop, api } = shopOf();
    await tell(api, returned(collected, { minor: 1_500, byShop: 0 }));
    expect(shop.transaction.state).toBe("paid");
    expect(shop.order.fields.onetill_returns).toBe(wordsOf("t1", "15.00"));
    const { changes } = shop;
    const before = changes.length;
    await tell(api, returned(collected, { minor: 1_500, byShop: 0 }));
    expect(shop.changes).toHaveLength(before);
  });
});

describe("an order of Medusa of which a piece comes back in a store", () => {
  const collected = orderOf({
    externalId: MEDUSA_ORDER,
    line: MEDUSA_LINE,
    part: { state: "collected", handed: 2 },
  });
  const shopOf = () => {
    const shop = new MedusaShop();
    return { shop, api: medusaDriver.api({ connector: MEDUSA, http: shop.http, now }) };
  };

  test("left to the shop: refunded once", async () => {
    const { shop, api } = shopOf();
    await tell(api, returned(collected, { minor: 1_500, byShop: 1_500 }));
    expect(shop.payments[0]?.refunds).toEqual([{ amount: 15 }]);
    expect(shop.metadata).toBeNull();
  });

  test("given back at the till: told in the order's metadata, beside what stands there, and not refunded", async () => {
    const { shop, api } = shopOf();
    shop.metadata = { gift: true };
    await tell(api, returned(collected, { minor: 1_500, byShop: 0 }));
    expect(shop.payments[0]?.refunds).toEqual([]);
    expect(shop.metadata).toEqual({ gift: true, onetill_returns: wordsOf("t1", "15.00") });
    const notes = shop.changes.filter((path) => path === `/admin/orders/${MEDUSA_ORDER}`);
    expect(notes).toHaveLength(1);
  });
});
