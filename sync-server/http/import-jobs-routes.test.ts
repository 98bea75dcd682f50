import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { importJobSchema } from "#protocol/hq/import-jobs.ts";
import { productAnswerSchema } from "#protocol/hq/product.ts";
import { HQ_KEY, HttpForTests } from "../http-for-tests.ts";
import { BERLIN, CUP, EUR, HAMBURG, price, product, TEA } from "../testing/shop.ts";

const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] };
const FILE = "Handle,Title,SKU,Price,Barcode\ntea,Green tea,SKU-tea,3.50,\npan,Pan,PAN-1,20,nonsense\n";

let server: HttpForTests;
beforeEach(async () => {
  server = await HttpForTests.open();
  await server.parts.deps.publisher.publish(async (publication) => {
    for (const store of [BERLIN, HAMBURG])
      await publication.putStore({ ...store, tax: { ...store.tax, classes: [STANDARD] } });
    for (const variant of [TEA, CUP]) {
      await publication.putProduct(product(variant));
      await publication.putPrice(price(variant));
    }
  });
});
afterEach(() => server.close());

async function start(id: string, content: string | Uint8Array, query: Record<string, string> = {}) {
  const asked = new URLSearchParams({ fileName: "products.csv", ...query });
  const answer = await fetch(`${server.address}/hq/v1/imports/${id}?${asked}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${HQ_KEY}`, "content-type": "application/octet-stream" },
    body: typeof content === "string" ? content : new Uint8Array(content),
  });
  expect(answer.status).toBe(200);
  await server.parts.deps.imports.idle();
  return ended(id);
}
const ended = async (id: string) =>
  importJobSchema.parse(await (await server.hq(`/hq/v1/imports/${id}`)).json());
const file = async (path: string) => Buffer.from(await (await server.hq(path)).arrayBuffer());
const titleOf = async (handle: string) =>
  (await server.parts.storage.read((tx) => tx.productByHandle(handle)))?.title ?? null;

test("a dry run says what would change and changes nothing; the import does it, and both can be looked at later", async () => {
  const dry = await start("one", FILE, { dryRun: "true" });
  expect(dry).toMatchObject({
    state: "done",
    report: {
      products: { created: 1, changed: 1 },
      changes: [
        { kind: "changed", fields: [{ field: "title", from: "A tea", to: "Green tea" }] },
        { kind: "new", handle: "pan" },
      ],
      problems: [{ line: 3, reason: "badGtin" }],
    },
  });
  expect(await titleOf("tea")).toBe("A tea");
  await start("two", FILE);
  expect(await titleOf("tea")).toBe("Green tea");
  const list = await (await server.hq("/hq/v1/imports")).json();
  expect(list).toMatchObject({ imports: [{ id: "two" }, { id: "one", dryRun: true }] });
  const findings = (await file("/hq/v1/imports/two/findings")).toString("utf8");
  expect(findings).toContain("changed,,tea,,title,A tea,Green tea,");
  expect(findings).toContain("refused: field,3,pan,,Barcode,nonsense,,badGtin");
});

test("an import that is asked for twice happens once", async () => {
  await start("one", FILE);
  await start("one", "Handle,Title\ntea,Black tea\n");
  expect(await titleOf("tea")).toBe("Green tea");
});

test("taking an import back leaves what somebody changed since, and takes new products away", async () => {
  const both = `${FILE}cup,Big cup,SKU-cup,3.50,\n`;
  await start("one", both);
  const { id } = product(CUP);
  const cup = productAnswerSchema.parse(await (await server.hq(`/hq/v1/products/${id}`)).json());
  const changed = { ...cup, product: { ...cup.product, title: "Cup of somebody" } };
  expect((await server.hq(`/hq/v1/products/${id}`, { method: "PUT", body: changed })).status).toBe(200);
  await server.hq("/hq/v1/imports/one/undo", { method: "POST" });
  await server.parts.deps.imports.idle();
  expect(await ended("one")).toMatchObject({ undo: { state: "done", undone: 2, kept: 1 } });
  expect([await titleOf("tea"), await titleOf("cup"), await titleOf("pan")]).toEqual([
    "A tea",
    "Cup of somebody",
    null,
  ]);
});

