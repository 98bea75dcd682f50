import assert from "node:assert/strict";
import { idOf, instant, type VariantId } from "#domain/ids.ts";
import { NO_DETAILS, type ProductLogEntry } from "#domain/product/catalogue-product.ts";
import type { ImportRecord } from "../../catalog/port.ts";
import { putInFeed } from "../../testing/put-in-feed.ts";
import { BERLIN, CUP, price, product, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase } from "./case.ts";

const MUG = idOf<"Product">("mug");
const BOWL = idOf<"Product">("bowl");
const ENTRY: Omit<ProductLogEntry, "cursor"> = {
  product: MUG,
  at: instant(AT),
  by: { kind: "user", id: "mira", name: "Mira" },
  cause: "edit",
  created: false,
  changes: [{ field: "title", variant: null, from: "Mug", to: "Cup" }],
};
const picture = (letter: string) => idOf<"ImageHash">(letter.repeat(64));

/** What any storage promises of products besides what tills hold of them. */
export const PRODUCTS: readonly ContractCase[] = [
  {
    promise: "what became of a product is kept in order, and found by the product and by what it was part of",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.logProduct(ENTRY);
        await tx.logProduct({ ...ENTRY, product: BOWL, cause: "import:1", created: true, changes: [] });
        await tx.logProduct({ ...ENTRY, cause: "import:1" });
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        const [newest, oldest] = await tx.productLog({ product: MUG, before: null, limit: 10 });
        assert.deepEqual({ ...oldest, cursor: 0 }, { ...ENTRY, cursor: 0 });
        assert.deepEqual(await tx.productLogEntry(newest?.cursor ?? 0), newest);
        const earlier = await tx.productLog({ product: MUG, before: newest?.cursor ?? null, limit: 10 });
        assert.deepEqual(earlier, [oldest]);
        const imported = await tx.productLogOfCause({ cause: "import:1", before: null, limit: 10 });
        assert.deepEqual(
          imported.map((entry) => entry.product),
          [MUG, BOWL],
        );
      });
    },
  },
  {
    promise: "a product has another version after each change, whether tills see it or not",
    check: async (storage) => {
      const tea = product(TEA);
      const version = () => storage.read((tx) => tx.productVersion(tea.id));
      assert.equal(await version(), null);
      await storage.write((tx) => tx.putProduct(tea));
      const seen = new Set([await version()]);
      await storage.write((tx) =>
        putInFeed(tx, { feed: "catalog", collection: "products", id: tea.id, data: "{}", at: instant(AT) }),
      );
      seen.add(await version());
      await storage.write((tx) => tx.logProduct({ ...ENTRY, product: tea.id }));
      seen.add(await version());
      assert.equal(seen.size, 3);
    },
  },
  {
    promise:
      "details and attributes are what was said last, and go with the product; its codes are free again",
    check: async (storage) => {
      const tea = product(TEA);
      await storage.write(async (tx) => {
        await tx.putProduct(tea);
        await tx.putProductDetails(tea.id, NO_DETAILS);
        await tx.putProductDetails(tea.id, { ...NO_DETAILS, description: "Green" });
        await tx.putProductAttributes([{ id: "a", name: "A", kind: "text", unit: "", choices: [] }]);
      });
      await storage.read(async (tx) => {
        assert.equal((await tx.productDetails(tea.id))?.description, "Green");
        assert.deepEqual(
          (await tx.productAttributes()).map(({ id }) => id),
          ["a"],
        );
        assert.deepEqual(await tx.brands(10), ["Fennholm"]);
      });
      await storage.write((tx) => tx.removeProduct(tea.id));
      await storage.write((tx) =>
        tx.putProduct(product(CUP, { variants: tea.variants, handle: tea.handle })),
      );
      assert.equal(await storage.read((tx) => tx.productDetails(tea.id)), null);
      assert.equal(await storage.read((tx) => tx.product(tea.id)), null);
    },
  },
  {
    promise: "goods count as sold once a piece moved otherwise than by an import",
    check: async (storage) => {
      const move = (kind: "import" | "sale", quantity: number) =>
        storage.write(async (tx) => {
          await tx.putStore(BERLIN);
          const reason =
            kind === "import" ? { kind } : { kind, ticket: idOf<"Ticket">("t"), line: idOf<"Line">("l") };
          await tx.addMovement(
            { store: BERLIN.store, variant: TEA, quantity, reason },
            { cause: kind, at: instant(AT) },
          );
        });
      const sold = () => storage.read((tx) => tx.wasEverSold([CUP, TEA]));
      await move("import", 5);
      assert.equal(await sold(), false);
      await move("sale", -1);
      assert.equal(await sold(), true);
      assert.equal(await storage.read((tx) => tx.wasEverSold([CUP])), false);
      await storage.write((tx) => tx.putPrice(price(TEA)));
    },
  },
  {
    promise: "a picture goes once no product has shown it for long, and never while one shows it",
    check: async (storage) => {
      const [one, both, other] = [picture("a"), picture("b"), picture("c")];
      const bytes = new Uint8Array([1]);
      await storage.write(async (tx) => {
        for (const hash of [one, both, other]) {
          await tx.putPicture(hash, { mime: "image/webp", bytes });
          await tx.notePicture(hash, instant(1_000));
        }
        await tx.putPicture(picture("d"), { mime: "image/webp", bytes });
        await tx.putPictureUses({ product: MUG, hashes: [one, both], at: instant(2_000) });
        await tx.putPictureUses({ product: BOWL, hashes: [both], at: instant(2_000) });
      });
      const drop = (before: number) =>
        storage.write((tx) => tx.dropUnusedPictures({ before: instant(before), limit: 10 }));
      const there = async (hash: ReturnType<typeof picture>) => storage.read((tx) => tx.hasPicture(hash));
      assert.equal(await drop(1_001), 1);
      assert.equal(await there(other), false);
      await storage.write((tx) => tx.putPictureUses({ product: MUG, hashes: [], at: instant(3_000) }));
      assert.equal(await drop(3_000), 0);
      assert.equal(await drop(3_001), 1);
      assert.deepEqual([await there(one), await there(both), await there(picture("d"))], [false, true, true]);
    },
  },
  {
    promise: "an import is kept with all that it found, until newer ones are enough",
    check: async (storage, reopen) => {
      const job = (id: string, at: number): ImportRecord => ({
        id,
        at: instant(at),
        by: ENTRY.by,
        fileName: "a.csv",
        dryRun: false,
        state: "running",
        report: null,
        undo: null,
      });
      await storage.write(async (tx) => {
        await tx.putImportJob(job("old", 1));
        await tx.putImportJob(job("new", 2));
        await tx.putImportJob({ ...job("new", 2), state: "done" });
        await tx.addImportFindings("old", ["a"]);
        await tx.addImportFindings("new", ["b", "c"]);
      });
      const kept = await reopen();
      const found = (id: string, after = 0) =>
        kept.read(async (tx) => tx.importFindings({ job: id, after, limit: 10 }));
      assert.equal((await kept.read((tx) => tx.importJob("new")))?.state, "done");
      const [first] = await found("new");
      assert.deepEqual(
        (await found("new", first?.place)).map(({ finding }) => finding),
        ["c"],
      );
      await kept.write((tx) => tx.keepNewestImportJobs(1));
      assert.deepEqual(
        (await kept.read((tx) => tx.importJobs(10))).map(({ id }) => id),
        ["new"],
      );
      assert.deepEqual(await found("old"), []);
      await kept.write((tx) => tx.dropImportFindings("new"));
      assert.deepEqual(await found("new"), []);
    },
  },
  {
    promise:
      "what is kept of a deleted product is what was kept last, is listed while it is gone, and is dropped",
    check: async (storage, reopen) => {
      const by = { kind: "user", id: "mira", name: "Mira" } as const;
      const removed = (variant: VariantId, cursor: number) => ({
        product: product(variant),
        details: { ...NO_DETAILS, description: `was ${cursor}` },
        cursor,
        at: instant(AT + cursor),
        by,
        prices: [price(variant)],
        costs: [],
      });
      const [tea, cup] = [product(TEA), product(CUP)];
      await storage.write(async (tx) => {
        await tx.keepRemovedProduct(removed(TEA, 1));
        await tx.keepRemovedProduct(removed(CUP, 2));
        await tx.keepRemovedProduct(removed(TEA, 3));
      });
      const kept = await reopen();
      const listed = () => kept.read(async (tx) => (await tx.removedProducts(9)).map(({ cursor }) => cursor));
      assert.deepEqual(await kept.read((tx) => tx.removedProduct(tea.id)), removed(TEA, 3));
      assert.deepEqual(await listed(), [3, 2]);
      const before = instant(AT + 3);
      assert.deepEqual(await kept.read((tx) => tx.removedBefore({ before, limit: 9 })), [cup.id]);
      await kept.write((tx) => tx.putProduct(tea));
      assert.deepEqual(await listed(), [2]);
      await kept.write((tx) => tx.dropRemovedProduct(cup.id));
      assert.deepEqual(await listed(), []);
      assert.equal(await kept.read((tx) => tx.removedProduct(cup.id)), null);
    },
  },
];
