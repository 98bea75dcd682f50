import { expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { emptyTrial, requestOf } from "./promotion-trial.ts";

const EUR = idOf<"Currency">("EUR");
const BERLIN = idOf<"Store">("berlin");
const TEA = idOf<"Variant">("tea");
const DRAFT: Promotion = {
  id: idOf<"Promotion">("draft"),
  name: "Tea",
  validFrom: instant(0),
  validUntil: null,
  priority: 1,
  when: { coupon: { kind: "codes" } },
  rule: { kind: "freeShipping", goods: { kind: "all" }, least: money(100, EUR) },
};
const trial = { ...emptyTrial(BERLIN), lines: [{ variant: TEA, name: "Tea", pieces: "3" }] };

test("nothing is asked while the basket is empty or its pieces are no number", () => {
  expect(requestOf(emptyTrial(BERLIN), DRAFT, EUR)).toBeNull();
  const lines = [{ variant: TEA, name: "Tea", pieces: "a few" }];
  expect(requestOf({ ...trial, lines }, DRAFT, EUR)).toBeNull();
});

test("a store's basket is asked for at its tills, for nobody known, beside all promotions", () => {
  expect(requestOf({ ...trial, shipping: "4.90" }, DRAFT, EUR)).toEqual({
    channel: "till",
    store: BERLIN,
    lines: [{ variant: TEA, quantity: 3 }],
    shopper: null,
    coupons: [],
    couponsFor: [],
    draft: DRAFT,
    among: "all",
  });
});

test("a web shop's basket has its shipping, its moment, its coupons and its customer", () => {
  const web = {
    ...trial,
    place: { kind: "channel", channel: idOf<"Channel">("web") } as const,
    at: "2026-11-26T10:00",
    isKnown: true,
    groups: [idOf<"CustomerGroup">("club")],
    isFirstPurchase: true,
    coupons: " summer10, hello ,",
    hasCoupon: true,
    shipping: "4.90",
    isAmongAll: false,
  };
  expect(requestOf(web, DRAFT, EUR)).toMatchObject({
    channel: "web",
    store: null,
    at: "2026-11-26T10:00",
    shopper: { groups: ["club"], isFirstPurchase: true },
    coupons: ["summer10", "hello"],
    couponsFor: ["draft"],
    shipping: money(490, EUR),
    among: "draft",
  });
});
