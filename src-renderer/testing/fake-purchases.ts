import { type Instant, idOf } from "#domain/ids.ts";
import { sumMoney, timesMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { CODE_PREFIX } from "#domain/returns/code/limits.ts";
import { DEFAULT_RETURN_POLICY, lastReturnDay, type ReturnPolicy } from "#domain/returns/policy.ts";
import type { PaidWith, Purchase, PurchasedLine } from "#domain/returns/purchase.ts";
import { nothingReturned, type Returned, type Standing } from "#domain/returns/returned.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import { computeTax } from "#domain/tax/compute.ts";
import { DAY_MS } from "./fake-order-shop.ts";
import { CURRENCY, euros, item, STORE_FACTS, TAX, TAX_CLASS } from "./fake-shop.ts";

export const THIS_STORE = idOf<"Store">("ber1");
const STORE_NAMES: ReadonlyMap<string, string> = new Map([
  [THIS_STORE, STORE_FACTS.storeName],
  ["ham1", "Hamburg Altona"],
]);

/** What the QR code of the first purchase's receipt holds: as long as a real one of a dozen lines. */
export const RECEIPT_CODE = CODE_PREFIX + "0123456789".repeat(129);
export const RECEIPT_NUMBER = "BER1-03-000123";

export const RETURN_POLICY: ReturnPolicy = {
  ...DEFAULT_RETURN_POLICY,
  promotions: "recompute",
  managerAbove: euros(20_000),
};
export const MAX_OFFLINE = euros(5_000);

/** A line in short: pieces of a SKU and what was paid for all of them, cents; without it, their price. */
interface SoldSketch {
  readonly sku: string;
  readonly pieces: number;
  readonly paid?: number;
  readonly isFinal?: boolean;
  /** The line had money off since so many pieces were bought together. */
  readonly groupOf?: number;
}

interface PurchaseSketch {
  readonly number: string;
  readonly kind?: "ticket" | "order";
  readonly daysAgo: number;
  readonly store?: string | null;
  readonly customer?: string;
  readonly goods: readonly SoldSketch[];
  readonly paidBy: "cash" | "card" | "online";
  /** Pieces of the first line that came back before. */
  readonly back?: number;
  readonly flagged?: boolean;
}

const SKETCHES: readonly PurchaseSketch[] = [
  {
    number: RECEIPT_NUMBER,
    daysAgo: 5,
    goods: [
      { sku: "MUG", pieces: 3, paid: 2_580, groupOf: 3 },
      { sku: "TEE-S", pieces: 1 },
      { sku: "OIL", pieces: 2, isFinal: true },
    ],
    paidBy: "cash",
  },
  {
    number: "FEN-1039",
    kind: "order",
    daysAgo: 12,
    customer: "Lotte Jansen",
    goods: [
      { sku: "TEE-M", pieces: 2 },
      { sku: "MUG", pieces: 1 },
    ],
    paidBy: "online",
  },
  { number: "BER1-02-000101", daysAgo: 60, goods: [{ sku: "TEE-S", pieces: 1 }], paidBy: "card" },
  {
    number: "HAM1-01-000455",
    daysAgo: 9,
    store: "ham1",
    customer: "Anna-Lena Brandstetter-Hohenfels",
    goods: [
      { sku: "MUG", pieces: 6 },
      { sku: "OIL", pieces: 1 },
    ],
    paidBy: "card",
    back: 2,
  },
  {
    number: "BER1-01-000088",
    daysAgo: 3,
    goods: [{ sku: "MUG", pieces: 1 }],
    paidBy: "cash",
    back: 1,
    flagged: true,
  },
];

/** Every purchase of the fake shop, with what came back of it so far. */
export function fakePurchases(now: Instant): readonly Standing[] {
  return SKETCHES.map((sketch) => standingOf(sketch, now));
}

export function storeName(store: string | null): string | null {
  return store === null ? null : (STORE_NAMES.get(store) ?? null);
}

/** People of the fake shop are known by their names alone. */
export function customerName({ customer }: Purchase): string | null {
  return customer;
}

function standingOf(sketch: PurchaseSketch, now: Instant): Standing {
  const { number, kind = "ticket", daysAgo, store = THIS_STORE, customer } = sketch;
  const at = (now - daysAgo * DAY_MS) as Instant;
  const day = businessDayOf({ at, timeZone: STORE_FACTS.timeZone });
  const lines = sketch.goods.map((sold, position) => boughtLine(sold, position, day));
  const settled = sumMoney(
    lines.map((line) => line.total),
    CURRENCY,
  );
  const purchase: Purchase = {
    ref:
      kind === "ticket"
        ? { kind, id: idOf<"Ticket">(`ticket-${number}`) }
        : { kind, id: idOf<"Order">(`order-${number}`) },
    number,
    channel: idOf<"Channel">(kind === "ticket" ? "till" : "webshop"),
    store: store === null ? null : idOf<"Store">(store),
    at,
    day,
    currency: CURRENCY,
    taxMode: TAX.mode,
    customer: customer === undefined ? null : idOf<"Customer">(customer),
    lines,
    paidWith: [paidWith(sketch, settled)],
    settled,
  };
  return { purchase, returned: cameBack(sketch, purchase) };
}

function boughtLine(
  { sku, pieces, paid, isFinal = false, groupOf }: SoldSketch,
  position: number,
  day: Purchase["day"],
): PurchasedLine {
  const { variant, name, options, price } = item(sku);
  const unitPrice = price ?? euros(0);
  const gross = timesMoney(unitPrice, pieces);
  const total = paid === undefined ? gross : euros(paid);
  const rates = TAX.classes.flatMap((each) => each.rates);
  const [taxes = []] = computeTax({
    taxables: [{ amount: total, rates }],
    mode: TAX.mode,
    rounding: "line",
  }).lines;
  const days = isFinal ? 0 : RETURN_POLICY.windowDays;
  return {
    position,
    variant,
    sku: idOf<"Sku">(sku),
    name,
    options: [...options],
    taxClass: TAX_CLASS,
    quantity: pieces,
    unitPrice,
    total,
    taxes,
    returnBy: lastReturnDay({ day, days }),
    discounts:
      groupOf === undefined
        ? []
        : [
            {
              promotion: idOf<"Promotion">("three-for-two"),
              name: "3 for 2",
              needs: { kind: "groups", size: groupOf, pays: groupOf - 1 },
              amount: euros(gross.minor - total.minor),
            },
          ],
  };
}

function paidWith({ paidBy, number }: PurchaseSketch, amount: Money): PaidWith {
  switch (paidBy) {
    case "cash":
      return { kind: "cash", amount };
    case "card":
      return { kind: "card", amount, approvalCode: "7F3A91" };
    case "online":
      return { kind: "online", amount, order: idOf<"Order">(`order-${number}`) };
  }
}

function cameBack({ back = 0, flagged = false, number }: PurchaseSketch, purchase: Purchase): Returned {
  const [first] = purchase.lines;
  const nothing = { ...nothingReturned(purchase.ref), flagged };
  if (back === 0 || first === undefined) return nothing;
  const share = (whole: Money) => euros(Math.floor((whole.minor * back) / first.quantity));
  const total = share(first.total);
  return {
    ...nothing,
    acts: [
      {
        id: `back-${number}`,
        at: (purchase.at + DAY_MS) as Instant,
        store: idOf<"Store">("ham1"),
        device: null,
        staff: null,
        lines: [
          { position: first.position, pieces: back, total, taxes: first.taxes.map(({ tax }) => share(tax)) },
        ],
        settled: total,
      },
    ],
  };
}
