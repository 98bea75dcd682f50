import type { Customer } from "#domain/customer/customer.ts";
import type { StockLevel } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { type DemoCatalogue, demoCatalogue } from "./catalogue.ts";
import { type DemoStaff, demoCustomers, demoStaff } from "./people.ts";
import { type Random, seededRandom } from "./random.ts";
import { demoStores } from "./retailer.ts";

export interface DemoData extends DemoCatalogue {
  readonly stores: readonly StoreSettings[];
  readonly staff: readonly DemoStaff[];
  readonly customers: readonly Customer[];
  readonly stock: readonly StockLevel[];
}

/** Everything the demo shop consists of, made up from one seed: same seed, same shop. */
export async function demoData(seed: number): Promise<DemoData> {
  const random = seededRandom(seed);
  const stores = demoStores();
  const catalogue = demoCatalogue(random);
  const staff = await demoStaff(stores, random);
  const customers = demoCustomers(random);
  return { ...catalogue, stores, staff, customers, stock: stockOf(stores, catalogue, random) };
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
