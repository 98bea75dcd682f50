import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { Promotion } from "./promotion.ts";
import { type PricingScene, promotionsFor } from "./scene.ts";

/** Thursday 26 November 2026, 12:00 in Berlin. */
const NOON = instant(Date.UTC(2026, 10, 26, 11, 0));
const till = idOf<"Channel">("till");
const web = idOf<"Channel">("web");
const berlin = idOf<"Store">("ber");

const scene: PricingScene = {
  at: NOON,
  timeZone: "Europe/Berlin",
  channel: till,
  store: berlin,
  shopper: null,
  coupons: [],
};
const shopper = { groups: [idOf<"CustomerGroup">("staff")], isFirstPurchase: true, uses: new Map() };

function deal(changes: Partial<Promotion>, id = "deal"): Promotion {
  return {
    id: idOf<"Promotion">(id),
    name: id,
    validFrom: instant(NOON - 1),
    validUntil: null,
    priority: 0,
    rule: { kind: "piecesFor", goods: { kind: "all" }, size: 3, pays: 2 },
    ...changes,
  };
}

function isOn(changes: Partial<Promotion>, at: Partial<PricingScene> = {}): boolean {
  return promotionsFor([deal(changes)], { ...scene, ...at }).length === 1;
}

describe("a promotion", () => {
  test("holds from its moment until before its end", () => {
    const times = { validFrom: NOON, validUntil: instant(NOON + 1_000) };
    expect(isOn(times, { at: instant(NOON - 1) })).toBe(false);
    expect(isOn(times)).toBe(true);
    expect(isOn(times, { at: instant(NOON + 1_000) })).toBe(false);
  });

  test("holds in the channels and stores that it names", () => {
    expect(isOn({ when: { channels: [web] } })).toBe(false);
    expect(isOn({ when: { channels: [web, till] } })).toBe(true);
    expect(isOn({ when: { stores: [berlin] } })).toBe(true);
    expect(isOn({ when: { stores: [idOf<"Store">("ham")] } })).toBe(false);
    expect(isOn({ when: { stores: [berlin] } }, { channel: web, store: null })).toBe(false);
  });

  test("holds for the customers that it is for", () => {
    expect(isOn({ when: { groups: shopper.groups } })).toBe(false);
    expect(isOn({ when: { groups: shopper.groups } }, { shopper })).toBe(true);
    expect(isOn({ when: { firstPurchase: true } })).toBe(false);
    expect(isOn({ when: { firstPurchase: true } }, { shopper })).toBe(true);
    expect(isOn({ when: { firstPurchase: true } }, { shopper: { ...shopper, isFirstPurchase: false } })).toBe(
      false,
    );
  });

  test("holds on its days and in its hours, by the store's clocks", () => {
    expect(isOn({ when: { days: [4] } })).toBe(true);
    expect(isOn({ when: { days: [1, 7] } })).toBe(false);
    expect(isOn({ when: { hours: { from: 720, until: 780 } } })).toBe(true);
    expect(isOn({ when: { hours: { from: 660, until: 720 } } })).toBe(false);
    expect(isOn({ when: { hours: { from: 1_320, until: 721 } } })).toBe(true);
    expect(isOn({ when: { hours: { from: 1_320, until: 720 } } })).toBe(false);
  });

  test("with a coupon holds for whoever has shown it", () => {
    const when = { coupon: { kind: "word", word: "SUMMER10" } } as const;
    expect(isOn({ when })).toBe(false);
    expect(isOn({ when }, { coupons: [idOf<"Promotion">("deal")] })).toBe(true);
  });

  test("that is capped per customer is for known customers who have not used it up", () => {
    const limits = { perCustomer: 2 };
    const used = (times: number) => ({ ...shopper, uses: new Map([[idOf<"Promotion">("deal"), times]]) });
    expect(isOn({ limits })).toBe(false);
    expect(isOn({ limits }, { shopper: used(1) })).toBe(true);
    expect(isOn({ limits }, { shopper: used(2) })).toBe(false);
  });

  test("of higher priority comes first, among equals the lower id", () => {
    const order = promotionsFor([deal({}, "b"), deal({}, "a"), deal({ priority: 1 }, "c")], scene);
    expect(order.map(({ id }) => id)).toEqual(["c", "a", "b"]);
  });
});
