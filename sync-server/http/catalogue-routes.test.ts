import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { NO_DETAILS } from "#domain/product/catalogue-product.ts";
import {
  type BulkEditWish,
  bulkEditAnswerSchema,
  bulkEditsAnswerSchema,
  catalogueAnswerSchema,
  catalogueVariantsAnswerSchema,
  facetsAnswerSchema,
} from "#protocol/hq/catalogue.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, CUP, EUR, HAMBURG, POT, price, product, RETAIL, TEA } from "../testing/shop.ts";

const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] };

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA, CUP, POT], 4);
  await http.parts.deps.publisher.publish(async (publication) => {
    for (const store of [BERLIN, HAMBURG])
      await publication.putStore({ ...store, tax: { ...store.tax, classes: [STANDARD] } });
  });
});
afterEach(() => http.close());

const ask = async (query: string) =>
  catalogueAnswerSchema.parse(await (await http.hq(`/hq/v1/catalogue?${query}`)).json());
const titles = async (query: string) => (await ask(query)).rows.map(({ title }) => title);
const edit = (edits: readonly object[]) =>
  http.hq("/hq/v1/catalogue/edit", { method: "POST", body: { edits } });
const feed = (name: string, collection: "products" | "prices") =>
  http.parts.storage.read((tx) => tx.feedRows({ feed: name, collection, after: 0, limit: 100 }));

async function bulk(wish: BulkEditWish) {
  const begun = bulkEditAnswerSchema.parse(
    await (await http.hq("/hq/v1/catalogue/bulk", { method: "POST", body: wish })).json(),
  );
  for (;;) {
    const now = bulkEditAnswerSchema.parse(await (await http.hq(`/hq/v1/catalogue/bulk/${begun.id}`)).json());
    if (now.state !== "running") return now;
  }
}

test("a row says what a merchandiser asks of a product, with the price on the list that is looked at", async () => {
  await http.parts.storage.write((tx) => tx.putCost({ variant: TEA, cost: money(140, EUR) }));
  const { rows, total, list } = await ask("search=tea");
  expect({ total, list }).toEqual({ total: 1, list: RETAIL });
  expect(rows[0]).toMatchObject({
    title: "A tea",
    sku: "SKU-tea",
    variants: 1,
    onHand: 4,
    lowest: { minor: 350 },
    only: { price: { minor: 350 }, cost: { minor: 140 }, marginPpm: 600_000, onHand: 4 },
  });
  const variants = await http.hq(`/hq/v1/catalogue/variants?product=${rows[0]?.product}`);
  expect(catalogueVariantsAnswerSchema.parse(await variants.json()).variants).toMatchObject([
    { sku: "SKU-tea", onHand: 4, price: { minor: 350 } },
  ]);
  expect(await refusalOf(await http.hq("/hq/v1/catalogue/variants?product=none"))).toMatchObject({
    reason: "notFound",
  });
});

test("later windows keep to the order of the first, whatever was renamed meanwhile; a new question sees it", async () => {
  const first = await ask("sort=title&limit=1");
  expect(first.rows[0]?.title).toBe("A cup");
  await edit([{ product: "product-tea", change: { title: "Aaa" } }]);
  expect(await titles(`sort=title&limit=2&offset=1&order=${first.order}`)).toEqual(["A pot", "Aaa"]);
  expect(await titles("sort=title")).toEqual(["Aaa", "A cup", "A pot"].toSorted());
  expect(await titles("sort=changed&down=true&limit=1")).toEqual(["Aaa"]);
});

test("products without a price come last by price, up and down", async () => {
  await http.parts.deps.publisher.publish(async (publication) => {
    await publication.putProduct(product(idOf<"Variant">("urn")));
    await publication.putPrice(price(CUP, { amount: money(100, EUR) }));
  });
  expect((await titles("sort=price")).at(0)).toBe("A cup");
  expect((await titles("sort=price")).at(-1)).toBe("A urn");
  expect((await titles("sort=price&down=true")).at(-1)).toBe("A urn");
});

test("an edit is on its way to the tills, and one that a store could not sell by changes nothing", async () => {
  const before = (await feed("catalog", "products")).length;
  const both = [
    { product: "product-tea", change: { title: "Tea" } },
    { product: "product-cup", change: { taxClass: "luxury" } },
  ];
  expect(await refusalOf(await edit(both))).toMatchObject({ status: 400 });
  expect(await titles("search=tea")).toEqual(["A tea"]);
  await edit([{ product: "product-tea", change: { title: "Tea", status: "archived" } }]);
  const rows = await feed("catalog", "products");
  expect(rows).toHaveLength(before);
  expect(rows.at(-1)?.data).toContain('"title":"Tea"');
  const [trail] = await http.parts.storage.read((tx) => tx.trail({ before: null, limit: 1 }));
  expect(trail).toMatchObject({
    subject: { kind: "product", id: "product-tea" },
    before: [{ title: "A tea" }],
    after: [{ title: "Tea" }],
  });
});

test("values are counted to filter by", async () => {
  const answer = await http.hq("/hq/v1/catalogue/facets?of=status&status=draft");
  expect(facetsAnswerSchema.parse(await answer.json())).toEqual({
    values: [{ value: "active", products: 3 }],
    more: false,
  });
});

