import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Product, Variant } from "#domain/product/product.ts";
import { KEEP_REMOVED_MS } from "#domain/product/removed-product.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, EUR, HAMBURG, price, product, TEA } from "../testing/shop.ts";
import { forgetRemoved } from "./forget-removed.ts";
import { removeProduct } from "./remove-product.ts";
import { saveProduct } from "./save-product.ts";
import { undoChange } from "./undo-change.ts";

const MIRA = { kind: "user", id: "mira", name: "Mira" } as const;
const ACT = { by: MIRA, cause: "edit" } as const;
const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] };
const GTIN = idOf<"Gtin">("4006381333931");
const LARGE = idOf<"Variant">("tea-large");
const HASH = idOf<"ImageHash">("a".repeat(64));
const [SMALL] = product(TEA).variants;
const PICTURED: Product = product(TEA, {
  optionNames: ["Size"],
  image: HASH,
  variants: [
    { ...SMALL!, options: ["Small"], gtins: [GTIN], image: HASH },
    { ...SMALL!, id: LARGE, sku: idOf<"Sku">("SKU-large"), options: ["Large"] },
  ],
});
const DETAILS = {
  description: "Green and fine",
  pictures: [{ till: HASH, detail: HASH, alt: "Tea" }],
  attributes: { material: "leaf" },
  channels: { [idOf<"Channel">("web")]: { status: null, title: "Tea, online", description: null } },
};
const COST = money(120, EUR);
const PLANNED = instant(4_000_000_000_000);
const PRICES = [price(TEA), price(TEA, { validFrom: PLANNED, amount: money(400, EUR) }), price(LARGE)];

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
  await server.deps.publisher.publish(async (publication) => {
    const { tx, at } = publication;
    for (const store of [BERLIN, HAMBURG])
      await publication.putStore({ ...store, tax: { ...store.tax, classes: [STANDARD] } });
    const material = { id: "material", name: "Material", kind: "text", unit: "", choices: [] } as const;
    await tx.putProductAttributes([material]);
    await tx.putPicture(HASH, { mime: "image/png", bytes: new Uint8Array([1]) });
    await tx.notePicture(HASH, at);
    const made = await saveProduct(publication, {
      ...ACT,
      wanted: { product: PICTURED, details: DETAILS },
      base: null,
    });
    expect(made).toMatchObject({ ok: true });
    for (const each of PRICES) await publication.putPrice(each);
    await tx.putCost({ variant: TEA, cost: COST });
    const stocked = { store: BERLIN.store, variant: TEA, quantity: 7, reason: { kind: "import" } } as const;
    await tx.addMovement(stocked, { cause: "import:1", at });
    await publication.putStockLevel({ store: BERLIN.store, variant: TEA, onHand: 7 });
  });
});
afterEach(() => server.close());

async function removed(): Promise<number> {
  const { publisher } = server.deps;
  const done = await publisher.publish((publication) =>
    removeProduct(publication, { ...ACT, id: PICTURED.id }),
  );
  expect(done).toMatchObject({ ok: true });
  const [newest] = await history();
  return newest!.cursor;
}
const undo = (entry: number) =>
  server.deps.publisher.publish((publication) =>
    undoChange(publication, { product: PICTURED.id, entry, by: MIRA }),
  );
const history = () =>
  server.storage.read((tx) => tx.productLog({ product: PICTURED.id, before: null, limit: 10 }));
const onTills = (collection: "products" | "prices", feed: string) =>
  server.storage.read(async (tx) => {
    const rows = await tx.liveDocuments({ feed, collection, after: "", limit: 99 });
    return rows.map(({ data }): unknown => JSON.parse(data));
  });
const known = (variant: VariantId) =>
  server.storage.read(async (tx) => ({
    product: await tx.product(PICTURED.id),
    details: await tx.productDetails(PICTURED.id),
    prices: [...(await tx.pricesOf(TEA)), ...(await tx.pricesOf(LARGE))],
    cost: await tx.costOf(variant),
    byGtin: await tx.variantByGtin(GTIN),
    onHand: await tx.onHand({ store: BERLIN.store, variant: TEA }),
  }));

describe("taking back that a product was deleted", () => {
  test("brings all of it back, here and at the tills, and leaves its stock alone", async () => {
    const before = await known(TEA);
    const tillsBefore = [await onTills("products", "catalog"), await onTills("prices", "prices:retail")];
    const entry = await removed();
    expect(await known(TEA)).toMatchObject({
      product: null,
      prices: [],
      cost: null,
      byGtin: null,
      onHand: 7,
    });
    expect(await onTills("products", "catalog")).toEqual([]);
    expect(await undo(entry)).toMatchObject({ ok: true });
    expect(await known(TEA)).toEqual(before);
    expect([await onTills("products", "catalog"), await onTills("prices", "prices:retail")]).toEqual(
      tillsBefore,
    );
    expect(await history()).toMatchObject([
      { created: true, cause: `undo:${entry}`, by: MIRA },
      { changes: [{ field: "product", to: null }] },
      { created: true },
    ]);
  });

  test("is done once, and what came back can be deleted and come back again", async () => {
    const first = await removed();
    await undo(first);
    expect(await undo(first)).toEqual({ ok: false, reason: { kind: "backAlready" } });
    const second = await removed();
    expect(await undo(first)).toEqual({ ok: false, reason: { kind: "backAlready" } });
    expect(await undo(second)).toMatchObject({ ok: true });
  });

  test.each([
    ["SKU", "SKU-large", { sku: idOf<"Sku">("SKU-large") }],
    ["GTIN", GTIN, { gtins: [GTIN] }],
  ] as const)(
    "is refused where another product was given its %s, which is named",
    async (_, code, change) => {
      const entry = await removed();
      const [cup] = product(CUP).variants;
      const variants: readonly Variant[] = [{ ...cup!, ...change }];
      await server.deps.publisher.publish((publication) =>
        publication.putProduct(product(CUP, { variants })),
      );
      expect(await undo(entry)).toEqual({ ok: false, reason: { kind: "codesTaken", codes: [code] } });
      expect(await server.storage.read((tx) => tx.product(PICTURED.id))).toBeNull();
      await server.deps.publisher.publish((publication) => publication.putProduct(product(CUP)));
      expect(await undo(entry)).toMatchObject({ ok: true });
    },
  );

  test("is refused where stores no longer know its tax class", async () => {
    const entry = await removed();
    await server.deps.publisher.publish((publication) => publication.putStore(HAMBURG));
    expect(await undo(entry)).toEqual({ ok: false, reason: { kind: "taxClassGone", taxClass: "standard" } });
  });

  test("goes on for 90 days, and its pictures are kept so long", async () => {
    const entry = await removed();
    const at = server.clock.now();
    const drop = () =>
      server.storage.write((tx) =>
        tx.dropUnusedPictures({ before: instant(at + 2 * KEEP_REMOVED_MS), limit: 9 }),
      );
    await server.storage.write((tx) => forgetRemoved(tx, at + KEEP_REMOVED_MS));
    expect(await drop()).toBe(0);
    expect(await server.storage.read((tx) => tx.removedProducts(9))).toHaveLength(1);
    await server.storage.write((tx) => forgetRemoved(tx, at + KEEP_REMOVED_MS + 1));
    expect(await drop()).toBe(1);
    expect(await undo(entry)).toEqual({ ok: false, reason: { kind: "notKept" } });
  });
});
