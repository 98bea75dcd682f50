import type { DemoContext } from "./demo-context.ts";
import type { Publisher } from "./sync/publisher.ts";

/** Documents written in one transaction while seeding: large enough to be quick, small enough to show progress. */
const SEED_BATCH = 500;

/** The seed's verbs on this server's own publisher, in batches. */
export function demoContext({
  publisher,
  onProgress,
}: {
  readonly publisher: Publisher;
  readonly onProgress: DemoContext["onProgress"];
}): DemoContext {
  async function each<T>(
    what: string,
    items: readonly T[],
    put: (item: T, publication: Parameters<Parameters<Publisher["publish"]>[0]>[0]) => Promise<unknown>,
  ): Promise<void> {
    for (let start = 0; start < items.length; start += SEED_BATCH) {
      const batch = items.slice(start, start + SEED_BATCH);
      await publisher.publish(async (publication) => {
        for (const item of batch) await put(item, publication);
      });
      onProgress({ what, done: Math.min(start + SEED_BATCH, items.length), total: items.length });
    }
  }
  return {
    putStores: (stores) => each("stores", stores, (store, publication) => publication.putStore(store)),
    putStaff: (store, staff) =>
      each("staff", staff, (member, publication) => publication.putStaff(store, member)),
    putPictures: (pictures) =>
      each("pictures", pictures, ({ hash, ...picture }, publication) =>
        publication.tx.putPicture(hash, picture),
      ),
    putProducts: (products) =>
      each("products", products, (product, publication) => publication.putProduct(product)),
    putPrices: (prices) => each("prices", prices, (price, publication) => publication.putPrice(price)),
    putCustomers: (customers) =>
      each("customers", customers, (customer, publication) => publication.putCustomer(customer)),
    putStock: (movements) =>
      each("stock", movements, async (movement, publication) => {
        const onHand = await publication.tx.addMovement(movement, { cause: "initial", at: publication.at });
        if (onHand !== null)
          await publication.putStockLevel({ store: movement.store, variant: movement.variant, onHand });
      }),
    onProgress,
  };
}
