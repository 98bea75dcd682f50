import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { v7 as uuidV7 } from "uuid";
import { instant } from "#domain/ids.ts";
import { demoStaff } from "../../sync-server/demo/people.ts";
import { seededRandom } from "../../sync-server/demo/random.ts";
import { demoStores } from "../../sync-server/demo/retailer.ts";
import { createDeps } from "../../sync-server/http/deps.ts";
import type { Storage } from "../../sync-server/storage/port.ts";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import type { Publication } from "../../sync-server/sync/publisher.ts";
import { type Article, articleAt } from "./article.ts";

/** Articles written in one transaction. */
const BATCH = 1_000;
const SEED = 1;

/** The benchmark's only store, and who sells there: a manager, who throws a basket away without asking anybody. */
export const STORE_CODE = "BER1";
export const CASHIER = { name: "Johanna Reuter", pin: "999999" };

/**
 * Fills an empty server's data folder with one store, its staff and `skus` articles with prices and stock, through the server's own ports:
 * the very rows that HQ's work would leave. Collections come one after another, as an import leaves them.
 */
export async function seedServer({
  dataDir,
  skus,
}: {
  readonly dataDir: string;
  readonly skus: number;
}): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const storage = new SqliteStorage(join(dataDir, "server.sqlite"));
  try {
    await seedShop(storage, skus);
  } finally {
    await storage.close();
  }
}

/** The same, into a database that is open. */
export async function seedShop(storage: Storage, skus: number): Promise<void> {
  const { publisher } = createDeps({ storage, now: () => instant(Date.now()), newId: uuidV7 });
  const stores = demoStores().filter(({ code }) => code === STORE_CODE);
  const [demo] = stores;
  if (demo === undefined) throw new Error(`the demo has no store ${STORE_CODE}`);
  // Without shifts: a bench measures the sale, not the opening of the day.
  const { cash: _, ...store } = demo;
  const staff = await demoStaff(stores, seededRandom(SEED));
  await publisher.publish(async (publication) => {
    await publication.putStore(store);
    for (const { member } of staff) await publication.putStaff(store.store, member);
  });
  const each = async (put: (article: Article, publication: Publication) => Promise<void>) => {
    for (let start = 0; start < skus; start += BATCH)
      await publisher.publish(async (publication) => {
        const end = Math.min(start + BATCH, skus);
        for (let number = start; number < end; number += 1) await put(articleAt(number), publication);
      });
  };
  await each(({ product }, publication) => publication.putProduct(product));
  await each(({ price }, publication) => publication.putPrice(price));
  await each(async ({ price: { variant }, onHand }, publication) => {
    const place = { store: store.store, variant };
    await publication.tx.addMovement(
      { ...place, quantity: onHand, reason: { kind: "initial" } },
      { cause: "initial", at: publication.at },
    );
    await publication.putStockLevel({ ...place, onHand });
  });
}
