import fc from "fast-check";
import { idOf, instant } from "../ids.ts";
import { type Currency, money } from "../money/money.ts";
import type { PieceOff, TierSteps } from "../promotions/promotion.ts";
import { MAX_AMOUNT_MINOR } from "../returns/code/limits.ts";
import { netsOf } from "../returns/code/line-layout.ts";
import type { DependentDiscount, PaidWith, Purchase, PurchasedLine } from "../returns/purchase.ts";
import { dayOfNumber, daysAfter } from "../store/business-day.ts";
import type { TaxMode, TaxRate } from "../tax/tax.ts";
import { MAX_QUANTITY_PER_LINE } from "../ticket/basket.ts";
import { GIFT_ROLES, type PromotionNeeds } from "../ticket/ticket.ts";
import { EUR, KWD, USD } from "./shop.ts";

/** How long texts and how large amounts become, and how much of everything there is. */
export interface PurchaseSize {
  readonly lines: { readonly min: number; readonly max: number };
  readonly sku: fc.Arbitrary<string>;
  readonly name: fc.Arbitrary<string>;
  readonly id: fc.Arbitrary<string>;
  readonly minor: fc.Arbitrary<number>;
  readonly rates: number;
  readonly promotions: number;
  readonly tenders: number;
  /** Every tax is on what is left of the line, as tills reckon. */
  readonly plainNets: boolean;
}

