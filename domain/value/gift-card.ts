import {
  type BusinessDay,
  type Instant,
  idOf,
  type LineId,
  type Sku,
  type TaxClassId,
  type VariantId,
} from "../ids.ts";
import { addMoney, compareMoney, sumMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { type Result, refused } from "../result.ts";
import { limitUnit } from "../shift/denominations.ts";
import type { StoreSettings } from "../store/store.ts";
import type { Basket, BasketLine } from "../ticket/basket.ts";
import { addItem, type BasketRefusal } from "../ticket/basket-acts.ts";

/** Lines of gift cards have these in place of an article's: no catalogue has such an article. */
const GIFT_CARD_VARIANT: VariantId = idOf<"Variant">("gift-card");
const GIFT_CARD_SKU: Sku = idOf<"Sku">("GIFTCARD");
const NO_TAX_CLASS: TaxClassId = idOf<"TaxClass">("voucher");

/** Units of the store's currency, or everyday ones where those are worth more, that lie on one gift card at most, where the policy does not say. */
const USUAL_MOST_UNITS = 250;
/** Three years from the end of the year, as claims lapse in Germany (BGB, sections 195 and 199). */
const USUAL_VALID_YEARS = 3;

/** How a store sells gift cards. */
export interface GiftCardPolicy {
  /** The most that may lie on one card. */
  readonly most: Money;
  /** Whole years from the end of the year in which value was last put on; null: it never runs out. */
  readonly validYears: number | null;
}

/** A store's rules for gift cards, with the usual ones where it says nothing. */
export function giftCardPolicyOf({
  giftCards,
  currency,
}: Pick<StoreSettings, "giftCards" | "currency">): GiftCardPolicy {
  return (
    giftCards ?? {
      most: money(USUAL_MOST_UNITS * limitUnit(currency), currency),
      validYears: USUAL_VALID_YEARS,
    }
  );
}

/** The last day on which value that was put on on `day` can be spent; null: it never runs out. */
export function giftCardValidUntil(day: BusinessDay, { validYears }: GiftCardPolicy): BusinessDay | null {
  return validYears === null ? null : idOf<"BusinessDay">(`${Number(day.slice(0, 4)) + validYears}-12-31`);
}

export type GiftCardRefusal = BasketRefusal | "amountNotPositive" | "giftCardAboveLimit";

/** Puts value on a gift card into the basket, as a line of its own; `lies` is what lies on the card already. `name` and `label` are what the line is called. */
export function addGiftCard({
  basket,
  line,
  code,
  name,
  label,
  amount,
  lies,
  isKnown,
  policy,
  at,
}: {
  readonly basket: Basket;
  readonly line: LineId;
  readonly code: string;
  readonly name: string;
  readonly label: string;
  readonly amount: Money;
  readonly lies: Money;
  /** Whether the card was sold before: then it is loaded. */
  readonly isKnown: boolean;
  readonly policy: GiftCardPolicy;
  readonly at: Instant;
}): Result<Basket, GiftCardRefusal> {
  if (amount.currency !== policy.most.currency || lies.currency !== amount.currency)
    return refused("wrongCurrency");
  if (amount.minor <= 0) return refused("amountNotPositive");
  const after = addMoney(addMoney(lies, boughtInBasket(basket, code, amount.currency)), amount);
  if (compareMoney(after, policy.most) > 0) return refused("giftCardAboveLimit");
  const rung: Omit<BasketLine, "quantity" | "discount"> = {
    id: line,
    variant: GIFT_CARD_VARIANT,
    sku: GIFT_CARD_SKU,
    name,
    options: [label],
    taxClass: NO_TAX_CLASS,
    unitPrice: amount,
    returnDays: 0,
    giftCard: { code, act: isKnown ? "loaded" : "sold" },
  };
  return addItem({ basket, item: rung, quantity: 1, at });
}

/** What the basket puts on a card. */
function boughtInBasket({ lines }: Pick<Basket, "lines">, code: string, currency: Currency): Money {
  const own = lines.filter((line) => line.giftCard?.code === code && line.unitPrice.currency === currency);
  return sumMoney(
    own.map(({ unitPrice }) => unitPrice),
    currency,
  );
}
