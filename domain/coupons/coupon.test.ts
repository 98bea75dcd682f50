import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { Promotion } from "../promotions/promotion.ts";
import type { PricingScene } from "../promotions/scene.ts";
import { eur } from "../testing/shop.ts";
import { codeRefusal, couponRefusal, promotionOfWord } from "./coupon.ts";
import { usedCoupons } from "./uses.ts";

/** Thursday 26 November 2026, 12:00 in Berlin. */
const NOON = instant(Date.UTC(2026, 10, 26, 11, 0));
const berlin = idOf<"Store">("ber");
const scene: PricingScene = {
  at: NOON,
  timeZone: "Europe/Berlin",
  channel: idOf<"Channel">("till"),
  store: berlin,
  shopper: null,
  coupons: [],
};
const staff = idOf<"CustomerGroup">("staff");

function deal(changes: Partial<Promotion> = {}, id = "deal"): Promotion {
  return {
    id: idOf<"Promotion">(id),
    name: id,
    validFrom: instant(NOON - 1),
    validUntil: null,
    priority: 0,
    when: { coupon: { kind: "word", word: "SUMMER10" } },
    rule: { kind: "piecesFor", goods: { kind: "all" }, size: 3, pays: 2 },
    ...changes,
  };
}

describe("a coupon", () => {
  test.each<[string, Partial<Promotion>, string | null]>([
    ["is good where its promotion holds", {}, null],
    ["of a promotion that has ended", { validUntil: NOON }, "couponExpired"],
    ["of a promotion that is still to come", { validFrom: instant(NOON + 1) }, "couponNotNow"],
    ["for the evening", { when: { hours: { from: 1_200, until: 1_300 } } }, "couponNotNow"],
    ["for Sundays", { when: { days: [7] } }, "couponNotNow"],
    ["of another channel", { when: { channels: [idOf<"Channel">("web")] } }, "couponNotHere"],
    ["of another store", { when: { stores: [idOf<"Store">("ham")] } }, "couponNotHere"],
    ["for members", { when: { groups: [staff] } }, "couponNotForCustomer"],
    ["for new customers", { when: { firstPurchase: true } }, "couponNotForCustomer"],
    [
      "that is capped per customer, with nobody known",
      { limits: { perCustomer: 1 } },
      "couponNotForCustomer",
    ],
  ])("%s", (_, changes, refusal) => {
    expect(couponRefusal(deal(changes), scene)).toBe(refusal);
  });

  test("for members is good for one", () => {
    const shopper = { groups: [staff], isFirstPurchase: false, uses: new Map() };
    expect(couponRefusal(deal({ when: { groups: [staff] } }), { ...scene, shopper })).toBeNull();
  });

  test("whose promotion HQ took away has expired", () => {
    expect(couponRefusal(null, scene)).toBe("couponExpired");
  });

  test("as a code holds as often as it says, and not at all once it is revoked", () => {
    const known = { promotion: deal().id, uses: 2, used: 1, revoked: false };
    expect(codeRefusal(known)).toBeNull();
    expect(codeRefusal({ ...known, used: 2 })).toBe("couponUsed");
    expect(codeRefusal({ ...known, revoked: true })).toBe("couponRevoked");
  });
});

test("a word that was used for last year's promotion means this year's", () => {
  const last = deal({ validUntil: NOON }, "a-last-year");
  const now = deal({}, "b-this-year");
  const other = deal({ when: { coupon: { kind: "word", word: "WINTER" } } }, "c");
  const ask = { word: "SUMMER10", at: NOON };
  expect(promotionOfWord([last, other, now], ask)?.id).toBe(now.id);
  expect(promotionOfWord([last], ask)?.id).toBe(last.id);
  expect(promotionOfWord([other], ask)).toBeNull();
});

test("a coupon is used up only where its promotion was granted, and one for each promotion", () => {
  const { id } = deal();
  const granted = {
    discounts: [{ source: "promotion", reason: "deal", amount: eur(0), promotion: id, needs: null } as const],
  };
  const shown = [
    { code: "A", promotion: id },
    { code: "B", promotion: id },
    { code: "C", promotion: idOf<"Promotion">("other") },
  ];
  expect(usedCoupons(shown, [granted])).toEqual([shown[0]]);
  expect(usedCoupons(shown, [{ discounts: [] }])).toEqual([]);
});
