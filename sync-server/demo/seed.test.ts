import { expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import { demoSheetSchema } from "#protocol/hq/demo.ts";
import type { DemoContext } from "../demo-context.ts";
import { demoData } from "./demo-data.ts";
import { seedDemo } from "./seed.ts";

test("the whole demo shop is written, stores before what belongs to them", async () => {
  const written = new Map<string, unknown[]>();
  const order: string[] = [];
  const keep = async (what: string, all: readonly unknown[]) => {
    if (!written.has(what)) order.push(what);
    written.set(what, [...(written.get(what) ?? []), ...all]);
  };
  const last = new Map<string, { done: number; total: number }>();
  const context: DemoContext = {
    putStores: (stores) => keep("stores", stores),
    putStaff: (_store, staff) => keep("staff", staff),
    putPictures: (pictures) => keep("pictures", pictures),
    putProducts: (products) => keep("products", products),
    putPriceLists: (lists) => keep("price lists", lists),
    putPricing: ({ channels }) => keep("channels", channels),
    putCosts: (costs) => keep("costs", costs),
    putPrices: (prices) => keep("prices", prices),
    putStock: (movements: readonly StockMovement[]) => keep("stock", movements),
    putPromotions: (promotions) => keep("promotions", promotions),
    putCustomers: (customers) => keep("customers", customers),
    putLoyalty: ({ moves }) => keep("points", moves),
    sellInThePast: (pastOf) => keep("past sales", pastOf(instant(Date.UTC(2026, 10, 26, 9)))),
    openCases: (cases) => keep("cases", cases),
    placeOrders: async (orders) => {
      await keep("orders", orders);
      return [{ store: "BER1", number: "FEN-1031", customer: "Ada Brandt", code: "K7DX4M" }];
    },
    onProgress: ({ what, done, total }) => last.set(what, { done, total }),
  };

  const sheet = await seedDemo(context, 7);

  const shop = await demoData(7);
  expect(order).toEqual([
    "stores",
    "staff",
    "pictures",
    "products",
    "price lists",
    "channels",
    "prices",
    "costs",
    "promotions",
    "stock",
    "customers",
    "points",
    "past sales",
    "cases",
    "orders",
  ]);
  expect(written.get("products")).toEqual(shop.products);
  expect(written.get("prices")).toEqual(shop.prices);
  expect(written.get("stock")).toHaveLength(shop.stock.length);
  expect(written.get("customers")).toEqual(shop.customers);
  expect(last.get("assortment")).toEqual({ done: 1, total: 1 });
  expect(sheet.orders).toHaveLength(1);
  expect(demoSheetSchema.parse(sheet)).toEqual(sheet);
  expect(sheet.stores.flatMap((store) => store.staff).every(({ pin }) => /^\d{6}$/.test(pin))).toBe(true);
});
