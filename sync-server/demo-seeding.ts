import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEMO_SHEET_FILE } from "#protocol/hq/demo.ts";
import type { DemoContext } from "./demo-context.ts";
import type { ServerDeps } from "./http/deps.ts";
import type { Publisher } from "./sync/publisher.ts";

/** Documents written in one transaction while seeding: large enough to be quick, small enough to show progress. */
const SEED_BATCH = 500;

/** There while the seed is being written: a start that was cut off is carried on by the next, for the seed is always the same. */
const UNFINISHED_FILE = "demo.unfinished";

/** Makes up the demo shop on an empty server, and leaves the sheet with its PINs in the data folder. A server with stores is left alone. */
export async function seedWhenEmpty({
  dataDir,
  deps,
  onProgress,
}: {
  readonly dataDir: string;
  readonly deps: Pick<ServerDeps, "storage" | "publisher">;
  readonly onProgress: DemoContext["onProgress"];
}): Promise<void> {
  const unfinished = join(dataDir, UNFINISHED_FILE);
  const stores = await deps.storage.read((tx) => tx.stores());
  if (stores.length > 0 && !existsSync(unfinished)) return;
  writeFileSync(unfinished, "");
  const { seedDemo } = await import("./demo/seed.ts");
  const sheet = await seedDemo(demoContext({ publisher: deps.publisher, onProgress }));
  writeFileSync(join(dataDir, DEMO_SHEET_FILE), `${JSON.stringify(sheet, null, 2)}\n`);
  rmSync(unfinished);
}

/** The seed's verbs on this server's own publisher, in batches. */
function demoContext({
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
