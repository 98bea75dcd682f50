import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Product } from "#domain/product/product.ts";
import { productSchema } from "#protocol/documents/product.ts";
import { type ImportReport, importReportSchema, MAX_REPORTED_PROBLEMS } from "#protocol/hq/import.ts";
import { ServerForTests } from "../../server-for-tests.ts";
import { BERLIN, CUP, EUR, HAMBURG, HARBOUR, price, product, RETAIL, TEA } from "../../testing/shop.ts";
import { type CatalogImport, importCatalog } from "./import-catalog.ts";

const OLD =
  "Handle,Title,Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Variant Barcode,Image Src";
const NEW =
  "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Price,Compare-at price,Inventory quantity,Product image URL,Image position";

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

async function* pieces(bytes: Uint8Array, size = 50): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function importing(
  csv: string | Uint8Array,
  ask: Partial<Omit<CatalogImport, "bytes">> = {},
): Promise<ImportReport> {
  const bytes = pieces(typeof csv === "string" ? Buffer.from(csv) : csv);
  const report = await importCatalog({ dryRun: false, store: null, list: null, ...ask, bytes }, server.deps);
  return importReportSchema.parse(report);
}

async function imported(csv: string, ask: Partial<Omit<CatalogImport, "bytes">> = {}) {
  const report = await importing(csv, ask);
  if (!report.ok) throw new Error(report.message);
  return report;
}

async function refusedBecause(csv: string | Uint8Array, ask: Partial<Omit<CatalogImport, "bytes">> = {}) {
  const report = await importing(csv, ask);
  return report.ok ? "not refused" : report.reason;
}

async function found(handle: string): Promise<Product> {
  const known = await server.storage.read((tx) => tx.productByHandle(handle));
  if (known === null) throw new Error(`no product ${handle}`);
  return known;
}

async function priceOf(handle: string, index = 0): Promise<number | undefined> {
  const { variants } = await found(handle);
  const prices = await server.storage.read((tx) => tx.pricesOf(variants[index]!.id));
  return prices.find(({ list }) => list === RETAIL)?.amount.minor;
}

/** How far every feed has come: when it stays, no till has anything to pull. */
function feedHeads() {
  return server.storage.read((tx) =>
    Promise.all(
      ["catalog", "prices:retail", "prices:harbour", `store:${BERLIN.store}`].map((feed) =>
        tx.feedHead(feed),
      ),
    ),
  );
}

async function problemsOf(csv: string) {
  const { problems } = await importing(csv);
  return problems.map(({ line, reason, effect }) => [line, reason, effect]);
}

describe("both generations of Shopify's export", () => {
  test("the older headings", async () => {
    const report = await imported(
      `${OLD}\nmug,Blue mug,Fennholm,Kitchen,"blue, gift",Size,Small,,,MUG-S,4,9.90,12.00,4006381333931,https://x/1.jpg\nmug,,,,,,Large,,,MUG-L,0,12.50,,,\nmug,,,,,,,,,,,,,,https://x/2.jpg\n`,
    );
    expect(report).toMatchObject({ rows: 3, products: { created: 1 }, variants: 2, problemCount: 0 });
    expect(productSchema.parse(await found("mug"))).toMatchObject({
      title: "Blue mug",
      brand: "Fennholm",
      category: "Kitchen",
      tags: ["blue", "gift"],
      status: "active",
      optionNames: ["Size"],
      variants: [
        { sku: "MUG-S", gtins: ["4006381333931"], options: ["Small"] },
        { sku: "MUG-L", gtins: [], options: ["Large"] },
      ],
    });
    expect([await priceOf("mug", 0), await priceOf("mug", 1)]).toEqual([990, 1250]);
  });

  test("the newer headings", async () => {
    await imported(
      `${NEW}\nBlue mug,mug,"<p>Two\nlines</p>",Fennholm,Home & Garden > Kitchen > Mugs,,gift,TRUE,draft,MUG-S,4006381333931,Title,Default Title,9.90,12.00,4,https://x/1.jpg,1\n,mug,,,,,,,,,,,,,,,https://x/2.jpg,2\n`,
    );
    expect(await found("mug")).toMatchObject({
      category: "Mugs",
      status: "draft",
      optionNames: [],
      variants: [{ sku: "MUG-S", options: [] }],
    });
  });

  test("an export with semicolons, decimal commas and a byte order mark", async () => {
    await imported(
      "\u{feff}Handle;Title;Variant SKU;Variant Price\r\nmug;Mug;M1;12,50\r\ntub;Tub;M2;1.234,50\r\n",
    );
    expect([await priceOf("mug"), await priceOf("tub")]).toEqual([1250, 123_450]);
  });

  test("variants of a product need not stand together", async () => {
    await imported(
      "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nmug,Mug,Size,S,M-S,1\ntub,Tub,,,T,2\nmug,,,L,M-L,3\n",
    );
    expect((await found("mug")).variants.map(({ sku }) => sku)).toEqual(["M-S", "M-L"]);
  });

  test("a variant without a SKU gets the same one on every import", async () => {
    const csv =
      "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\ntop,Top,Size,Small,,60\ntop,,,Größe 40/42,,60\n";
    expect(await imported(csv)).toMatchObject({ derivedSkus: 2, problemCount: 0 });
    const skus = (await found("top")).variants.map(({ sku }) => sku);
    expect(skus).toEqual(["top.Small", expect.stringMatching(/^top\.Gro-e-40-42~[0-9a-f]{8}$/)]);
    expect(await imported(csv)).toMatchObject({ derivedSkus: 0, products: { unchanged: 1 } });
    expect((await found("top")).variants.map(({ sku }) => sku)).toEqual(skus);
  });
});

