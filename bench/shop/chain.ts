import { generateKeyPairSync, randomBytes } from "node:crypto";
import { v7 as uuidV7 } from "uuid";
import { idOf, instant, type StoreId } from "#domain/ids.ts";
import { keyIdOf } from "#domain/returns/code/key-id.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { demoStores, RETAIL_LIST } from "../../sync-server/demo/retailer.ts";
import { createDeps } from "../../sync-server/http/deps.ts";
import { sha256 } from "../../sync-server/receipts/keys.ts";
import type { Storage } from "../../sync-server/storage/port.ts";
import { writeCheckpoint } from "../../sync-server/sync/checkpoint.ts";
import { hashSecret, TOKEN_BYTES } from "../../sync-server/sync/enrol.ts";
import { COLLECTION_FEEDS } from "../../sync-server/sync/feeds.ts";
import type { Publication } from "../../sync-server/sync/publisher.ts";
import { headsOf } from "../../sync-server/sync/pull.ts";
import type { Card, Fleet } from "../light-till/card.ts";
import { type Article, articleAt } from "./article.ts";

/** What is written in one transaction. */
const BATCH = 1_000;
/** As in the chain that docs/scaling.md reckons with: 10,000 stores and 50,000 tills. */
export const TILLS_A_STORE = 5;
/** Nothing runs out while it is measured: that would be exceptions, and another bench. */
const ON_HAND = 1_000_000;
/** An Ed25519 key stands at the end of its DER wrapping (RFC 8410). */
const RAW_KEY_BYTES = 32;
const CASHIER = idOf<"Staff">("cashier");

export interface ChainSize {
  readonly skus: number;
  readonly tills: number;
  /** Articles that are sold, and lie in every store. */
  readonly sold: number;
}

/** A chain with its tills, as pairing and a first sync leave them, through the server's own ports. */
export async function seedChain(storage: Storage, { skus, tills, sold }: ChainSize): Promise<Fleet> {
  const { publisher } = createDeps({ storage, now: () => instant(Date.now()), newId: uuidV7 });
  const stores = chainStores(Math.ceil(tills / TILLS_A_STORE));
  const inBatches = async <T>(of: readonly T[], put: (one: T, publication: Publication) => Promise<void>) => {
    for (let start = 0; start < of.length; start += BATCH)
      await publisher.publish(async (publication) => {
        for (const one of of.slice(start, start + BATCH)) await put(one, publication);
      });
  };
  const pin = { kind: "argon2id", phc: "nobody signs in" } as const;
  await publisher.publish((publication) =>
    publication.putColleague({
      member: { id: CASHIER, name: "Johanna Reuter", role: "cashier", pin, active: true },
      stores: null,
    }),
  );
  await inBatches(stores, (store, publication) => publication.putStore(store));
  const articles = Array.from({ length: skus }, (_, number) => articleAt(number));
  await inBatches(articles, ({ product }, publication) => publication.putProduct(product));
  await inBatches(articles, ({ price }, publication) => publication.putPrice(price));
  const lying = stores.flatMap(({ store }) => articles.slice(0, sold).map((article) => ({ store, article })));
  await inBatches(lying, putOnShelf);
  const cards: Card[] = [];
  const numbers = Array.from({ length: tills }, (_, number) => number);
  await inBatches(numbers, async (number, publication) => {
    const store = stores[Math.floor(number / TILLS_A_STORE)];
    if (store !== undefined)
      cards.push(await enrolled(publication, { store, register: (number % TILLS_A_STORE) + 1 }));
  });
  return { cards, sold, checkpoints: await checkpointsOf(storage, stores) };
}

/** The list that all prices of the chain stand in. */
export const CHAIN_LIST = RETAIL_LIST;

function chainStores(count: number): readonly StoreSettings[] {
  const [demo] = demoStores();
  if (demo === undefined) throw new Error("the demo has no store");
  // Without shifts: what is measured is the sale, not the opening of the day.
  const { cash: _, ...store } = demo;
  return Array.from({ length: count }, (_, number) => ({
    ...store,
    store: idOf<"Store">(`store-${number}`),
    code: `S${String(number).padStart(4, "0")}`,
    name: `Store ${number}`,
  }));
}

async function putOnShelf(
  { store, article }: { readonly store: StoreId; readonly article: Article },
  publication: Publication,
): Promise<void> {
  const place = { store, variant: article.price.variant };
  await publication.tx.addMovement(
    { ...place, quantity: ON_HAND, reason: { kind: "initial" } },
    { cause: "initial", at: publication.at },
  );
  await publication.putStockLevel({ ...place, onHand: ON_HAND });
}

/** As `sync/enrol.ts` leaves a till, but for the code that nobody types here. */
async function enrolled(
  publication: Publication,
  { store, register }: { readonly store: StoreSettings; readonly register: number },
): Promise<Card> {
  const keys = generateKeyPairSync("ed25519");
  const raw = keys.publicKey.export({ type: "spki", format: "der" }).subarray(-RAW_KEY_BYTES);
  const publicKey = raw.toString("base64url");
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const device = {
    id: idOf<"Device">(uuidV7()),
    store: store.store,
    register,
    name: `Till ${register}`,
    publicKey,
    epoch: 1,
  };
  await publication.tx.addDevice(device, hashSecret(token));
  await publication.putReceiptKey({
    id: `key:${keyIdOf(raw, sha256)}`,
    kind: "key",
    publicKey,
    device: device.id,
    tills: [{ store: store.store, register }],
    revokedAt: null,
  });
  return {
    device: device.id,
    store: store.store,
    storeCode: store.code,
    register,
    staff: CASHIER,
    token,
    privateKey: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

async function checkpointsOf(
  storage: Storage,
  stores: readonly StoreSettings[],
): Promise<Fleet["checkpoints"]> {
  return storage.read(async (tx) => {
    const era = await tx.newestEra();
    const all: Record<string, Record<string, string>> = {};
    for (const store of stores) {
      const of: Record<string, string> = {};
      for (const collection of REPLICA_COLLECTIONS) {
        const heads = await headsOf(tx, COLLECTION_FEEDS[collection](store));
        of[collection] = writeCheckpoint(new Map([...heads].map(([feed, { head }]) => [feed, head])), era);
      }
      all[store.store] = of;
    }
    return all;
  });
}
