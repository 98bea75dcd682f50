import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { heldPrices, lowestBefore } from "#domain/pricing/price-history.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { EUR, price, RETAIL, TEA } from "../testing/shop.ts";

const DAY_MS = 86_400_000;
const CUT = instant(100 * DAY_MS);

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

const day = fc.integer({ min: 1, max: 160 });
const anyWrite = fc.record({
  wait: fc.integer({ min: 0, max: 25 }),
  beginning: fc.constantFrom(null, 20, 60, 110),
  ends: fc.option(day),
  cents: fc.integer({ min: 100, max: 900 }),
  before: fc.option(fc.integer({ min: 100, max: 900 })),
  gone: fc.boolean(),
});

test("what is forgotten of old prices changes nothing of what is said of prices later", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyWrite, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 130, max: 200 }),
      async (acts, begins) => {
        const { storage } = server;
        run += 1;
        const variant = idOf<"Variant">(`tea-${run}`);
        let at = 0;
        await storage.write(async (tx) => {
          for (const { wait, beginning, ends, cents, before, gone } of acts) {
            at += wait * DAY_MS;
            const written = price(variant, {
              amount: money(cents, EUR),
              compareAt: before === null ? null : money(before, EUR),
              validFrom: beginning === null ? null : instant(beginning * DAY_MS),
              validTo: ends === null ? null : instant(ends * DAY_MS),
            });
            await tx.logPrice(written, { at: instant(at), price: gone ? null : written });
          }
        });
        const said = async () => {
          const writes = await storage.read((tx) => tx.priceWrites({ list: RETAIL, variant }));
          const until = instant(begins * DAY_MS);
          const reduced = price(variant, { amount: money(99, EUR), compareAt: money(1_000, EUR) });
          return {
            lowest: lowestBefore({ writes, reduced, begins: until }),
            held: heldPrices(writes, until)
              .map((each) => ({ ...each, from: Math.max(each.from, CUT) }))
              .filter(({ from, to }) => to > from),
          };
        };
        const before = await said();
        await storage.write((tx) => tx.purgePriceLog(CUT));
        const after = await said();
        expect(after.lowest).toEqual(before.lowest);
        expect(priceByDay(after.held)).toEqual(priceByDay(before.held));
      },
    ),
    { numRuns: 150 },
  );
});

test("prices that change each day are forgotten but for the last", async () => {
  const { storage } = server;
  await storage.write(async (tx) => {
    for (let cents = 1; cents <= 50; cents += 1) {
      const written = price(TEA, { amount: money(cents, EUR) });
      await tx.logPrice(written, { at: instant(cents * DAY_MS), price: written });
    }
    await tx.purgePriceLog(CUT);
  });
  const left = await storage.read((tx) => tx.priceWrites({ list: RETAIL, variant: TEA }));
  expect(left.map((each) => each.price?.amount.minor)).toEqual([50]);
});

/** What held on each day: two stretches of one price are one. */
function priceByDay(held: readonly { readonly from: number; readonly to: number; readonly price: object }[]) {
  return Array.from({ length: 101 }, (_, index) => {
    const moment = CUT + index * DAY_MS;
    return held.find(({ from, to }) => from <= moment && moment < to)?.price ?? null;
  });
}
