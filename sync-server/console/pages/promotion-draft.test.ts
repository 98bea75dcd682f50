import { describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { withCoupon } from "./coupon-terms.ts";
import { draftOf, emptyDraft, type PromotionDraft, promotionOf, standingAt } from "./promotion-draft.ts";

const EUR = idOf<"Currency">("EUR");
const TERMS = { currency: EUR, timeZone: "Europe/Berlin" };
const NOON = instant(Date.parse("2026-11-26T11:00:00Z"));
const toys = { kind: "categories", categories: ["Toys"] } as const;
const HEAD = { id: idOf<"Promotion">("p"), name: "Toys", priority: 3, validFrom: NOON, validUntil: null };
const PROMOTIONS: readonly Promotion[] = [
  {
    ...HEAD,
    rule: {
      kind: "fromValue",
      goods: toys,
      least: money(5_000, EUR),
      off: { kind: "percent", ppm: 125_000 },
    },
  },
  {
    ...HEAD,
    rule: {
      kind: "fromValue",
      goods: { kind: "all" },
      least: money(0, EUR),
      off: { kind: "amount", amount: money(500, EUR) },
    },
  },
  {
    ...HEAD,
    validUntil: instant(NOON + 3_600_000),
    when: { days: [4], coupon: { kind: "word", word: "SUMMER10" } },
    combines: "stacks",
    limits: { perCustomer: 1 },
    rule: { kind: "piecesFor", goods: toys, size: 3, pays: 2 },
  },
  {
    ...HEAD,
    rule: {
      kind: "bundle",
      components: [
        { goods: toys, each: 2 },
        { goods: { kind: "variants", variants: [idOf<"Variant">("v")] }, each: 1 },
      ],
      price: money(1_990, EUR),
    },
  },
  {
    ...HEAD,
    when: { days: [1, 2], coupon: { kind: "word", word: "HALF" } },
    combines: "stacks",
    limits: { perTicket: 2 },
    rule: { kind: "piecesFor", goods: toys, size: 2, pays: 1, ppm: 500_000 },
  },
  { ...HEAD, rule: { kind: "eachPiece", goods: toys, off: { kind: "fixedPrice", price: money(500, EUR) } } },
  { ...HEAD, rule: { kind: "freeShipping", goods: toys, least: money(5_000, EUR) } },
  {
    ...HEAD,
    combines: "alone",
    limits: { perTicket: 3 },
    when: {
      channels: [idOf<"Channel">("till")],
      stores: [idOf<"Store">("berlin")],
      groups: [idOf<"CustomerGroup">("club")],
      firstPurchase: true,
      hours: { from: 615, until: 60 },
    },
    rule: {
      kind: "gift",
      goods: toys,
      needs: { kind: "pieces", pieces: 2 },
      gift: { kind: "all" },
      free: 1,
      perEach: true,
    },
  },
  {
    ...HEAD,
    rule: {
      kind: "gift",
      goods: toys,
      needs: { kind: "value", least: money(5_000, EUR) },
      gift: { kind: "variants", variants: [idOf<"Variant">("v")] },
      free: 2,
      perEach: false,
    },
  },
  {
    ...HEAD,
    rule: {
      kind: "tiers",
      goods: toys,
      steps: {
        by: "pieces",
        of: [
          { from: 3, off: { kind: "percent", ppm: 100_000 } },
          { from: 6, off: { kind: "fixedPrice", price: money(399, EUR) } },
        ],
      },
    },
  },
  {
    ...HEAD,
    rule: {
      kind: "tiers",
      goods: toys,
      steps: {
        by: "value",
        of: [{ least: money(5_000, EUR), off: { kind: "amount", amount: money(500, EUR) } }],
      },
    },
  },
];

test.each(PROMOTIONS)("what nobody changed stays as it was: $rule.kind", (promotion) => {
  expect(promotionOf(draftOf(promotion, TERMS), TERMS)).toEqual({ ok: true, value: promotion });
});

test("a promotion that always held has no day to begin with, and stays so", () => {
  const always: Promotion = {
    ...HEAD,
    validFrom: instant(0),
    rule: { kind: "piecesFor", goods: toys, size: 3, pays: 2 },
  };
  expect(draftOf(always, TERMS).from).toBe("");
  expect(promotionOf(draftOf(always, TERMS), TERMS)).toEqual({ ok: true, value: always });
});

test("its times are those of the retailer's clocks", () => {
  const draft = { ...emptyDraft(HEAD.id, "2026-11-26T12:00"), name: "Ten off", until: "2026-12-01T00:00" };
  expect(promotionOf(draft, TERMS)).toMatchObject({
    value: { validFrom: NOON, validUntil: Date.parse("2026-11-30T23:00:00Z") },
  });
});

describe("what makes no sense is named", () => {
  const step = (from: string) => ({ off: "percent", percent: "10", amount: "", from }) as const;
  const valid: PromotionDraft = { ...emptyDraft(HEAD.id, "2026-11-26T12:00"), name: "Ten off" };
  test.each([
    ["name", { name: " " }],
    ["priority", { priority: "high" }],
    ["from", { from: "soon" }],
    ["until", { until: "2026-11-26T12:00" }],
    ["goods", { goods: { kind: "categories", categories: [] } }],
    ["least", { least: "" }],
    ["percent", { percent: "101" }],
    ["amount", { off: "amount", amount: "0" }],
    ["size", { kind: "piecesFor", size: "1" }],
    ["pays", { kind: "piecesFor", pays: "3" }],
    ["each", { kind: "bundle", price: "1", components: [{ goods: toys, each: "0" }] }],
    ["price", { kind: "bundle", price: "" }],
    ["share", { kind: "piecesFor", share: "0" }],
    ["steps", { kind: "tiers", steps: [step("6"), step("3")] }],
    ["steps", { kind: "tiers", steps: [] }],
    ["steps", { kind: "tiers", steps: [{ ...step("3"), percent: "0" }] }],
    ["pieces", { kind: "gift", pieces: "0" }],
    ["least", { kind: "gift", needs: "value", least: "0" }],
    ["gift", { kind: "gift", gift: { kind: "variants", variants: [] } }],
    ["free", { kind: "gift", free: "" }],
    ["hours", { hoursFrom: "10:00" }],
    ["perTicket", { kind: "eachPiece", perTicket: "0" }],
    ["perCustomer", { perCustomer: "often" }],
  ] as const)("%s", (field, changes) => {
    expect(promotionOf({ ...valid, ...changes }, TERMS)).toEqual({ ok: false, reason: field });
  });
});

test("it is coming, running or over", () => {
  const promotion: Promotion = {
    ...HEAD,
    validUntil: instant(NOON + 10),
    rule: { kind: "piecesFor", goods: toys, size: 2, pays: 1 },
  };
  expect([NOON - 1, NOON, NOON + 10].map((now) => standingAt(promotion, now))).toEqual([
    "coming",
    "running",
    "over",
  ]);
});

test("a coupon comes and goes with the other conditions left as they are, and a word that nobody can say is refused", () => {
  const coupon = { kind: "word", word: "SUMMER10" } as const;
  const when = { days: [4], coupon };
  expect(withCoupon(when, { kind: "codes" })).toEqual({ days: [4], coupon: { kind: "codes" } });
  expect(withCoupon(when, undefined)).toEqual({ days: [4] });
  expect(withCoupon({ coupon }, undefined)).toBeUndefined();
  const draft = { ...emptyDraft(idOf<"Promotion">("p"), "2026-11-26T12:00"), name: "Summer" };
  const unsayable = { kind: "word", word: "10 %" } as const;
  expect(promotionOf({ ...draft, coupon: unsayable }, TERMS)).toEqual({ ok: false, reason: "word" });
});
