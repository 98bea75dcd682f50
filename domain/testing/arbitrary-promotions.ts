import fc from "fast-check";
import { idOf } from "../ids.ts";
import {
  type PieceOff,
  PROMOTION_COMBINATIONS,
  type PromotedGoods,
  type Promotion,
  type PromotionRule,
} from "../promotions/promotion.ts";
import { NOON } from "./arbitrary-baskets.ts";
import { eur } from "./shop.ts";

/** What `arbitraryVisit` and these promotions are about. */
export const SOLD = ["tea", "mug", "tray", "book"] as const;

const arbitraryGoods: fc.Arbitrary<PromotedGoods> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: "all" } as const) },
  {
    weight: 3,
    arbitrary: fc.subarray([...SOLD], { minLength: 1 }).map((names) => ({
      kind: "variants" as const,
      variants: names.map((name) => idOf<"Variant">(`variant-${name}`)),
    })),
  },
);

const amount = (max: number) => fc.integer({ min: 0, max }).map(eur);
const ppm = fc.oneof(fc.constantFrom(1, 100_000, 500_000, 1_000_000), fc.integer({ min: 1, max: 1_000_000 }));
const percent = fc.record({ kind: fc.constant("percent" as const), ppm });
const amountOff = fc.record({ kind: fc.constant("amount" as const), amount: amount(3_000) });
const fixedPrice = fc.record({ kind: fc.constant("fixedPrice" as const), price: amount(5_000) });
const pieceOff: fc.Arbitrary<PieceOff> = fc.oneof(percent, amountOff, fixedPrice);

function ascending<T>(steps: readonly T[], of: (step: T) => number): readonly T[] {
  return steps.toSorted((a, b) => of(a) - of(b));
}

const arbitrarySteps = fc.oneof(
  fc
    .uniqueArray(fc.record({ from: fc.integer({ min: 1, max: 8 }), off: pieceOff }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ from }) => from,
    })
    .map((of) => ({ by: "pieces" as const, of: ascending(of, ({ from }) => from) })),
  fc
    .uniqueArray(fc.record({ least: amount(20_000), off: pieceOff }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ least }) => least.minor,
    })
    .map((of) => ({ by: "value" as const, of: ascending(of, ({ least }) => least.minor) })),
);

const few = fc.integer({ min: 1, max: 3 });

/** A rule of any kind. */
export const arbitraryRule: fc.Arbitrary<PromotionRule> = fc.oneof(
  fc.record({ kind: fc.constant("eachPiece" as const), goods: arbitraryGoods, off: pieceOff }),
  fc.record({
    kind: fc.constant("fromValue" as const),
    goods: arbitraryGoods,
    least: amount(20_000),
    off: fc.oneof(percent, amountOff),
  }),
  fc.record({ kind: fc.constant("tiers" as const), goods: arbitraryGoods, steps: arbitrarySteps }),
  fc
    .record(
      { goods: arbitraryGoods, size: fc.integer({ min: 2, max: 4 }), pays: fc.nat(3), ppm },
      { requiredKeys: ["goods", "size", "pays"] },
    )
    .map(({ pays, ...rest }) => ({ kind: "piecesFor" as const, ...rest, pays: pays % rest.size })),
  fc.record({
    kind: fc.constant("bundle" as const),
    components: fc.array(fc.record({ goods: arbitraryGoods, each: few }), { minLength: 1, maxLength: 3 }),
    price: amount(8_000),
  }),
  fc.record({
    kind: fc.constant("gift" as const),
    goods: arbitraryGoods,
    needs: fc.oneof(
      fc.record({ kind: fc.constant("pieces" as const), pieces: few }),
      fc.record({ kind: fc.constant("value" as const), least: amount(10_000) }),
    ),
    gift: arbitraryGoods,
    free: few,
    perEach: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("freeShipping" as const), goods: arbitraryGoods, least: amount(10_000) }),
);

/** Promotions of any kinds, combinations and caps, no two of the same id; all hold always. */
export function arbitraryPromotionsUpTo(maxLength: number): fc.Arbitrary<readonly Promotion[]> {
  return fc
    .array(
      fc.record(
        {
          rule: arbitraryRule,
          priority: fc.nat(3),
          combines: fc.oneof(
            { weight: 4, arbitrary: fc.constant("goods" as const) },
            { weight: 2, arbitrary: fc.constantFrom(...PROMOTION_COMBINATIONS) },
          ),
          limits: few.map((perTicket) => ({ perTicket })),
        },
        { requiredKeys: ["rule", "priority"] },
      ),
      { maxLength },
    )
    .map((all) =>
      all.map((each, index) => ({
        id: idOf<"Promotion">(`p-${index}`),
        name: `${each.rule.kind} ${index}`,
        validFrom: NOON,
        validUntil: null,
        ...each,
      })),
    );
}