describe("importing again", () => {
  const csv = `${OLD}\nmug,Mug,F,K,a,Size,S,,,M-S,4,9.90,12,4006381333931,\nmug,,,,,,L,,,M-L,7,8,,,\n`;

  test("the same file a second time changes nothing and gives no till anything to pull", async () => {
    await imported(csv, { store: "BER1" });
    const before = await feedHeads();
    expect(await imported(csv, { store: "BER1" })).toMatchObject({
      products: { created: 0, changed: 0, unchanged: 1 },
      changeCount: 0,
      prices: 0,
    });
    expect(await feedHeads()).toEqual(before);
  });

  test("a dry run tells what would change and changes nothing", async () => {
    await imported(csv, { store: "BER1" });
    const before = await feedHeads();
    const next = `${OLD}\nmug,Fine mug,F,K,a,Size,S,,,M-S,9,10.90,,4006381333931,\nmug,,,,,,XL,,,M-XL,1,5,,,\nnew,New,,,,,,,,N,1,1,,,\n`;
    const report = await imported(next, { store: "BER1", dryRun: true });
    expect(report.products).toEqual({ created: 1, changed: 1, unchanged: 0 });
    expect(report.changes).toEqual([
      {
        kind: "changed",
        handle: "mug",
        title: "Fine mug",
        fields: [
          { field: "title", sku: null, from: "Mug", to: "Fine mug" },
          { field: "variant", sku: "M-XL", from: "", to: "XL" },
          { field: "compareAt", sku: "M-S", from: "12.00 EUR", to: "" },
        ],
      },
      { kind: "price", sku: "M-S", from: money(990, EUR), to: money(1090, EUR) },
      { kind: "price", sku: "M-XL", from: null, to: money(500, EUR) },
      { kind: "stock", sku: "M-S", store: "BER1", from: 4, to: 9 },
      { kind: "stock", sku: "M-XL", store: "BER1", from: 0, to: 1 },
      { kind: "new", handle: "new", title: "New", variants: 1 },
    ]);
    expect(await feedHeads()).toEqual(before);
    expect((await found("mug")).title).toBe("Mug");
  });

  test("a price that changed reaches the tills; variants the file does not name stay on sale", async () => {
    await imported(csv);
    await imported("Handle,Title,Variant SKU,Variant Price\nmug,Mug,M-S,11\n");
    expect([await priceOf("mug", 0), await priceOf("mug", 1)]).toEqual([1100, 800]);
    expect((await found("mug")).variants).toHaveLength(2);
    const rows = await server.storage.read((tx) =>
      tx.feedRows({ feed: "prices:retail", collection: "prices", after: 0, limit: 10 }),
    );
    expect(rows.map(({ data }) => JSON.parse(data ?? "").amount.minor)).toEqual([800, 1100]);
  });

  test("a column that the file does not have leaves what is known", async () => {
    await imported(csv);
    const before = await found("mug");
    await imported("Handle,Title\nmug,Better mug\n");
    expect(await found("mug")).toEqual({ ...before, title: "Better mug" });
  });

  test("a new SKU for the same options is the same variant, so its stock and past stay its own", async () => {
    await imported(csv);
    const before = (await found("mug")).variants;
    await imported("Handle,Title,Option1 Name,Option1 Value,SKU,Price\nmug,Mug,Size,S,M-NEW,9.90\n");
    expect((await found("mug")).variants).toEqual([{ ...before[0], sku: "M-NEW" }, before[1]]);
  });

  test("stock counts for the store that was named, and only then", async () => {
    await imported(csv);
    const variant = (await found("mug")).variants[0]!.id;
    expect(await server.stockOnTills(BERLIN, variant)).toBeNull();
    await imported(csv, { store: "BER1" });
    expect(await server.stockOnTills(BERLIN, variant)).toBe(4);
    expect(await server.stockOnTills(HAMBURG, variant)).toBeNull();
    expect(await server.storage.read((tx) => tx.movementSum({ store: BERLIN.store, variant }))).toBe(4);
  });

  test("what articles cost the retailer and what packages hold is read where the file says it, and stays where it does not", async () => {
    const head =
      "Handle,Title,SKU,Price,Cost per item,Unit price total measure,Unit price total measure unit";
    await imported(`${head}\nwine,Wine,W,9.95,4.10,0.75,l\n`);
    const [variant] = (await found("wine")).variants;
    expect(variant?.content).toEqual({ quantity: 750, unit: "ml" });
    const cost = () => server.storage.read((tx) => tx.costOf(variant!.id));
    expect(await cost()).toEqual(money(410, EUR));
    const again = await imported(`${head}\nwine,Wine,W,9.95,4.20,75,cl\n`);
    expect(again.changes).toMatchObject([{ fields: [{ field: "cost", from: "4.10 EUR", to: "4.20 EUR" }] }]);
    await imported("Handle,Title,SKU,Price\nwine,Wine,W,9.95\n");
    expect(await cost()).toEqual(money(420, EUR));
    const wrong = await imported(`${head}\nwine,Wine,W,9.95,cheap,0.7505,cl\n`);
    expect(wrong.problems.map(({ reason, effect }) => [reason, effect])).toEqual([
      ["badQuantity", "field"],
      ["badPrice", "field"],
    ]);
    expect((await found("wine")).variants[0]?.content).toEqual({ quantity: 750, unit: "ml" });
  });

  test("prices go to the list every store falls back on, or to the one asked for", async () => {
    await imported("Handle,Title,SKU,Price\nmug,Mug,M,9\n", { list: HARBOUR });
    const { variants } = await found("mug");
    const prices = await server.storage.read((tx) => tx.pricesOf(variants[0]!.id));
    expect(prices).toEqual([price(variants[0]!.id, { list: HARBOUR, amount: money(900, EUR) })]);
    expect(await refusedBecause("Handle,Title\n", { list: idOf<"PriceList">("nowhere") })).toBe(
      "unknownList",
    );
  });
});

