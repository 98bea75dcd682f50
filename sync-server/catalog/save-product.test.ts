import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { CatalogueProduct } from "#domain/product/catalogue-product.ts";
import type { Product } from "#domain/product/product.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { BERLIN, CUP, HAMBURG, product, TEA } from "../testing/shop.ts";
import { editProduct, saveProduct } from "./save-product.ts";
import { undoChange } from "./undo-change.ts";

const MIRA = { kind: "user", id: "mira", name: "Mira" } as const;
const ACT = { by: MIRA, cause: "edit" } as const;
const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] };
const TEA_ID = product(TEA).id;
const CUP_ID = product(CUP).id;

let server: ServerForTests;

beforeEach(async () => {
  server = await ServerForTests.open();
  await server.deps.publisher.publish(async (publication) => {
    for (const store of [BERLIN, HAMBURG])
      await publication.putStore({ ...store, tax: { ...store.tax, classes: [STANDARD] } });
    await publication.putProduct(product(TEA));
    await publication.putProduct(product(CUP));
  });
});
afterEach(() => server.close());

const withProduct =
  (change: Partial<Product>) =>
  (now: CatalogueProduct): CatalogueProduct => ({ ...now, product: { ...now.product, ...change } });

const edit = (change: Partial<Product>, base: string | null = null) =>
  server.deps.publisher.publish((publication) =>
    editProduct(publication, { ...ACT, id: TEA_ID, base, edit: withProduct(change) }),
  );
const undo = (entry: number) =>
  server.deps.publisher.publish((publication) =>
    undoChange(publication, { product: TEA_ID, entry, by: MIRA }),
  );
const tea = () => server.storage.read((tx) => tx.product(TEA_ID));
const history = () =>
  server.storage.read((tx) => tx.productLog({ product: TEA_ID, before: null, limit: 10 }));

test("what somebody changes is in the history with who, from what and to what, and on the tills", async () => {
  const { head } = await server.storage.read((tx) => tx.feedHead("catalog"));
  const saved = await edit({ title: "Green tea" });
  expect(saved).toMatchObject({ ok: true, value: { seq: head + 1 } });
  expect(await history()).toMatchObject([
    { by: MIRA, cause: "edit", changes: [{ field: "title", from: "A tea", to: "Green tea" }] },
  ]);
});

test("saving what is so already changes nothing", async () => {
  expect(await edit({ title: "A tea" })).toMatchObject({ ok: true, value: { entry: null } });
  expect(await history()).toEqual([]);
});

test("texts of a web shop are kept, and no till hears of them", async () => {
  const { head } = await server.storage.read((tx) => tx.feedHead("catalog"));
  const saved = await server.deps.publisher.publish((publication) =>
    editProduct(publication, {
      ...ACT,
      id: TEA_ID,
      edit: (now) => ({ ...now, details: { ...now.details, description: "Green" } }),
    }),
  );
  expect(saved).toMatchObject({ ok: true, value: { seq: head } });
  expect(await history()).toMatchObject([{ changes: [{ field: "description", from: "", to: "Green" }] }]);
});

test("a code that another product has is refused, and its field is named", async () => {
  const taken = product(CUP).variants[0]?.sku ?? idOf<"Sku">("");
  const [variant] = product(TEA).variants;
  expect(
    await edit({ handle: "cup", variants: variant === undefined ? [] : [{ ...variant, sku: taken }] }),
  ).toEqual({
    ok: false,
    reason: {
      kind: "faulty",
      troubles: [
        { field: "handle", fault: "taken", value: "cup" },
        { field: "variants.0.sku", fault: "taken", value: taken },
      ],
    },
  });
  expect(await tea()).toEqual(product(TEA));
});

test("what was at fault before and is left alone keeps nothing from being saved", async () => {
  await server.deps.publisher.publish((publication) =>
    publication.putProduct(product(TEA, { taxClass: idOf<"TaxClass">("gone") })),
  );
  expect(await edit({ title: "Green tea" })).toMatchObject({ ok: true });
  expect(await edit({ taxClass: idOf<"TaxClass">("odd") })).toMatchObject({
    ok: false,
    reason: { troubles: [{ field: "taxClass", fault: "unknown" }] },
  });
});

test("two who edit at once do not overwrite each other unseen", async () => {
  const base = await server.storage.read((tx) => tx.productVersion(TEA_ID));
  expect(await edit({ title: "Green tea" }, base)).toMatchObject({ ok: true });
  expect(await edit({ title: "Black tea" }, base)).toEqual({
    ok: false,
    reason: { kind: "changedMeanwhile" },
  });
  expect((await tea())?.title).toBe("Green tea");
});

test("taking back a change leaves what was changed elsewhere since", async () => {
  const first = await edit({ title: "Green tea" });
  await edit({ brand: "Other" });
  const entry = first.ok ? (first.value.entry ?? 0) : 0;
  expect(await undo(entry)).toMatchObject({ ok: true });
  expect(await tea()).toMatchObject({ title: "A tea", brand: "Other" });
  expect(await undo(entry)).toMatchObject({
    ok: false,
    reason: { kind: "overtaken", fields: [{ field: "title", variant: null }] },
  });
});

test("a change that somebody went over since is not taken back, and it is said where", async () => {
  const first = await edit({ title: "Green tea" });
  await edit({ title: "Black tea" });
  expect(await undo(first.ok ? (first.value.entry ?? 0) : 0)).toEqual({
    ok: false,
    reason: { kind: "overtaken", fields: [{ field: "title", variant: null }] },
  });
});

test("taking back that a product was made takes it off the tills, unless it was sold", async () => {
  const wanted = {
    product: product(idOf<"Variant">("pan")),
    details: { description: "", pictures: [], attributes: {}, channels: {} },
  };
  const made = await server.deps.publisher.publish((publication) =>
    saveProduct(publication, { ...ACT, wanted, base: null }),
  );
  const entry = made.ok ? (made.value.entry ?? 0) : 0;
  const undone = await server.deps.publisher.publish((publication) =>
    undoChange(publication, { product: wanted.product.id, entry, by: MIRA }),
  );
  expect(undone).toMatchObject({ ok: true });
  expect(await server.storage.read((tx) => tx.product(wanted.product.id))).toBeNull();
  expect(await server.storage.read((tx) => tx.product(CUP_ID))).not.toBeNull();
});
