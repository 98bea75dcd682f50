import assert from "node:assert/strict";
import { type ChannelId, idOf } from "#domain/ids.ts";
import { NO_DETAILS } from "#domain/product/catalogue-product.ts";
import type { ProductStatus } from "#domain/product/product.ts";
import { BERLIN, CUP, HAMBURG, POT, product, TEA } from "../../testing/shop.ts";
import type { Storage, WriteTransaction } from "../port.ts";
import { AT, type ContractCase } from "./case.ts";

const WEB = idOf<"Channel">("web");

function say(tx: WriteTransaction, variant: typeof TEA, status: ProductStatus | null): Promise<void> {
  const texts = { status, title: null, description: null };
  return tx.putProductDetails(product(variant).id, { ...NO_DETAILS, channels: { [WEB]: texts } });
}

async function changes(storage: Storage, after = 0, channel: ChannelId = WEB): Promise<readonly string[]> {
  const found = await storage.read((tx) => tx.productChanges({ channel, after, limit: 10 }));
  return found.map(({ product: id, isSold }) => `${id} ${isSold ? "sold" : "not sold"}`);
}

const head = (storage: Storage) => storage.read((tx) => tx.catalogueChange());

export const SHOP_PRODUCTS: readonly ContractCase[] = [
  {
    promise:
      "products are in the order of their last changes, what is said of them for a channel too, each there once and with a number of its own",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        for (const variant of [TEA, CUP, POT]) await tx.putProduct(product(variant));
      });
      const before = await head(storage);
      await storage.write(async (tx) => {
        await say(tx, TEA, "archived");
        await tx.putProduct(product(CUP, { status: "draft" }));
      });
      const kept = await reopen();
      assert.deepEqual(await changes(kept), [
        "product-pot sold",
        "product-tea not sold",
        "product-cup not sold",
      ]);
      assert.deepEqual(await changes(kept, 0, idOf<"Channel">("app")), [
        "product-pot sold",
        "product-tea sold",
        "product-cup not sold",
      ]);
      assert.deepEqual(await changes(kept, before), ["product-tea not sold", "product-cup not sold"]);
      const all = await kept.read((tx) => tx.productChanges({ channel: WEB, after: 0, limit: 2 }));
      assert.equal(new Set(all.map(({ changed }) => changed)).size, 2);
      assert.deepEqual(await changes(kept, await head(kept)), []);
    },
  },
  {
    promise: "a product that was taken away is a change that stays, until it is there again",
    check: async (storage) => {
      await storage.write(async (tx) => {
        for (const variant of [TEA, CUP]) await tx.putProduct(product(variant));
      });
      const before = await head(storage);
      await storage.write((tx) => tx.removeProduct(product(TEA).id));
      assert.deepEqual(await changes(storage, before), ["product-tea not sold"]);
      assert.deepEqual(await changes(storage), ["product-cup sold", "product-tea not sold"]);
      await storage.write((tx) => tx.putProduct(product(TEA)));
      assert.deepEqual(await changes(storage), ["product-cup sold", "product-tea sold"]);
    },
  },
  {
    promise: "what stores have of some variants is told with what is promised of it, store by store",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await tx.putStore(HAMBURG);
        for (const variant of [TEA, CUP, POT]) await tx.putProduct(product(variant));
        for (const [store, variant, quantity] of [
          [BERLIN, TEA, 5],
          [HAMBURG, TEA, 2],
          [HAMBURG, POT, 9],
        ] as const)
          await tx.addMovement(
            { store: store.store, variant, quantity, reason: { kind: "initial" } },
            { cause: "initial", at: AT },
          );
        await tx.putReservations({ fulfilment: idOf<"Fulfilment">("f"), store: HAMBURG.store }, [
          { variant: TEA, pieces: 1 },
        ]);
      });
      const found = await storage.read((tx) => tx.shelvesOf([TEA, CUP]));
      assert.deepEqual(
        found.toSorted((one, other) => (one.store < other.store ? -1 : 1)),
        [
          { store: BERLIN.store, variant: TEA, onHand: 5, reserved: 0 },
          { store: HAMBURG.store, variant: TEA, onHand: 2, reserved: 1 },
        ],
      );
    },
  },
];
