import type { Customer } from "#domain/customer/customer.ts";
import type { StockLevel } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Cost } from "../prices/port.ts";
import { type DemoCatalogue, demoCatalogue } from "./catalogue.ts";
import { demoCosts, tradePrices } from "./demo-prices.ts";
import { type DemoStaff, demoCustomers, demoStaff } from "./people.ts";
import { type Random, seededRandom } from "./random.ts";
import { demoStores } from "./retailer.ts";
import { specialGoods } from "./special-goods.ts";

export interface DemoData extends DemoCatalogue {
  readonly stores: readonly StoreSettings[];
  readonly staff: readonly DemoStaff[];
  readonly customers: readonly Customer[];
  readonly stock: readonly StockLevel[];
  readonly costs: readonly Cost[];
}

const SPECIAL_GOODS = 1_000;

/** Everything the demo shop consists of, made up from one seed: same seed, same shop. */
export async function demoData(seed: number): Promise<DemoData> {
  const random = seededRandom(seed);
  const stores = demoStores();
  const made = demoCatalogue(random);
  const staff = await demoStaff(stores, random);
  const customers = demoCustomers(random);
  const stock = stockOf(stores, made, random);
  // A source of their own, so that the shop that screenshots show stays as it is.
  const apart = seededRandom(seed + SPECIAL_GOODS);
  const special = specialGoods(apart);
  const products = [...made.products, ...special.products];
  const prices = [...made.prices, ...special.prices, ...tradePrices(made)];
  return {
    products,
    prices,
    pictures: [...made.pictures, ...special.pictures],
    shelves: [...made.shelves, ...special.shelves],
    stores,
    staff,
    customers,
    stock: [...stock, ...stockOf(stores, special, apart)],
    costs: demoCosts(products, prices),
  };
}

/** What lies on each store's shelves; about one in twenty is sold out somewhere. */
function stockOf(stores: readonly StoreSettings[], catalogue: DemoCatalogue, random: Random): StockLevel[] {
  return stores.flatMap(({ store }) =>
    catalogue.shelves.map(({ variant, shelf }) => ({
      store,
      variant: variant.id,
      onHand: random.chance(5) ? 0 : random.between(shelf),
    })),
  );
}