describe("rows that cannot be used are reported with their true line, the rest is imported", () => {
  const HEAD =
    "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode,Variant Inventory Qty";

  test("empty and unreadable prices", async () => {
    const csv = `${HEAD}\na,"A\nB",Size,S,S1,,,\na,,,M,S2,abc,,\na,,,L,S3,-1,,\na,,,XL,S4,1.999,,\na,,,XXL,S5,0,,\n`;
    expect(await problemsOf(csv)).toEqual([
      [2, "emptyPrice", "row"],
      [4, "badPrice", "row"],
      [5, "badPrice", "row"],
      [6, "badPrice", "row"],
    ]);
    expect(await found("a")).toMatchObject({ title: "A\nB", variants: [{ sku: "S5" }] });
  });

  test("a SKU twice in the file, and one that another product has", async () => {
    await server.stockUp([TEA], 1);
    const csv = `${HEAD}\na,A,Size,S,S1,1,,\na,,,M,S1,1,,\nb,B,,,SKU-tea,1,,\nc,C,,,S1,1,,\n`;
    expect(await problemsOf(csv)).toEqual([
      [3, "duplicateSku", "row"],
      [4, "duplicateSku", "row"],
      [5, "duplicateSku", "row"],
    ]);
    expect((await found("a")).variants).toHaveLength(1);
    expect(await server.storage.read((tx) => tx.productByHandle("b"))).toBeNull();
  });

  test("two rows with the same options could not be told apart at the till", async () => {
    expect(await problemsOf(`${HEAD}\na,A,Size,S,S1,1,,\na,,,S,S2,1,,\n`)).toEqual([
      [3, "duplicateOptions", "row"],
    ]);
  });

  test("a bad or taken GTIN drops the field, not the variant", async () => {
    await server.deps.publisher.publish((publication) =>
      publication.putProduct(
        product(CUP, {
          variants: [
            {
              id: CUP,
              sku: idOf<"Sku">("C"),
              gtins: [idOf<"Gtin">("4006381333931")],
              options: [],
              image: null,
            },
          ],
        }),
      ),
    );
    const csv = `${HEAD}\na,A,,,S1,1,4006381333932,\nb,B,,,S2,1,4006381333931,\nc,C,,,S3,1,0036000291452,\nd,D,,,S4,1,036000291452,x\n`;
    expect(await problemsOf(csv)).toEqual([
      [2, "badGtin", "field"],
      [3, "duplicateGtin", "field"],
      [5, "badQuantity", "field"],
      [5, "duplicateGtin", "field"],
    ]);
    expect((await found("a")).variants[0]?.gtins).toEqual([]);
    expect((await found("c")).variants[0]?.gtins).toEqual(["0036000291452"]);
  });

  test("broken quoting, wrong numbers of columns, missing handles and titles", async () => {
    const csv = `${HEAD}\na,A,,,S1,1,,\nb,"B,,,S2,1,,\nc,C\n,D,,,S4,1,,\ne,,,,S5,1,,\nf,F,,,S6,1,,,,\ng,G,,,S7,1,,,more\n`;
    expect(await problemsOf(csv)).toEqual([
      [3, "brokenQuoting", "row"],
      [4, "wrongColumnCount", "row"],
      [5, "missingHandle", "row"],
      [6, "missingTitle", "product"],
      [8, "wrongColumnCount", "row"],
    ]);
    expect((await found("f")).variants).toHaveLength(1);
  });

  test("a status or tax class that does not exist keeps what is known", async () => {
    const csv = "Handle,Title,SKU,Price,Status,Tax code\na,A,S1,1,sold out,PC040100\n";
    expect(await problemsOf(csv)).toEqual([
      [2, "unknownStatus", "field"],
      [2, "unknownTaxClass", "field"],
    ]);
    expect(await found("a")).toMatchObject({ status: "active", taxClass: "standard" });
  });

  test("a product of thousands of variants is left out as a whole", async () => {
    const rows = Array.from({ length: 2_001 }, (_, index) => `a,A,N,${index},S${index},1,,`);
    expect(await problemsOf([HEAD, ...rows, "b,B,,,B,1,,"].join("\n"))).toEqual([
      [2002, "tooManyVariants", "product"],
    ]);
  });

  test("every bad row is counted, the first thousand are listed", async () => {
    const rows = Array.from({ length: MAX_REPORTED_PROBLEMS + 5 }, (_, index) => `a${index},A,,,,,,`);
    const report = await imported([HEAD, ...rows, "b,B,,,B,1,,"].join("\n"));
    expect(report.problemCount).toBe(MAX_REPORTED_PROBLEMS + 5);
    expect(report.problems).toHaveLength(MAX_REPORTED_PROBLEMS);
  });
});