test("taking an import back makes prices, costs and stock what they were, where nothing changed since", async () => {
  const { publisher, imports } = server.parts.deps;
  await publisher.publish((publication) => publication.tx.putCost({ variant: TEA, cost: money(100, EUR) }));
  const rows = [
    "Handle,Title,SKU,Price,Cost per item,Variant Inventory Qty",
    "tea,A tea,SKU-tea,5.00,2.00,10",
    "cup,A cup,SKU-cup,6.00,3.00,7",
    "pan,Pan,PAN-1,20,9,4",
  ];
  const done = await start("one", `${rows.join("\n")}\n`, { store: "BER1" });
  expect(done).toMatchObject({ state: "done", report: { products: { created: 1, changed: 2 } } });
  await publisher.publish(async (publication) => {
    await publication.putPrice(price(CUP, { amount: money(777, EUR) }));
    await publication.tx.addMovement(
      {
        store: BERLIN.store,
        variant: CUP,
        quantity: -1,
        reason: { kind: "sale", ticket: idOf<"Ticket">("t") },
      },
      { cause: "t", at: publication.at },
    );
  });
  await server.hq("/hq/v1/imports/one/undo", { method: "POST" });
  await imports.idle();
  expect((await ended("one")).undo).toEqual({
    state: "done",
    undone: 5,
    kept: 2,
    left: [
      { what: "stock", name: "A cup" },
      { what: "price", name: "A cup" },
    ],
  });
  const now = (variant: typeof TEA) =>
    server.parts.storage.read(async (tx) => ({
      price: (await tx.pricesOf(variant)).map(({ amount }) => amount.minor),
      cost: (await tx.costOf(variant))?.minor ?? null,
      onHand: await tx.onHand({ store: BERLIN.store, variant }),
    }));
  expect(await now(TEA)).toEqual({ price: [350], cost: 100, onHand: 0 });
  expect(await now(CUP)).toEqual({ price: [777], cost: null, onHand: 6 });
  expect(await titleOf("pan")).toBeNull();
});

test("headings that are called otherwise are said what they are", async () => {
  const german = "Artikelname,Kürzel\nGrüner Tee,tea\n";
  expect((await start("one", german)).report).toMatchObject({
    ok: false,
    reason: "missingColumns",
    headings: ["Artikelname", "Kürzel"],
  });
  const columns = JSON.stringify({ Artikelname: "title", Kürzel: "handle" });
  expect(await start("two", german, { columns })).toMatchObject({ state: "done" });
  expect(await titleOf("tea")).toBe("Grüner Tee");
});

test("what is neither CSV nor an Excel file is refused in words", async () => {
  const archive = Buffer.from("PK\u0003\u0004 and then nothing", "latin1");
  expect(await start("one", archive)).toMatchObject({
    state: "refused",
    report: { ok: false, reason: "notCsv" },
  });
});

const text = fc
  .string({
    unit: fc.constantFrom("a", "ü", "=", "+", "-", "@", "'", ",", '"', "\n", ";", "1"),
    maxLength: 8,
  })
  .map((any) => any.trim());
const edited = fc.record({
  title: text.map((any) => `${any}x`),
  brand: text,
  category: text.filter((any) => !any.includes(">")),
  status: fc.constantFrom("active" as const, "draft" as const, "archived" as const),
  sku: text.map((any) => `S${any}`),
  withPrice: fc.boolean(),
  cost: fc.option(fc.nat(9_999)),
});

test("a catalogue that went out as CSV or as an Excel file is unchanged when it comes back", async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(edited, fc.constantFrom("csv", "xlsx"), async (of, format) => {
      round += 1;
      const variant = idOf<"Variant">(`v-${round}`);
      await server.parts.deps.publisher.publish(async (publication) => {
        const { sku, withPrice, cost, ...head } = of;
        const wanted = {
          id: variant,
          sku: idOf<"Sku">(`${sku}_${round}`),
          gtins: [],
          options: ["= 1"],
          image: null,
        };
        await publication.putProduct(
          product(variant, { ...head, optionNames: ["+Size"], variants: [wanted] }),
        );
        if (withPrice) await publication.putPrice(price(variant));
        if (cost !== null) await publication.tx.putCost({ variant, cost: money(cost, EUR) });
      });
      const exported = await file(`/hq/v1/catalog/export?format=${format}&store=BER1`);
      const { report } = await start(`round-${round}`, exported, { store: "BER1" });
      expect(report).toMatchObject({ ok: true, changeCount: 0, problemCount: 0 });
    }),
    { numRuns: 20 },
  );
}, 120_000);

test("an exported file runs nothing in a spreadsheet program", async () => {
  await server.parts.deps.publisher.publish((publication) =>
    publication.putProduct(product(TEA, { title: '=HYPERLINK("http://x")' })),
  );
  const csv = (await file("/hq/v1/catalog/export")).toString("utf8");
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
});
