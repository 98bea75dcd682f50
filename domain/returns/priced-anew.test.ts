import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { priceBasket } from "../pricing/price-basket.ts";
import type { PromotedGoods, Promotion, PromotionRule } from "../promotions/promotion.ts";
import type { TaxSetup } from "../tax/tax.ts";
import { arbitraryTax, basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { arbitraryRule as ruleOfAnyKind } from "../testing/arbitrary-promotions.ts";
import { CustomerAtTheCounter } from "../testing/customers-at-the-counter.ts";
import { EUR, eur, lineOf, variantOf } from "../testing/shop.ts";
import type { BasketLine, Discount } from "../ticket/basket.ts";
import type { Ticket } from "../ticket/ticket.ts";

const NAMES = ["tea", "mug", "tray", "book", "lamp"] as const;
const only = (...names: readonly string[]) => ({ kind: "variants", variants: names.map(variantOf) }) as const;
const goods = fc.oneof(
  fc.constant({ kind: "all" } as const),
  fc.subarray([...NAMES], { minLength: 1 }).map((names) => only(...names)),
);
const each = fc.integer({ min: 1, max: 3 });
const price = fc.integer({ min: 0, max: 8_000 }).map(eur);
const least = fc.integer({ min: 1, max: 40_000 }).map(eur);

const percent = fc.record({
  kind: fc.constant("fromValue" as const),
  goods,
  least,
  off: fc.record({ kind: fc.constant("percent" as const), ppm: fc.integer({ min: 1, max: 900_000 }) }),
});
const amount = fc.record({
  kind: fc.constant("fromValue" as const),
  goods,
  least,
  off: fc.record({
    kind: fc.constant("amount" as const),
    amount: fc.integer({ min: 1, max: 9_000 }).map(eur),
  }),
});
const groups = fc
  .record({ goods, size: fc.integer({ min: 2, max: 4 }), pays: fc.nat(3) })
  .map(({ size, pays, ...rest }) => ({ kind: "piecesFor" as const, ...rest, size, pays: pays % size }));
/** Parts that share no goods, or of which one is among the goods of the other. */
const sets = fc
  .record({
    parts: fc.constantFrom<readonly PromotedGoods[]>(
      [only("tea"), only("mug")],
      [only("tea", "mug"), only("tray", "book")],
      [{ kind: "all" } as const, only("tea", "lamp")],
      [only("tea", "mug", "book"), only("tea"), only("tray")],
    ),
    counts: fc.tuple(each, each, each),
    price,
  })
  .map(({ parts, counts, ...rest }) => ({
    kind: "bundle" as const,
    components: parts.map((part, index) => ({ goods: part, each: counts[index] ?? 1 })),
    ...rest,
  }));

/** Of sets whose parts share some of their goods, each line stays the part that it was. */
const others = ruleOfAnyKind.filter(({ kind }) => kind !== "bundle");

const arbitraryRule: fc.Arbitrary<PromotionRule> = fc.oneof(percent, amount, groups, sets, others);
const arbitraryShare: fc.Arbitrary<Discount> = fc.record({
  kind: fc.constant("percent" as const),
  ppm: fc.integer({ min: 1, max: 950_000 }),
  reason: fc.constant("Closing down"),
});

interface Bought {
  readonly price: number;
  readonly quantity: number;
  /** Pieces that are brought back, at most. */
  readonly back: number;
  readonly taxClass: string;
}
const arbitraryBought: fc.Arbitrary<readonly Bought[]> = fc.array(
  fc.record({
    price: fc.oneof(fc.constantFrom(0, 1, 99, 100, 333, 5_000), fc.integer({ min: 0, max: 20_000 })),
    quantity: fc.integer({ min: 1, max: 6 }),
    back: fc.nat(6),
    taxClass: fc.constantFrom("standard", "reduced"),
  }),
  { minLength: 1, maxLength: NAMES.length },
);

interface Sale {
  readonly rule: PromotionRule;
  readonly tax: TaxSetup;
  readonly bought: readonly Bought[];
  readonly discount: Discount | null;
}

const arbitrarySale: fc.Arbitrary<Sale> = fc.record({
  rule: arbitraryRule,
  tax: arbitraryTax.map((tax) => ({ ...tax, cashRounding: null })),
  bought: arbitraryBought,
  discount: fc.option(arbitraryShare),
});

/** Buys and brings back what is said, in one visit; then what the shop keeps, and what the kept goods cost a customer who comes for them alone. */
function afterReturn({ rule, tax, bought, discount }: Sale) {
  const deal: Promotion = {
    id: idOf<"Promotion">("p"),
    name: "Deal",
    validFrom: NOON,
    validUntil: null,
    priority: 0,
    rule,
  };
  const lines = bought.map(({ price: minor, back: _, ...rung }, index) =>
    lineOf({ ...rung, name: NAMES[index] ?? "tea", price: eur(minor) }),
  );
  const customer = new CustomerAtTheCounter({ tax, promotions: [deal], mode: "recompute" });
  const sale = customer.visit({ bought: lines, discount, brought: [], inCash: false });
  const brought = bought.flatMap(({ back }, pick) => (back === 0 ? [] : [{ pick, pieces: back }]));
  const back =
    brought.length === 0 ? null : customer.visit({ bought: [], discount: null, brought, inCash: false });
  const left = lines.flatMap((line, index): BasketLine[] => {
    const quantity = line.quantity - Math.min(line.quantity, bought[index]?.back ?? 0);
    return quantity === 0 ? [] : [{ ...line, quantity }];
  });
  const anew = priceBasket({
    basket: { ...basketOf(left, discount), promotions: [deal] },
    tax,
    currency: EUR,
    cash: false,
  });
  const ofKind = (kind: "return" | "repriced") =>
    back?.lines.filter((line) => line.kind === kind).reduce((sum, line) => sum + shown(line, tax), 0) ?? 0;
  return {
    customer,
    sale,
    left,
    keeps: (sale?.totals.due.minor ?? 0) + (back?.totals.due.minor ?? 0),
    anew: anew.totals.due.minor,
    given: -ofKind("return"),
    charged: ofKind("repriced"),
    negative: back?.lines.some(({ kind, total }) => kind === "repriced" && total.minor < 0) ?? false,
  };
}

function shown({ total, taxes }: Ticket["lines"][number], { mode }: TaxSetup): number {
  return total.minor + (mode === "inclusive" ? 0 : taxes.reduce((sum, { tax }) => sum + tax.minor, 0));
}

/**
 * By how many cents the roundings of shares may differ. A basket's discount was rounded for each line, and is read off what promotions had left of the
 * prices: where they left little of much, each of these cents counts as often as the price was of what was left. Tax on top is a cent for each rate of a line.
 */
function roundings({ bought, discount, tax }: Sale, sale: Ticket | null): number {
  const lines = bought.length;
  const reduced = (sale?.lines ?? []).filter(({ discounts }) =>
    discounts.some(({ source }) => source === "promotion"),
  );
  const worth = reduced.reduce((sum, { gross }) => sum + gross.minor, 0);
  const off = reduced
    .flatMap(({ discounts }) => discounts.filter(({ source }) => source === "promotion"))
    .reduce((sum, { amount: { minor } }) => sum + minor, 0);
  const times = discount === null ? 0 : worth === off ? Number.POSITIVE_INFINITY : worth / (worth - off);
  const rates = tax.mode === "exclusive" ? Math.max(...tax.classes.map((each) => each.rates.length)) : 0;
  return lines * (times + rates);
}

/** Goods that still have what it takes keep what they had, each line to a cent. */
const KEEPS_SHARES: ReadonlySet<PromotionRule["kind"]> = new Set(["fromValue", "eachPiece"]);

const RUNS = { numRuns: 3_000 };

describe("what the customer keeps after a return that breaks a promotion, of any kind and at any prices", () => {
  test("costs to the cent what it costs a customer who comes for it alone", () => {
    let broken = 0;
    fc.assert(
      fc.property(arbitrarySale, (of) => {
        const { sale, keeps, anew, given, charged, negative } = afterReturn(of);
        expect(negative).toBe(false);
        expect(charged).toBeGreaterThanOrEqual(0);
        expect(charged).toBeLessThanOrEqual(given);
        if (charged === 0 || charged === given) return;
        broken += 1;
        expect(Math.abs(keeps - anew)).toBeLessThanOrEqual(roundings(of, sale));
      }),
      RUNS,
    );
    expect(broken).toBeGreaterThan(RUNS.numRuns / 10);
  });

  test("costs no less where nothing is charged, and no more where all that is given back is", () => {
    fc.assert(
      fc.property(arbitrarySale, (of) => {
        const { sale, keeps, anew, given, charged } = afterReturn(of);
        const bound = roundings(of, sale) + (KEEPS_SHARES.has(of.rule.kind) ? of.bought.length : 0);
        if (charged === 0 && given > 0) expect(keeps).toBeGreaterThanOrEqual(anew - bound);
        if (charged === given && given > 0) expect(keeps).toBeLessThanOrEqual(anew + bound);
      }),
      RUNS,
    );
  });

  test("is given back whole when it comes back too", () => {
    fc.assert(
      fc.property(arbitrarySale, (of) => {
        const { customer } = afterReturn(of);
        customer.bringAllBack(false);
        expect(customer.paidOut).toEqual(customer.paidIn);
      }),
      { numRuns: 1_000 },
    );
  });
});
