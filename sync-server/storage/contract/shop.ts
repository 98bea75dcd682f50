import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import { BERLIN, CUP, price, product, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

export const CATALOGUE: readonly ContractCase[] = [
  {
    promise: "a product is found by its id, handle, SKU and GTIN, with or without the leading zero",
    check: async (storage) => {
      const gtin = idOf<"Gtin">("0012345678905");
      const tea = product(TEA, {
        variants: [{ id: TEA, sku: idOf<"Sku">("T-1"), gtins: [gtin], options: [], image: null }],
      });
      await storage.write((tx) => tx.putProduct(tea));
      const owner = { product: tea.id, variant: TEA };
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.product(tea.id), tea);
        assert.deepEqual(await tx.productByHandle("tea"), tea);
        assert.deepEqual(await tx.variantBySku(idOf<"Sku">("T-1")), owner);
        assert.deepEqual(await tx.variantByGtin(idOf<"Gtin">("012345678905")), owner);
        assert.equal(await tx.variantBySku(idOf<"Sku">("T-2")), null);
      });
    },
  },
  {
    promise: "a changed product is no longer found by what it was called before",
    check: async (storage) => {
      await storage.write((tx) => tx.putProduct(product(TEA)));
      const renamed = product(TEA, {
        handle: "green-tea",
        title: "Grüner Tee",
        variants: [{ id: TEA, sku: idOf<"Sku">("GT"), gtins: [], options: [], image: null }],
      });
      await storage.write((tx) => tx.putProduct(renamed));
      await storage.read(async (tx) => {
        assert.equal(await tx.productByHandle("tea"), null);
        assert.equal(await tx.variantBySku(idOf<"Sku">("SKU-tea")), null);
        assert.deepEqual(await tx.searchProducts({ text: "grun", offset: 0, limit: 9 }), {
          products: [renamed],
          total: 1,
        });
      });
    },
  },
  {
    promise: "two products cannot have one SKU",
    check: async (storage) => {
      await storage.write((tx) => tx.putProduct(product(TEA)));
      const clash = product(CUP, {
        variants: [{ id: CUP, sku: idOf<"Sku">("SKU-tea"), gtins: [], options: [], image: null }],
      });
      await assert.rejects(storage.write((tx) => tx.putProduct(clash)));
      assert.equal(await storage.read((tx) => tx.product(clash.id)), null);
    },
  },
  {
    promise: "a search takes signs of the pattern language as text",
    check: async (storage) => {
      await storage.write((tx) => tx.putProduct(product(TEA, { title: "100% tea" })));
      await storage.write((tx) => tx.putProduct(product(CUP)));
      const found = await storage.read((tx) => tx.searchProducts({ text: "100%", offset: 0, limit: 9 }));
      assert.equal(found.total, 1);
      const all = await storage.read((tx) => tx.searchProducts({ text: "", offset: 1, limit: 9 }));
      assert.equal(all.total, 2);
      assert.equal(all.products.length, 1);
    },
  },
  {
    promise: "a price is kept once per list, variant and beginning",
    check: async (storage) => {
      const summer = price(TEA, { validFrom: LATER });
      const raised = price(TEA, { amount: { ...price(TEA).amount, minor: 999 } });
      await storage.write(async (tx) => {
        await tx.putPrice(price(TEA));
        await tx.putPrice(summer);
        await tx.putPrice(raised);
      });
      assert.deepEqual(await storage.read((tx) => tx.pricesOf(TEA)), [raised, summer]);
    },
  },
];

export const OTHER: readonly ContractCase[] = [
  {
    promise: "an exception is raised once and listed newest first",
    check: async (storage) => {
      const raised = {
        kind: "oversold",
        store: BERLIN.store,
        subject: null,
        detail: { a: "1" },
        closing: null,
      } as const;
      const raise = (id: string, raisedAt = AT) =>
        storage.write((tx) => tx.raiseException({ ...raised, id, raisedAt }));
      assert.equal(await raise("x"), true);
      assert.equal(await raise("x", LATER), false);
      assert.equal(await raise("y", LATER), true);
      const listed = await storage.read((tx) => tx.exceptions(9));
      assert.deepEqual(
        listed.map(({ id }) => id),
        ["y", "x"],
      );
      assert.deepEqual(listed[1], { ...raised, id: "x", raisedAt: AT });
    },
  },
  {
    promise: "a lease is what was put last, until it is dropped",
    check: async (storage) => {
      const till = idOf<"Device">("till-1");
      const lease = { subject: "order:1", holder: till, expiresAt: LATER, wantedBy: null };
      await storage.write((tx) => tx.putLease({ ...lease, expiresAt: AT }));
      await storage.write((tx) => tx.putLease(lease));
      assert.deepEqual(await storage.read((tx) => tx.lease("order:1")), lease);
      await storage.write((tx) => tx.dropLease("order:1"));
      assert.equal(await storage.read((tx) => tx.lease("order:1")), null);
    },
  },
  {
    promise: "a picture comes back byte for byte and is never replaced",
    check: async (storage) => {
      const hash = idOf<"ImageHash">("ab".repeat(32));
      const bytes = new Uint8Array([0, 1, 255, 128]);
      await storage.write((tx) => tx.putPicture(hash, { mime: "image/png", bytes }));
      await storage.write((tx) => tx.putPicture(hash, { mime: "text/html", bytes: new Uint8Array([9]) }));
      const found = await storage.read((tx) => tx.picture(hash));
      assert.equal(found?.mime, "image/png");
      assert.deepEqual([...(found?.bytes ?? [])], [...bytes]);
    },
  },
];
