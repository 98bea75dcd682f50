import fc from "fast-check";
import { expect, test } from "vitest";
import type { BasketId, VariantId } from "#domain/ids.ts";
import { euros, MUG, TEE_M, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

/** Pieces per variant: what the customer has been shown so far. */
type Pieces = Readonly<Record<string, number>>;

type Act =
  | { readonly kind: "ring"; readonly variant: VariantId; readonly quantity: number }
  | { readonly kind: "remove" | "undo" | "park" | "recall" | "pay" | "complete" | "completeAgain" }
  | { readonly kind: "kill" | "fillDisk" | "freeDisk"; readonly who: "mira" | "tarek" };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("ring" as const),
      variant: fc.constantFrom(MUG, TEE_S, TEE_M),
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom("remove", "undo", "park", "recall", "pay", "complete", "completeAgain"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("kill", "fillDisk", "freeDisk"),
      who: fc.constantFrom("mira", "tarek"),
    }),
  },
);

/** Every basket the till has, by id, with its pieces: in front of anyone or parked. */
async function onTheShelf(till: TillInMemory): Promise<ReadonlyMap<string, Pieces>> {
  const shelf = new Map<string, Pieces>();
  for (const { value } of await till.drafts.list("basket:")) {
    const { basket } = value as { basket: { id: string; lines: { variant: string; quantity: number }[] } };
    if (basket.lines.length > 0) shelf.set(basket.id, piecesOf(basket.lines));
  }
  return shelf;
}

function piecesOf(lines: readonly { readonly variant: string; readonly quantity: number }[]): Pieces {
  const pieces: Record<string, number> = {};
  for (const { variant, quantity } of lines) pieces[variant] = (pieces[variant] ?? 0) + quantity;
  return pieces;
}

async function perform(till: TillInMemory, each: Act, sold: BasketId[]): Promise<void> {
  const { verbs } = till;
  switch (each.kind) {
    case "ring":
      await verbs.addItem({ variant: each.variant, quantity: each.quantity });
      return;
    case "remove": {
      const line = till.basket.lines[0];
      if (line !== undefined) await verbs.removeLine({ line: line.id });
      return;
    }
    case "undo":
      await verbs.undoRemove({});
      return;
    case "park":
      await verbs.parkBasket({ label: "later" });
      return;
    case "recall": {
      const parked = till.shop.views.parked.current()[0];
      if (parked !== undefined) await verbs.recallBasket({ basket: parked.id });
      return;
    }
    case "pay":
      await verbs.takeCash({ tendered: euros(5_000) });
      return;
    case "complete": {
      const { id } = till.basket;
      const answer = await verbs.completeSale({ basket: id });
      if (answer.ok) sold.push(id);
      return;
    }
    case "completeAgain": {
      const basket = sold.at(-1);
      if (basket !== undefined) await verbs.completeSale({ basket });
      return;
    }
    case "kill":
      till.drafts.fail(null);
      await till.restart();
      await till.signIn(each.who);
      return;
    case "fillDisk":
      till.drafts.fail(new Error("ENOSPC"));
      return;
    case "freeDisk":
      till.drafts.fail(null);
      return;
  }
}

test("whatever cashiers do and whenever the till is killed: nothing rung up is lost, no basket is sold twice", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const till = await TillInMemory.open();
      await till.signIn("mira");
      const sold: BasketId[] = [];
      for (const each of acts) {
        await perform(till, each, sold);
        const shown = till.basket;
        if (each.kind === "ring" || shown.lines.length > 0) {
          const onDisk = (await onTheShelf(till)).get(shown.id);
          expect(onDisk ?? {}).toEqual(piecesOf(shown.lines));
        }
      }
      const before = till.shop.views.parked.current();
      till.drafts.fail(null);
      await till.restart();
      expect(till.shop.views.parked.current()).toEqual(before);
      const tickets = till.journal.facts("ticket.completed").map(({ ticket }) => ticket);
      expect(tickets.map(({ basket }) => basket)).toEqual(sold);
      expect(new Set(sold).size).toBe(sold.length);
      expect(tickets.map(({ number }) => number)).toEqual(
        sold.map((_, index) => `BER1-03-${String(index + 1).padStart(6, "0")}`),
      );
      const shelf = await onTheShelf(till);
      for (const basket of sold) expect(shelf.has(basket)).toBe(false);
      await till.shop.close();
    }),
    { numRuns: 60 },
  );
});
