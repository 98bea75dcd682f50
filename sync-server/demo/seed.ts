import type { StoreId } from "#domain/ids.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import type { DemoSheet } from "#protocol/hq/demo.ts";
import type { DemoContext } from "../demo-context.ts";
import { demoCases } from "./demo-cases.ts";
import { type DemoData, demoData } from "./demo-data.ts";
import { demoLoyalty } from "./demo-loyalty.ts";
import { demoOrders } from "./demo-orders.ts";
import { DEMO_PROMOTIONS } from "./demo-promotions.ts";
import { pastStores } from "./past-stores.ts";
import { DEMO_CHANNEL_LISTS, DEMO_PRICE_LISTS, DEMO_PRICE_RULES } from "./retailer.ts";

/** Any other number makes another shop; this one is in the screenshots. */
const DEMO_SEED = 1;
/**
 * Fills an empty server with the demo shop and answers who works there with which PIN, for the file `DEMO_SHEET_FILE`.
 * Errors of the context pass through; the caller begins anew with an empty server then.
 */
export async function seedDemo(context: DemoContext, seed: number = DEMO_SEED): Promise<DemoSheet> {
  context.onProgress({ what: "assortment", done: 0, total: 1 });
  const data = await demoData(seed);
  context.onProgress({ what: "assortment", done: 1, total: 1 });
  await context.putStores(data.stores);
  for (const { store } of data.stores) await context.putStaff(store, staffOf(data, store));
  await context.putPictures(data.pictures);
  await context.putProducts(data.products);
  await context.putPriceLists(DEMO_PRICE_LISTS);
  await context.putPricing({ channels: DEMO_CHANNEL_LISTS, rules: DEMO_PRICE_RULES });
  await context.putPrices(data.prices);
  await context.putCosts(data.costs);
  await context.putPromotions(DEMO_PROMOTIONS);
  await context.putStock(initialStock(data));
  await context.putCustomers(data.customers);
  await context.putLoyalty(demoLoyalty(data));
  await context.sellInThePast((now) => pastStores(data, { seed, now }));
  await context.openCases(demoCases(data));
  return { ...sheetOf(data), users: [], signIn: null, orders: await context.placeOrders(demoOrders(data)) };
}

function staffOf(data: DemoData, store: StoreId) {
  return data.staff.filter((entry) => entry.store === store).map((entry) => entry.member);
}

/** A shelf that is empty from the beginning needs no movement, but a level of zero: the till shows it as sold out. */
function initialStock(data: DemoData): StockMovement[] {
  return data.stock.map(({ store, variant, onHand }) => ({
    store,
    variant,
    quantity: onHand,
    reason: { kind: "initial" },
  }));
}

function sheetOf(data: DemoData): Omit<DemoSheet, "orders" | "users" | "signIn"> {
  return {
    retailer: data.stores[0]?.retailer ?? "",
    products: data.products.length,
    variants: data.products.reduce((sum, product) => sum + product.variants.length, 0),
    stores: data.stores.map(({ store, code, name }) => ({
      code,
      name,
      staff: data.staff
        .filter((entry) => entry.store === store)
        .map(({ member, pin }) => ({ name: member.name, role: member.role, pin })),
    })),
  };
}
