import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, type VariantId } from "#domain/ids.ts";
import { foldStock } from "#domain/journal/fold.ts";
import { euros, MUG, TEE_M, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { StockOverlay } from "./stock-overlay.ts";

async function journalOf(sales: readonly (readonly [VariantId, number])[]) {
  const till = await TillInMemory.open();
  await till.signIn();
  for (const [variant, quantity] of sales) {
    await till.verbs.addItem({ variant, quantity });
    await till.verbs.takeCash({ tendered: euros(100_000) });
    await till.verbs.completeSale({ basket: till.basket.id });
  }
  return till.journal.entries;
}

const sale = fc.tuple(fc.constantFrom(MUG, TEE_S, TEE_M), fc.integer({ min: 1, max: 9 }));

test("however the server keeps up, the overlay is what folding all pending entries anew would give", async () => {
  const windows = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(sale, { maxLength: 12 }), windows, async (sales, cuts) => {
      const entries = await journalOf(sales);
      const overlay = new StockOverlay();
      for (const [from, to] of cuts) {
        const pending = entries.slice(Math.min(from, to), Math.max(from, to));
        overlay.refresh(pending);
        const folded = foldStock({ levels: new Map(), pending });
        for (const variant of [MUG, TEE_S, TEE_M]) {
          expect(overlay.moved(variant)).toBe(folded.get(variant)?.onHand ?? null);
        }
      }
      expect(overlay.moved(idOf<"Variant">("never sold"))).toBeNull();
    }),
    { numRuns: 30 },
  );
});
