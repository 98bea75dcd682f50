import fc from "fast-check";
import { expect, test } from "vitest";
import { type EntryId, type Instant, idOf, instant } from "../ids.ts";
import { alreadyCounted, type BookedCount, correctionOfCount } from "./counting.ts";
import { causeOf } from "./movements.ts";
import type { StockMovement } from "./stock.ts";

const PLACE = { store: idOf<"Store">("berlin"), variant: idOf<"Variant">("tea") };

type Act = { readonly entry: EntryId; readonly at: Instant } & (
  | { readonly kind: "sold"; readonly pieces: number }
  | { readonly kind: "counted"; readonly pieces: number }
);

/** Books in their simplest form: a list of movements, each with its moment. */
class Books {
  readonly rows: { readonly movement: StockMovement; readonly at: Instant }[] = [];

  constructor(initial: number) {
    this.rows.push({
      movement: { ...PLACE, quantity: initial, reason: { kind: "initial" } },
      at: instant(0),
    });
  }

  level(until = Number.MAX_SAFE_INTEGER): number {
    return this.rows.filter(({ at }) => at <= until).reduce((sum, row) => sum + row.movement.quantity, 0);
  }

  take(act: Act): void {
    const last = this.#lastCount();
    const { entry, at } = act;
    if (act.kind === "counted") {
      const movement = correctionOfCount({
        level: { ...PLACE, onHand: this.level(at) },
        count: { counted: act.pieces },
        counted: { entry, at },
        last,
      });
      this.rows.push({ movement, at });
      return;
    }
    const reason = { kind: "sale", ticket: idOf<"Ticket">(entry) } as const;
    const movement: StockMovement = { ...PLACE, quantity: -act.pieces, reason };
    this.rows.push({ movement, at });
    const back = alreadyCounted({ movement, cause: entry, at, last });
    if (back !== null && last !== null) this.rows.push({ movement: back, at: last.at });
  }

  #lastCount(): BookedCount | null {
    let last: BookedCount | null = null;
    for (const { movement, at } of this.rows)
      if (movement.reason.kind === "counted" && (last === null || at >= last.at))
        last = { entry: movement.reason.entry, at };
    return last;
  }
}

/** What is on the shelf in truth: the last count and what was sold after it. */
function onShelf(initial: number, acts: readonly Act[]): number {
  return acts
    .toSorted((a, b) => a.at - b.at)
    .reduce((level, act) => (act.kind === "counted" ? act.pieces : level - act.pieces), initial);
}

/** A till's acts in their order; moments of till 0 are even and of till 1 odd, so that only acts of one till share a moment. */
function actsOf(till: 0 | 1) {
  return fc
    .array(
      fc.record({
        later: fc.nat({ max: 3 }),
        kind: fc.constantFrom("sold", "sold", "counted"),
        pieces: fc.nat({ max: 20 }),
      }),
      { maxLength: 12 },
    )
    .map((steps) => {
      let moment = 2 + till;
      return steps.map(({ later, kind, pieces }, index): Act => {
        moment += 2 * later;
        return { entry: idOf<"Entry">(`${till}-${index}`), at: instant(moment), kind, pieces };
      });
    });
}

test("S84 whatever order the entries of two tills arrive in, the level is the last count and what was sold after it", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 50 }),
      actsOf(0),
      actsOf(1),
      fc.infiniteStream(fc.boolean()),
      (initial, here, there, turns) => {
        const books = new Books(initial);
        const left: readonly [Act[], Act[]] = [[...here], [...there]];
        for (const isHere of turns) {
          if (left[0].length + left[1].length === 0) break;
          const act = left[isHere ? 0 : 1].shift();
          if (act !== undefined) books.take(act);
        }
        expect(books.level()).toBe(onShelf(initial, [...here, ...there]));
      },
    ),
  );
});

test("a movement that a count had seen is taken back under a name of its own, and points to that count", () => {
  const reason = { kind: "sale", ticket: idOf<"Ticket">("t") } as const;
  const movement: StockMovement = { ...PLACE, quantity: -2, reason };
  const last = { entry: idOf<"Entry">("count"), at: instant(10) };
  const back = alreadyCounted({ movement, cause: "t", at: instant(9), last });
  expect(back).toMatchObject({ ...PLACE, quantity: 2, reason: { kind: "alreadyCounted", count: "count" } });
  expect(causeOf(back!.reason)).toBe("alreadyCounted:t");
  expect(alreadyCounted({ movement, cause: "t", at: instant(10), last })).toBeNull();
  expect(alreadyCounted({ movement, cause: "t", at: instant(9), last: null })).toBeNull();
});
