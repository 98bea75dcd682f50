import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, type VariantId } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { foldStock } from "#domain/journal/fold.ts";
import { euros, MUG, STORE, TEE_M, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { StockOverlay } from "./stock-overlay.ts";

const TASK = idOf<"Notice">("task-1");

async function journalOf(sales: readonly (readonly [VariantId, number])[]) {
  const till = await TillInMemory.open();
  await till.signIn();
  for (const [variant, quantity] of sales) await sell(till, variant, quantity);
  return till.journal.entries;
}

async function sell(till: TillInMemory, variant: VariantId, quantity: number): Promise<void> {
  await till.verbs.addItem({ variant, quantity });
  await till.verbs.takeCash({ tendered: euros(100_000) });
  await till.verbs.completeSale({ basket: till.basket.id });
}

const ARTICLES = [MUG, TEE_S, TEE_M];
const sale = fc.tuple(fc.constantFrom(...ARTICLES), fc.integer({ min: 1, max: 9 }));
const windows = fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 12 });

test("however the server keeps up, the overlay is what folding all pending entries anew would give", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sale, { maxLength: 12 }), windows, async (sales, cuts) => {
      const entries = await journalOf(sales);
      const overlay = new StockOverlay();
      for (const [from, to] of cuts) {
        const pending = entries.slice(Math.min(from, to), Math.max(from, to));
        overlay.refresh(pending);
        const folded = foldStock({ levels: new Map(), pending });
        for (const variant of ARTICLES)
          expect(overlay.onHand(variant, null)).toBe(folded.get(variant)?.onHand ?? null);
      }
      expect(overlay.onHand(idOf<"Variant">("never sold"), null)).toBeNull();
    }),
    { numRuns: 30 },
  );
});

test("what was counted is what is there, whatever the replica says, less what was sold since; once the server knows, its word counts", async () => {
  const till = await TillInMemory.open();
  await till.signIn();
  const append = (fact: Fact) => till.journal.append({ staff: null, makeFact: () => fact });
  const count = fc.record({ variant: fc.constantFrom(...ARTICLES), counted: fc.nat(50) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(sale, count), { maxLength: 8 }), windows, async (acts, cuts) => {
      const first = till.journal.entries.length;
      for (const act of acts) {
        if ("counted" in act) await append({ type: "stock.counted", task: TASK, ...act });
        else await sell(till, ...act);
      }
      const entries = till.journal.entries.slice(first);
      const overlay = new StockOverlay();
      const known = new Map(ARTICLES.map((variant) => [variant, { store: STORE, variant, onHand: 7 }]));
      for (const [from, to] of cuts) {
        const pending = entries.slice(Math.min(from, to), Math.max(from, to));
        overlay.refresh(pending);
        const folded = foldStock({ levels: known, pending });
        for (const variant of ARTICLES) expect(overlay.onHand(variant, 7)).toBe(folded.get(variant)?.onHand);
      }
      overlay.refresh([]);
      expect(ARTICLES.map((variant) => overlay.onHand(variant, 7))).toEqual([7, 7, 7]);
    }),
    { numRuns: 30 },
  );
});
