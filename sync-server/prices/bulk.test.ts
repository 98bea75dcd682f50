import { afterEach, beforeEach, expect, test } from "vitest";
import { type Instant, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import type { Price } from "#domain/product/product.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import { type BulkRequest, bulkRequestSchema } from "#protocol/hq/prices.ts";
import { setPrice } from "../catalog/set-price.ts";
import { ServerForTests } from "../server-for-tests.ts";
import type { Publisher } from "../sync/publisher.ts";
import { CUP, EUR, price, product, RETAIL, TEA } from "../testing/shop.ts";
import { changeInBulk } from "./bulk.ts";

const DAY_MS = 86_400_000;
const eur = (minor: number) => money(minor, EUR);
const TEN_PERCENT_OFF = { kind: "percent", ppm: -100_000 } as const;

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

const inDays = (days: number): Instant => instant(server.clock.now() + days * DAY_MS);
const clocks = (days: number) => localTimeOf({ at: inDays(days), timeZone: "Europe/Berlin" });

async function onSale(...prices: readonly Price[]): Promise<void> {
  await server.deps.publisher.publish(async (publication) => {
    for (const variant of [TEA, CUP]) await publication.putProduct(product(variant));
    for (const each of prices) await publication.putPrice(each);
  });
}

function bulk(changes: Partial<BulkRequest>, publisher: Publisher = server.deps.publisher) {
  const plain = { dryRun: false, from: RETAIL, change: TEN_PERCENT_OFF, rounding: { kind: "none" } };
  const { storage, now } = server.deps;
  return changeInBulk(bulkRequestSchema.parse({ ...plain, ...changes }), { storage, publisher, now });
}

async function costs(at: Instant = server.clock.now()): Promise<Price | null> {
  const prices = await server.storage.read((tx) => tx.pricesOf(TEA));
  return priceOf({ prices, lists: [RETAIL], at });
}

test("what was planned and holds by now is what a change of now changes", async () => {
  await onSale(price(TEA), price(TEA, { amount: eur(400), validFrom: inDays(-3) }));
  expect(await bulk({})).toMatchObject({ ok: true, value: { changed: 1 } });
  expect((await costs())?.amount).toEqual(eur(360));
});

test("what was looked at is done once; by then others may have changed a price of it, and nothing is written", async () => {
  await onSale(price(TEA), price(CUP));
  const looked = await bulk({ dryRun: true });
  if (!looked.ok) throw new Error(looked.reason);
  const { seen } = looked.value;
  expect(await bulk({ seen })).toMatchObject({ ok: true, value: { changed: 2, seen } });
  const once = await costs();
  expect(await bulk({ seen })).toEqual({ ok: false, reason: "changedMeanwhile" });
  expect(await costs()).toEqual(once);
});

test("so it is for the price that somebody types into the catalogue", async () => {
  await onSale(price(TEA), price(TEA, { amount: eur(400), validFrom: inDays(-3) }));
  const wish = { sku: idOf<"Sku">("SKU-tea"), list: RETAIL, amount: eur(420) };
  expect(await setPrice(server.deps.publisher, wish)).toMatchObject({ value: { from: eur(400) } });
  expect((await costs())?.amount).toEqual(eur(420));
});

test("an offer that ends by itself leaves the typed price alone, and holds until it ends", async () => {
  const offer = { amount: eur(300), validFrom: inDays(-1), validTo: inDays(1) };
  await onSale(price(TEA), price(TEA, offer));
  await setPrice(server.deps.publisher, { sku: idOf<"Sku">("SKU-tea"), list: RETAIL, amount: eur(420) });
  expect((await costs())?.amount).toEqual(eur(300));
  expect((await costs(inDays(2)))?.amount).toEqual(eur(420));
});

test("what is reduced from now on until Sunday has its usual price again on Monday", async () => {
  await onSale(price(TEA));
  server.clock.advance(DAY_MS);
  await bulk({ validTo: clocks(3), asReduction: true });
  expect(await costs()).toMatchObject({ amount: eur(315), compareAt: eur(350), lowest30: eur(350) });
  expect((await costs(inDays(4)))?.amount).toEqual(eur(350));
});

test("prices for more pieces change by the same rule", async () => {
  await onSale(price(TEA, { tiers: [{ from: 3, amount: eur(300) }] }));
  await bulk({ validFrom: clocks(1) });
  expect(await costs(inDays(2))).toMatchObject({ amount: eur(315), tiers: [{ from: 3, amount: eur(270) }] });
});

test("a server that fails amid it has changed nothing", async () => {
  await onSale(price(TEA), price(CUP));
  const failing: Publisher = {
    publish: (work) =>
      server.deps.publisher.publish((publication) => {
        const put = publication.putPrice.bind(publication);
        let left = 1;
        publication.putPrice = async (each) => {
          if (left === 0) throw new Error("disk full");
          left -= 1;
          await put(each);
        };
        return work(publication);
      }),
  };
  await expect(bulk({}, failing)).rejects.toThrow("disk full");
  const rows = await server.storage.read(async (tx) => [
    ...(await tx.pricesOf(TEA)),
    ...(await tx.pricesOf(CUP)),
  ]);
  expect(rows.map(({ amount }) => amount.minor)).toEqual([350, 350]);
});
