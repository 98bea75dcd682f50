import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import { money } from "#domain/money/money.ts";
import { gtinCheckDigit } from "#domain/product/gtin.ts";
import { importReportSchema } from "#protocol/hq/import.ts";
import { ServerForTests } from "../../server-for-tests.ts";
import { EUR } from "../../testing/shop.ts";
import { importCatalog } from "./import-catalog.ts";

async function* asBytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const ASK = { dryRun: false, store: null, list: null } as const;

const words = fc.constantFrom(
  "Handle",
  "Title",
  "Variant SKU",
  "Price",
  "Barcode",
  "Option1 Value",
  "mug",
  "12.50",
  "4006381333931",
  ",",
  ",",
  ";",
  "\t",
  '"',
  '""',
  "\n",
  "\r\n",
  "é",
  "=1+1",
  "💥",
);

test("any rubbish gets an answer, and what was answered is what was done", async () => {
  const server = await ServerForTests.open();
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: words, maxLength: 60 }),
    fc.string({ unit: words, maxLength: 60 }).map((text) => `Handle,Title,SKU,Price,Barcode\n${text}`),
  );
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const count = () => server.storage.read((tx) => tx.searchProducts({ text: "", offset: 0, limit: 1 }));
      const before = (await count()).total;
      const report = importReportSchema.parse(
        await importCatalog({ ...ASK, bytes: asBytes(text) }, server.deps),
      );
      expect((await count()).total - before).toBe(report.ok ? report.products.created : 0);
    }),
    { numRuns: 300 },
  );
  await server.close();
});

const line = fc
  .string({
    unit: fc.constantFrom("a", "B", "ü", ",", '"', "\n", ";", "'", "7", "-", " "),
    minLength: 1,
    maxLength: 15,
  })
  .map((text) => text.trim())
  .filter((text) => text !== "");

const variant = fc.record({
  price: fc.integer({ min: 0, max: 9_999_999 }),
  compareAt: fc.option(fc.integer({ min: 0, max: 9_999_999 })),
  hasGtin: fc.boolean(),
});

const products = fc
  .array(
    fc.record({
      title: line,
      brand: fc.oneof(fc.constant(""), line),
      category: fc.oneof(
        fc.constant(""),
        line.filter((text) => !text.includes(">")),
      ),
      tags: fc.uniqueArray(
        line.filter((text) => !text.includes(",")),
        { maxLength: 4 },
      ),
      status: fc.constantFrom("active", "draft", "archived"),
      variants: fc.array(variant, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((list) => list.map((each, index) => ({ ...each, handle: `product-${index}` })));
type Sheet = typeof products extends fc.Arbitrary<infer T> ? T : never;

function gtinOf(index: number): string {
  const body = String(400_000_000_000 + index);
  return `${body}${gtinCheckDigit(body)}`;
}

/** The variants of all products with their codes, in the order of the catalogue. */
function variantsOf(sheet: Sheet) {
  return sheet.flatMap((each, at) =>
    each.variants.map((one, index) => ({
      ...one,
      product: each,
      index,
      sku: `SKU-${at}-${index}`,
      gtin: one.hasGtin ? gtinOf(at * 10 + index) : "",
      option: each.variants.length === 1 ? "" : `Form ${index}`,
    })),
  );
}

function csvOf(rows: ReturnType<typeof variantsOf>): string {
  const quoted = (fields: readonly string[]) =>
    fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(",");
  const heading =
    "URL handle,Title,Vendor,Type,Tags,Status,Option1 name,Option1 value,SKU,Barcode,Price,Compare-at price";
  const lines = rows.map(({ product, index, sku, gtin, option, price, compareAt }) => {
    const head = index === 0;
    return quoted([
      product.handle,
      head ? product.title : "",
      head ? product.brand : "",
      head ? product.category : "",
      head ? product.tags.join(", ") : "",
      head ? product.status : "",
      head ? (option === "" ? "Title" : "Form") : "",
      option === "" ? "Default Title" : option,
      sku,
      gtin,
      decimalText(money(price, EUR)),
      compareAt === null ? "" : decimalText(money(compareAt, EUR)),
    ]);
  });
  return [heading, ...lines].join("\r\n");
}

test("a catalogue that goes out as CSV comes back the same, in whatever order its rows stand", async () => {
  const shuffled = products.chain((sheet) => {
    const rows = variantsOf(sheet);
    return fc.record({
      sheet: fc.constant(sheet),
      rows: fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
    });
  });
  await fc.assert(
    fc.asyncProperty(shuffled, async ({ sheet, rows }) => {
      const server = await ServerForTests.open();
      const report = await importCatalog({ ...ASK, bytes: asBytes(csvOf(rows)) }, server.deps);
      expect(report).toMatchObject({ ok: true, problems: [], products: { created: sheet.length } });
      for (const each of variantsOf(sheet)) {
        const known = await server.storage.read((tx) => tx.productByHandle(each.product.handle));
        const { title, brand, category, tags, status } = each.product;
        expect(known).toMatchObject({ title, brand, category, tags, status });
        const same = known?.variants.find(({ sku }) => sku === each.sku);
        expect(same).toMatchObject({
          options: each.option === "" ? [] : [each.option],
          gtins: each.gtin === "" ? [] : [each.gtin],
        });
        const prices = await server.storage.read((tx) => tx.pricesOf(same?.id ?? idOf<"Variant">("none")));
        expect(prices).toMatchObject([
          {
            amount: money(each.price, EUR),
            compareAt: each.compareAt === null ? null : money(each.compareAt, EUR),
          },
        ]);
      }
      const again = await importCatalog({ ...ASK, bytes: asBytes(csvOf(rows)) }, server.deps);
      expect(again).toMatchObject({ ok: true, changeCount: 0, products: { created: 0, changed: 0 } });
      await server.close();
    }),
    { numRuns: 40 },
  );
});