describe("a file that is no product export changes nothing and says why", () => {
  test.each([
    ["nothing at all", "", "empty"],
    ["blank lines", "\n \r\n", "empty"],
    ["prose", "Dear shop,\nhere are our products.", "missingColumns"],
    ["one word", "hello", "notCsv"],
    ["customers", "First Name,Last Name,Email\nA,B,c@d.e\n", "missingColumns"],
    ["a heading alone", `${OLD}\n`, "nothingUsable"],
    ["bad rows alone", `${OLD}\nmug,Mug,,,,,,,,,,,,,\n`, "nothingUsable"],
    ["a heading with broken quotes", 'Handle,"Title\nmug,Mug\n', "brokenQuoting"],
  ])("%s", async (_name, csv, reason) => {
    expect(await refusedBecause(csv)).toBe(reason);
  });

  test.each([
    ["Latin-1", Buffer.from(`${OLD}\nmug,Caf\xe9,,,,,,,,M,1,1,,,\n`, "latin1")],
    ["UTF-16", Buffer.from(`\u{feff}${OLD}\nmug,Mug,,,,,,,,M,1,1,,,\n`, "utf16le")],
  ])("%s", async (_name, bytes) => {
    expect(await refusedBecause(bytes)).toBe("notUtf8");
  });

  test("one wrong byte far down leaves out what stood above it as well", async () => {
    const rows = Array.from({ length: 200 }, (_, index) => `a${index},A,,,,,,,,S${index},1,1,,,`).join("\n");
    const bytes = Buffer.concat([Buffer.from(`${OLD}\n${rows}\n`), Buffer.from([0xff])]);
    expect(await importing(bytes)).toMatchObject({ ok: false, reason: "notUtf8", line: 202 });
    expect(
      (await server.storage.read((tx) => tx.searchProducts({ text: "", offset: 0, limit: 1 }))).total,
    ).toBe(0);
  });

  test("megabytes without a line break are answered", async () => {
    expect(await refusedBecause(Buffer.alloc(3_000_000, "x"))).toBe("lineTooLong");
  });

  test("an unknown store is refused before anything is read into the catalogue", async () => {
    expect(await refusedBecause(`${OLD}\nmug,Mug,,,,,,,,M,1,1,,,\n`, { store: "XX9" })).toBe("unknownStore");
  });

  test("a file that stops arriving leaves the catalogue as it was", async () => {
    async function* cutOff(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${OLD}\nmug,Mug,,,,,,,,M,1,1,,,\n`);
      throw new Error("connection lost");
    }
    const cut = importCatalog({ bytes: cutOff(), dryRun: false, store: null, list: null }, server.deps);
    await expect(cut).rejects.toThrow("connection lost");
    expect(await server.storage.read((tx) => tx.productByHandle("mug"))).toBeNull();
  });
});
