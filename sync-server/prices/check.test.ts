import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Price } from "#domain/product/product.ts";
import { ServerForTests } from "../server-for-tests.ts";
import type { Publication } from "../sync/publisher.ts";
import { CUP, EUR, HARBOUR, POT, price, product, RETAIL, TEA } from "../testing/shop.ts";
import { createPriceCheck } from "./check.ts";

const HOUR_MS = 3_600_000;
const VARIANTS: readonly VariantId[] = [TEA, CUP, POT];

type Act =
  | {
      readonly kind: "price";
      readonly of: number;
      readonly cents: number;
      readonly from: number | null;
      readonly to: number | null;
      readonly harbour: boolean;
    }
  | { readonly kind: "remove"; readonly of: number; readonly harbour: boolean }
  | { readonly kind: "cost"; readonly of: number; readonly cents: number }
  | { readonly kind: "taxClass"; readonly of: number; readonly known: boolean }
  | { readonly kind: "wait"; readonly hours: number };

const of = fc.nat(2);
const hours = fc.option(fc.integer({ min: 1, max: 20 }));
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("price" as const),
    of,
    cents: fc.integer({ min: 50, max: 600 }),
    from: hours,
    to: fc.option(fc.integer({ min: 21, max: 40 })),
    harbour: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("remove" as const), of, harbour: fc.boolean() }),
  fc.record({ kind: fc.constant("cost" as const), of, cents: fc.integer({ min: 50, max: 600 }) }),
  fc.record({ kind: fc.constant("taxClass" as const), of, known: fc.boolean() }),
  fc.record({ kind: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 15 }) }),
);

async function apply(publication: Publication, act: Exclude<Act, { kind: "wait" }>): Promise<void> {
  const variant = VARIANTS[act.of] ?? TEA;
  const after = (count: number | null) => (count === null ? null : instant(publication.at + count * HOUR_MS));
  switch (act.kind) {
    case "price": {
      const changes: Partial<Price> = {
        list: act.harbour ? HARBOUR : RETAIL,
        amount: money(act.cents, EUR),
        validFrom: after(act.from),
        validTo: after(act.to),
      };
      return publication.putPrice(price(variant, changes));
    }
    case "remove": {
      const list = act.harbour ? HARBOUR : RETAIL;
      const known = (await publication.tx.pricesOf(variant)).find((each) => each.list === list);
      return known === undefined ? undefined : publication.forgetPrice(known);
    }
    case "cost":
      return publication.tx.putCost({ variant, cost: money(act.cents, EUR) });
    case "taxClass":
      return publication.putProduct(
        product(variant, { taxClass: idOf<"TaxClass">(act.known ? "standard" : "luxury") }),
      );
  }
}

test("what is found after any changes is what somebody finds who looks through everything", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAct, { minLength: 1, maxLength: 12 }), async (acts) => {
      const server = await ServerForTests.open();
      try {
        const { storage, publisher } = server.deps;
        const classes = [{ id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] }];
        await publisher.publish(async (publication) => {
          for (const store of await publication.tx.stores())
            await publication.putStore({ ...store, tax: { ...store.tax, classes } });
          for (const variant of VARIANTS) await publication.putProduct(product(variant));
        });
        await storage.write((tx) => tx.putPriceRules({ channelDifferencePpm: 100_000 }));
        const check = createPriceCheck({ storage, publisher, now: server.clock.now });
        for (const act of acts) {
          if (act.kind === "wait") server.clock.advance(act.hours * HOUR_MS);
          else await publisher.publish((publication) => apply(publication, act));
          const afresh = createPriceCheck({ storage, publisher, now: server.clock.now });
          expect(await check.run()).toEqual(await afresh.run());
        }
      } finally {
        await server.close();
      }
    }),
    { numRuns: 12 },
  );
});
