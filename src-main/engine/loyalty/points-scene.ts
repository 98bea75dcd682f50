import type { CustomerId } from "#domain/ids.ts";
import type { LoyaltyAtSale } from "#domain/loyalty/at-sale.ts";
import { maxOfflinePoints, type PointsAtCounter, worthOfBalance } from "#domain/loyalty/burn.ts";
import { earnedOn, earningGoods } from "#domain/loyalty/earn.ts";
import { isIn, type LoyaltyProgramme, type LoyaltyTier, nextTier } from "#domain/loyalty/programme.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import type { StoreSettingsNow } from "#domain/store/store.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import type { Payment } from "#domain/ticket/payment.ts";
import { payableWithValue } from "#domain/value/payable-with-value.ts";
import type { LoyaltyStandingView } from "#protocol/documents/loyalty.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { HoldNeed } from "../credits/balance-holds.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import type { KnownPoints, PointsBook } from "./points-book.ts";

/** The tier by its name as the server told it: the programme may have others meanwhile. */
export function tierNamed({ tiers }: LoyaltyProgramme, name: string | null): LoyaltyTier | null {
  return tiers.find((tier) => tier.name === name) ?? null;
}

/** What a basket's customer has and what the sale brings them, as the register shows it. */
export function basketLoyalty(
  { basket, payment, settings }: PointsSubject & { readonly settings: StoreSettingsNow },
  known: KnownPoints | null,
): BasketView["loyalty"] {
  const { loyalty: programme } = settings;
  if (programme === undefined || basket.customer === null || known === null) return null;
  const { currency } = payment.due;
  const tier = tierNamed(programme, known.told?.tier ?? null);
  return {
    programme: programme.name,
    balance: known.balance,
    tier: tier?.name ?? null,
    earns: earnsNow({ basket, payment }, { programme, tier, settings }),
    mayPay: programme.burn !== null && isIn(programme, currency),
  };
}

interface PointsSubject {
  readonly basket: Basket;
  readonly payment: Payment;
}

function earnsNow(
  { basket, payment }: PointsSubject,
  {
    programme,
    tier,
    settings,
  }: {
    readonly programme: LoyaltyProgramme;
    readonly tier: LoyaltyTier | null;
    readonly settings: StoreSettingsNow;
  },
): number {
  const categories = new Map(basket.lines.map(({ id, category }) => [id, category ?? null]));
  const goods = earningGoods(
    { lines: payment.priced.lines, taxMode: settings.tax.mode },
    (line) => categories.get(line) ?? null,
  );
  const withPoints = sumMoney(
    basket.tenders.flatMap((tender) => (tender.kind === "points" ? [tender.amount] : [])),
    payment.due.currency,
  );
  return earnedOn({ goods, programme, tier, withPoints }).points;
}

/** By what a sale that completes now earns. */
export function loyaltyAtSale(
  programme: LoyaltyProgramme,
  known: KnownPoints | null,
  isOnline: boolean,
): LoyaltyAtSale {
  const tier = tierNamed(programme, known?.told?.tier ?? null);
  const word = isOnline ? "server" : "till";
  return { programme, tier, balance: known === null ? null : { points: known.balance, word } };
}

/** The points of a basket's customer on the counter. */
export function pointsAtCounter(
  {
    basket,
    payment,
    customer,
    settings,
    shelf,
    known,
    word,
  }: PointsSubject & {
    readonly customer: CustomerId;
    readonly settings: StoreSettingsNow;
    readonly shelf: Pick<BasketShelf, "open" | "parked">;
    readonly known: KnownPoints;
    readonly word: PointsAtCounter["word"];
  },
  programme: LoyaltyProgramme,
): PointsAtCounter {
  const { currency, offlinePolicy } = settings;
  const payable = payableWithValue(basket, payment);
  const sumOf = (kind: "earned" | "burned") =>
    known.untold.reduce((sum, move) => (move.kind === kind ? sum + move.points : sum), 0);
  return {
    programme,
    balance: known.balance,
    untold: { earned: sumOf("earned"), burned: sumOf("burned") },
    inBaskets: [...shelf.open(), ...shelf.parked()].reduce(
      (sum, draft) => sum + takenIn(draft.basket, customer),
      0,
    ),
    inThis: takenIn(basket, customer),
    word,
    payable,
    maxOffline: maxOfflinePoints(offlinePolicy, currency),
  };
}

/** Points that a basket takes of a customer. */
export function takenIn({ tenders }: Pick<Basket, "tenders">, customer: CustomerId): number {
  return tenders.reduce(
    (sum, tender) => (tender.kind === "points" && tender.customer === customer ? sum + tender.points : sum),
    0,
  );
}

/** How a customer stands as this till knows it. */
export function standingHere(
  programme: LoyaltyProgramme,
  { told, balance }: KnownPoints,
): LoyaltyStandingView {
  const earnedInYear = told?.earnedInYear ?? 0;
  const next = nextTier(programme, earnedInYear);
  return {
    balance,
    earnedInYear,
    tier: told?.tier ?? null,
    next: next === null ? null : { tier: next.tier.name, missing: next.missing },
    expiry: told?.expiry ?? null,
    worth: worthOfBalance(programme, balance),
  };
}

/** What this till still has to do with points that the server holds for it. */
export function pointsNeed(
  shelf: Pick<BasketShelf, "open" | "parked">,
  book: Pick<PointsBook, "pendingOf">,
  customer: CustomerId,
): HoldNeed {
  if ([...shelf.open(), ...shelf.parked()].some(({ basket }) => takenIn(basket, customer) > 0))
    return "onCounter";
  return book.pendingOf(customer).some(({ kind }) => kind === "burned") ? "sold" : "none";
}