const uuid = fc.uuid();
const anyId = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,24}$/),
  fc.stringMatching(/^\d{1,14}$/),
  uuid,
);
const anyText = fc.oneof(
  fc.string({ minLength: 1, maxLength: 24 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  fc.stringMatching(/^\d{1,14}$/),
  uuid,
);

/** Anything that a purchase can be. */
export const ANY_SIZE: PurchaseSize = {
  lines: { min: 1, max: 30 },
  sku: anyText,
  name: fc.oneof(fc.constant(""), anyText),
  id: anyId,
  minor: fc.oneof(
    fc.integer({ min: 0, max: 100_000 }),
    fc.integer({ min: 0, max: Math.floor(MAX_AMOUNT_MINOR / MAX_QUANTITY_PER_LINE) }),
  ),
  rates: 3,
  promotions: 3,
  tenders: 4,
  plainNets: false,
};

/** Twelve lines of an ordinary receipt, all of it as long as ordinary receipts have it. */
export const TWELVE_LINES: PurchaseSize = {
  lines: { min: 12, max: 12 },
  sku: fc.string({ minLength: 1, maxLength: 20 }),
  name: fc.string({ minLength: 1, maxLength: 20 }),
  id: uuid,
  minor: fc.integer({ min: 0, max: 9_999_999 }),
  rates: 2,
  promotions: 1,
  tenders: 3,
  plainNets: true,
};

interface Kinds {
  readonly currency: Currency;
  readonly taxMode: TaxMode;
  readonly day: number;
  readonly rates: readonly TaxRate[];
  readonly promotions: readonly { readonly id: string; readonly name: string }[];
}

export function arbitraryPurchase(size: PurchaseSize): fc.Arbitrary<Purchase> {
  const { name, id } = size;
  const kinds: fc.Arbitrary<Kinds> = fc.record({
    currency: fc.constantFrom(EUR, USD, KWD),
    taxMode: fc.constantFrom("inclusive" as const, "exclusive" as const),
    day: fc.integer({ min: 18_262, max: 40_000 }),
    rates: fc.uniqueArray(
      fc.record({
        id: name.filter((each) => each !== ""),
        name,
        ppm: fc.integer({ min: 0, max: 1_000_000 }),
      }),
      {
        selector: (each) => each.id,
        maxLength: size.rates,
      },
    ),
    promotions: fc.uniqueArray(fc.record({ id, name }), {
      selector: (each) => each.id,
      maxLength: size.promotions,
    }),
  });
  return kinds.chain((of) => purchaseOf(size, of));
}

function purchaseOf(size: PurchaseSize, kinds: Kinds): fc.Arbitrary<Purchase> {
  const { currency, taxMode } = kinds;
  const day = dayOfNumber(kinds.day) ?? idOf<"BusinessDay">("2027-01-15");
  const at = fc.integer({ min: (kinds.day - 1) * 86_400, max: (kinds.day + 2) * 86_400 });
  const receipt = fc
    .integer({ min: 1, max: 999_999_999 })
    .map((each) => `BER1-03-${String(each).padStart(6, "0")}`);
  const ordered = fc.oneof(
    receipt,
    size.name.filter((each) => each !== ""),
  );
  const named: fc.Arbitrary<Pick<Purchase, "ref" | "number">> = fc.oneof(
    fc.record({
      ref: size.id.map((id) => ({ kind: "ticket" as const, id: idOf<"Ticket">(id) })),
      number: receipt,
    }),
    fc.record({
      ref: size.id.map((id) => ({ kind: "order" as const, id: idOf<"Order">(id) })),
      number: ordered,
    }),
  );
  const rest = fc.record({
    channel: fc.constantFrom(idOf<"Channel">("till"), idOf<"Channel">("web-shop")),
    store: fc.option(size.id.map((each) => idOf<"Store">(each))),
    at: at.map((seconds) => instant(seconds * 1_000)),
    day: fc.constant(day),
    currency: fc.constant(currency),
    taxMode: fc.constant(taxMode),
    customer: fc.constant(null),
    lines: arbitraryLines(size, kinds, day),
    paidWith: fc.array(arbitraryTender(size, currency), { maxLength: size.tenders }),
    settled: size.minor.map((minor) => money(minor, currency)),
  });
  return fc.tuple(named, rest).map(([name, purchase]) => ({ ...name, ...purchase }));
}

function arbitraryLines(
  size: PurchaseSize,
  kinds: Kinds,
  day: Purchase["day"],
): fc.Arbitrary<readonly PurchasedLine[]> {
  const line = fc.record({
    gap: fc.constantFrom(0, 0, 0, 1, 5),
    sku: size.sku,
    taxClass: fc.constantFrom("standard", "reduced"),
    quantity: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9_999 })),
    unitPrice: size.minor,
    total: size.minor,
    taxes: fc.tuple(...kinds.rates.map((rate) => fc.record({ rate: fc.constant(rate), tax: size.minor }))),
    nets: fc.array(size.minor, { minLength: kinds.rates.length, maxLength: kinds.rates.length }),
    days: fc.option(fc.constantFrom(14, 14, 30, 0, 730)),
    discounts: fc.tuple(...kinds.promotions.map((each) => fc.option(arbitraryDiscount(size, kinds, each)))),
  });
  return fc.array(line, { minLength: size.lines.min, maxLength: size.lines.max }).map((drawn) => {
    let position = -1;
    return drawn.map(({ gap, sku, taxClass, quantity, days, discounts, ...amounts }): PurchasedLine => {
      position += 1 + gap;
      return {
        position,
        variant: null,
        sku: idOf<"Sku">(sku),
        name: "",
        options: [],
        taxClass: idOf<"TaxClass">(taxClass),
        quantity,
        ...amountsOf(amounts, kinds, size.plainNets),
        returnBy: days === null ? null : daysAfter(day, days),
        discounts: discounts.filter((each) => each !== null),
      };
    });
  });
}