test("many are changed alike: looked at first, then done to those alone that are otherwise", async () => {
  await edit([{ product: "product-tea", change: { brand: "Blatt" } }]);
  const wish: Omit<BulkEditWish, "dryRun"> = {
    which: { kind: "filter", filter: {} },
    change: { kind: "fields", fields: { brand: "Blatt", addTags: ["sale"] } },
  };
  const told = await bulk({ ...wish, dryRun: true });
  expect(told).toMatchObject({ state: "done", total: 3, looked: 3, changed: 3, unchanged: 0 });
  expect(told.examples).toContainEqual({
    sku: "SKU-cup",
    name: "A cup",
    field: "brand",
    before: "Fennholm",
    after: "Blatt",
  });
  expect(await titles("brand=Blatt")).toEqual(["A tea"]);
  const but = { kind: "filter" as const, filter: {}, without: [idOf<"Product">("product-pot")] };
  await bulk({ ...wish, which: but, dryRun: false });
  expect(await titles("brand=Blatt&tag=sale")).toEqual(["A cup", "A tea"]);
  await bulk({ ...wish, dryRun: false });
  expect(await titles("brand=Blatt&tag=sale")).toHaveLength(3);
  expect(await bulk({ ...wish, dryRun: false })).toMatchObject({ changed: 0, unchanged: 3 });
});

test("prices of the chosen products follow a rule, the others stay", async () => {
  const done = await bulk({
    dryRun: false,
    which: { kind: "products", products: [idOf<"Product">("product-tea"), idOf<"Product">("product-tea")] },
    change: {
      kind: "price",
      list: RETAIL,
      change: { kind: "percent", ppm: -100_000 },
      rounding: { kind: "none" },
      asReduction: false,
    },
  });
  expect(done).toMatchObject({ total: 1, changed: 1, examples: [{ before: "€3.50", after: "€3.15" }] });
  const { rows } = await ask("sort=price");
  expect(rows.map(({ lowest }) => lowest?.minor)).toEqual([315, 350, 350]);
});

test("a change that cannot be made says why and ends", async () => {
  const done = await bulk({
    dryRun: false,
    which: { kind: "filter", filter: {} },
    change: { kind: "fields", fields: { taxClass: idOf<"TaxClass">("luxury") } },
  });
  expect(done).toMatchObject({
    state: "failed",
    changed: 0,
    trouble: "Not every store knows this tax class.",
  });
  expect(await refusalOf(await http.hq("/hq/v1/catalogue/bulk/none"))).toMatchObject({ status: 404 });
});

test("products are found by the channel that they are sold on, and by the one that shows no text of them", async () => {
  const web = idOf<"Channel">("web");
  const texts = { status: null, title: null, description: null };
  await http.parts.storage.write(async (tx) => {
    await tx.putChannelLists(web, [RETAIL]);
    await tx.putProductDetails(idOf<"Product">("product-cup"), {
      ...NO_DETAILS,
      channels: { [web]: { ...texts, status: "draft", description: "A cup for the web." } },
    });
    await tx.putProductDetails(idOf<"Product">("product-pot"), { ...NO_DETAILS, description: "A pot." });
  });
  expect(await titles("channel=web")).toEqual(["A pot", "A tea"]);
  expect(await titles("untold=web")).toEqual(["A tea"]);
  expect(await titles("untold=other&channel=other")).toEqual(["A cup", "A tea"]);
  const values = async (of: string) =>
    facetsAnswerSchema.parse(await (await http.hq(`/hq/v1/catalogue/facets?of=${of}`)).json()).values;
  expect(await values("channel")).toEqual([{ value: "web", products: 2 }]);
  expect(await values("untold")).toEqual([{ value: "web", products: 1 }]);
  await edit([{ product: "product-tea", change: { status: "archived" } }]);
  expect(await titles("channel=web")).toEqual(["A pot"]);
});

test("a change of many products is taken back by whoever may, and stands among the newest", async () => {
  const wish: BulkEditWish = {
    dryRun: false,
    which: { kind: "filter", filter: {} },
    change: { kind: "fields", fields: { brand: "Blatt" } },
  };
  await bulk({ ...wish, dryRun: true });
  const { id } = await bulk(wish);
  await http.hq(`/hq/v1/catalogue/bulk/${id}/undo`, { method: "POST" });
  for (;;) {
    const { edits } = bulkEditsAnswerSchema.parse(await (await http.hq("/hq/v1/catalogue/bulk")).json());
    expect(edits.map((each) => [each.id, each.change, each.changed])).toEqual([[id, wish.change, 3]]);
    if (edits[0]?.undo?.state !== "done") continue;
    expect(edits[0].undo).toMatchObject({ undone: 3, kept: 0, left: [] });
    break;
  }
  expect(await titles("brand=Fennholm")).toHaveLength(3);
  const none = await http.hq("/hq/v1/catalogue/bulk/none/undo", { method: "POST" });
  expect(await refusalOf(none)).toMatchObject({ status: 404 });
});
