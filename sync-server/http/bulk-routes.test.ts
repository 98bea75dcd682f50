import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { bulkAnswerRowSchema } from "#protocol/hq/bulk.ts";
import { HQ_KEY, HttpForTests } from "../http-for-tests.ts";
import { BERLIN, CUP, HAMBURG, price, product, RETAIL, TEA } from "../testing/shop.ts";

const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] };

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

async function send(what: string, lines: readonly unknown[]) {
  const answer = await fetch(`${server.address}/hq/v1/bulk/${what}`, {
    method: "POST",
    headers: { authorization: `Bearer ${HQ_KEY}`, "content-type": "application/x-ndjson" },
    body: lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
  });
  expect(answer.status).toBe(200);
  const text = (await answer.text()).trim();
  return text.split("\n").map((line) => bulkAnswerRowSchema.parse(JSON.parse(line)));
}

test("each line is answered by its own: what was changed, what was so already, and what is refused and why", async () => {
  const lines = [
    { handle: "tea", title: "Green tea", variants: [{ sku: "SKU-tea", gtins: ["4006381333931"] }] },
    { handle: "pan", title: "Pan", variants: [{ sku: "PAN-1" }] },
    "{ not json",
    { handle: "pot", title: "Pot", variants: [{ sku: "SKU-cup" }] },
    { handle: "cup", price: 3 },
  ];
  const answers = await send("products", lines);
  expect(answers).toMatchObject([
    { row: 1, ok: true, changed: true },
    { row: 2, ok: true, changed: true },
    { row: 3, ok: false, reason: "notJson" },
    { row: 4, ok: false, reason: "faulty", details: ["variants.0.sku taken SKU-cup"] },
    { row: 5, ok: false, reason: "wrongForm" },
  ]);
  expect(await send("products", lines.slice(0, 2))).toMatchObject([
    { ok: true, changed: false },
    { ok: true, changed: false },
  ]);
  const tea = await server.parts.storage.read((tx) => tx.productByHandle("tea"));
  expect(tea).toMatchObject({ title: "Green tea", variants: [{ gtins: ["4006381333931"] }] });
});

test("prices and stock of many articles are set, and the same again changes nothing", async () => {
  const amount = { minor: 399, currency: "EUR" };
  const prices = [
    { sku: "SKU-tea", list: RETAIL, amount },
    { sku: "none", list: RETAIL, amount },
    { sku: "SKU-cup", list: RETAIL, amount: { minor: 399, currency: "USD" } },
  ];
  expect(await send("prices", prices)).toMatchObject([
    { ok: true, changed: true },
    { ok: false, reason: "unknownSku" },
    { ok: false, reason: "wrongCurrency" },
  ]);
  expect(await send("prices", prices.slice(0, 1))).toMatchObject([{ changed: false }]);
  const stock = [
    { sku: "SKU-tea", store: "BER1", onHand: 7 },
    { sku: "SKU-tea", store: "XXX1", onHand: 7 },
  ];
  expect(await send("stock", stock)).toMatchObject([
    { ok: true, changed: true },
    { ok: false, reason: "unknownStore" },
  ]);
  expect(await send("stock", stock.slice(0, 1))).toMatchObject([{ changed: false }]);
  const at = { store: BERLIN.store, variant: TEA };
  expect(await server.parts.storage.read((tx) => tx.onHand(at))).toBe(7);
});

test("a thousand lines and one that never ends are answered, each by its number", async () => {
  const lines = Array.from({ length: 1_000 }, (_, at) => ({ sku: "SKU-tea", store: "BER1", onHand: at }));
  const answers = await send("stock", [...lines, "x".repeat(1024 * 1024 + 1), lines[5]]);
  expect(answers.map(({ row }) => row)).toEqual(Array.from({ length: 1_002 }, (_, at) => at + 1));
  expect(answers[1_000]).toMatchObject({ ok: false, reason: "tooLong" });
  expect(answers[1_001]).toMatchObject({ ok: true, changed: true });
});