function amountsOf(
  drawn: {
    readonly unitPrice: number;
    readonly total: number;
    readonly taxes: readonly { readonly rate: TaxRate; readonly tax: number }[];
    readonly nets: readonly number[];
  },
  { currency, taxMode }: Kinds,
  plainNets: boolean,
): Pick<PurchasedLine, "unitPrice" | "total" | "taxes"> {
  const total = money(drawn.total, currency);
  // What is left of the line without its taxes is never below zero.
  const most = Math.floor(drawn.total / Math.max(1, drawn.taxes.length));
  const taxes = drawn.taxes.map(({ rate, tax }) => ({ rate, tax: money(Math.min(tax, most), currency) }));
  const nets = plainNets ? netsOf(taxMode, total, taxes) : drawn.nets;
  return {
    unitPrice: money(drawn.unitPrice, currency),
    total,
    taxes: taxes.map(({ rate, tax }, index) => ({ rate, net: money(nets[index] ?? 0, currency), tax })),
  };
}

function arbitraryDiscount(
  size: PurchaseSize,
  { currency }: Kinds,
  { id, name }: { readonly id: string; readonly name: string },
): fc.Arbitrary<DependentDiscount> {
  const count = fc.integer({ min: 1, max: 12 });
  const amount = size.minor.map((each) => money(each, currency));
  const ppm = fc.integer({ min: 1, max: 1_000_000 });
  const off: fc.Arbitrary<PieceOff> = fc.oneof(
    fc.record({ kind: fc.constant("percent" as const), ppm }),
    fc.record({ kind: fc.constant("amount" as const), amount }),
    fc.record({ kind: fc.constant("fixedPrice" as const), price: amount }),
  );
  const steps: fc.Arbitrary<TierSteps> = fc.oneof(
    fc.record({
      by: fc.constant("pieces" as const),
      of: fc.array(fc.record({ from: count, off }), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      by: fc.constant("value" as const),
      of: fc.array(fc.record({ least: amount, off }), { minLength: 1, maxLength: 2 }),
    }),
  );
  const needs: fc.Arbitrary<PromotionNeeds> = fc.oneof(
    fc.record({ kind: fc.constant("value" as const), least: amount }),
    fc.record({ kind: fc.constant("pieces" as const), off: fc.constantFrom("share", "amount") }),
    fc.record({ kind: fc.constant("steps" as const), steps }),
    fc.record(
      { kind: fc.constant("groups" as const), size: count, pays: count, ppm, most: count },
      { requiredKeys: ["kind", "size", "pays"] },
    ),
    fc.record(
      {
        kind: fc.constant("bundle" as const),
        component: count,
        components: count,
        each: count,
        price: amount,
        most: count,
      },
      { requiredKeys: ["kind", "component", "components", "each", "price"] },
    ),
    fc.record(
      {
        kind: fc.constant("gift" as const),
        role: fc.constantFrom(...GIFT_ROLES),
        asks: fc.oneof(
          fc.record({ kind: fc.constant("pieces" as const), pieces: count }),
          fc.record({ kind: fc.constant("value" as const), least: amount }),
        ),
        free: count,
        perEach: fc.boolean(),
        most: count,
      },
      { requiredKeys: ["kind", "role", "asks", "free", "perEach"] },
    ),
  );
  return fc.record({
    promotion: fc.constant(idOf<"Promotion">(id)),
    name: fc.constant(name),
    needs,
    amount: size.minor.map((each) => money(each, currency)),
  });
}

function arbitraryTender(size: PurchaseSize, currency: Currency): fc.Arbitrary<PaidWith> {
  const amount = size.minor.map((minor) => money(minor, currency));
  return fc.oneof(
    fc.record({ kind: fc.constant("cash" as const), amount }),
    fc.record({
      kind: fc.constant("card" as const),
      amount,
      approvalCode: fc.string({ minLength: 1, maxLength: 8 }),
    }),
    fc.record({ kind: fc.constant("credit" as const), amount }),
    fc.record({
      kind: fc.constant("points" as const),
      amount,
      points: fc.integer({ min: 1, max: 100_000 }),
      customer: size.id.map((each) => idOf<"Customer">(each)),
    }),
    fc.record({
      kind: fc.constant("online" as const),
      amount,
      order: size.id.map((each) => idOf<"Order">(each)),
    }),
  );
}
