import type { ChannelId, CustomerGroupId, StoreId, VariantId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import type { SimulateRequest } from "#protocol/hq/simulate.ts";
import { amountOrNone, wholeNumber } from "./typed.ts";

/** A basket as HQ tries it, while it is being put together. */
export interface Trial {
  readonly lines: readonly { readonly variant: VariantId; readonly name: string; readonly pieces: string }[];
  readonly place:
    | { readonly kind: "store"; readonly store: StoreId }
    | { readonly kind: "channel"; readonly channel: ChannelId };
  /** As the clocks there show it; empty: now. */
  readonly at: string;
  readonly isKnown: boolean;
  readonly groups: readonly CustomerGroupId[];
  readonly isFirstPurchase: boolean;
  readonly coupons: string;
  /** As if a good coupon for the draft had been shown. */
  readonly hasCoupon: boolean;
  readonly shipping: string;
  readonly isAmongAll: boolean;
}

export function emptyTrial(store: StoreId | null): Trial {
  return {
    lines: [],
    place: store === null ? { kind: "channel", channel: TILL_CHANNEL } : { kind: "store", store },
    at: "",
    isKnown: false,
    groups: [],
    isFirstPurchase: false,
    coupons: "",
    hasCoupon: false,
    shipping: "",
    isAmongAll: true,
  };
}

/** What the server is asked; null while there is nothing to price. */
export function requestOf(trial: Trial, draft: Promotion, currency: Currency): SimulateRequest | null {
  const lines = trial.lines.flatMap(({ variant, pieces }) => {
    const quantity = wholeNumber(pieces) ?? 0;
    return quantity < 1 || quantity > 9_999 ? [] : [{ variant, quantity }];
  });
  if (lines.length === 0) return null;
  const { place, at, isKnown, isFirstPurchase } = trial;
  const shipping = place.kind === "channel" ? amountOrNone(trial.shipping, currency) : null;
  return {
    channel: place.kind === "store" ? TILL_CHANNEL : place.channel,
    store: place.kind === "store" ? place.store : null,
    lines,
    ...(at === "" ? {} : { at }),
    shopper: isKnown ? { groups: [...trial.groups], isFirstPurchase, uses: [] } : null,
    coupons: trial.coupons
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== ""),
    couponsFor: trial.hasCoupon && draft.when?.coupon !== undefined ? [draft.id] : [],
    ...(shipping === null || shipping === "wrong" ? {} : { shipping }),
    draft,
    among: trial.isAmongAll ? "all" : "draft",
  };
}
