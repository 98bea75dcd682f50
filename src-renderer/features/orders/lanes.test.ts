import { describe, expect, it } from "vitest";
import { instant } from "#domain/ids.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { cardOf } from "../../testing/fake-order-cards.ts";
import { MINUTE_MS, SKETCHES, type Sketch, sketched } from "../../testing/fake-order-shop.ts";
import { lanesOf, toDoCount } from "./lanes.ts";
import { leaseWords } from "./lease.ts";
import { promisedOf } from "./promise.ts";

const NOW = instant(1_800_000_000_000);
const card = (sketch: Sketch): OrderCard =>
  cardOf({ order: sketched(sketch, NOW), counts: new Map(), unsent: new Set(), now: NOW });
const BASE = { number: "FEN-1", name: "Marta", goods: { MUG: 1 } } as const;

describe("the collect queue", () => {
  it("each order stands in one lane", () => {
    const cards = SKETCHES.map(card);
    const { toPick, ready, done } = lanesOf(cards);
    expect(toPick.length + ready.length + done.length).toBe(cards.length);
    expect(ready.every((each) => each.state === "ready")).toBe(true);
  });

  it("goods that must go back on sale stand before everything that is over", () => {
    const collected = card({ ...BASE, number: "FEN-1", state: "collected" });
    const cancelled = card({ ...BASE, number: "FEN-2", state: "cancelled" });
    expect(lanesOf([collected, cancelled]).done.map((each) => each.number)).toEqual(["FEN-2", "FEN-1"]);
  });

  it("the badge counts what wants a colleague, not what waits for its customer", () => {
    const waits = card({ ...BASE, state: "ready", shelf: "A1" });
    const toPack = card({ ...BASE, state: "ready", kind: "ship" });
    expect(toDoCount([waits])).toBe(0);
    expect(toDoCount([waits, toPack, card(BASE), card({ ...BASE, state: "expired" })])).toBe(3);
  });
});

describe("the age of an order", () => {
  it("is told against what the customer was promised", () => {
    expect(promisedOf(card({ ...BASE, promisedInMs: 90 * MINUTE_MS }), NOW)).toEqual({
      mood: "calm",
      unit: "hours",
      count: 2,
    });
    expect(promisedOf(card({ ...BASE, promisedInMs: 20 * MINUTE_MS }), NOW)?.mood).toBe("soon");
  });

  it("goes on by itself: what was in time becomes late without a word from the engine", () => {
    const inTime = card({ ...BASE, promisedInMs: 20 * MINUTE_MS });
    expect(promisedOf(inTime, NOW + 45 * MINUTE_MS)).toEqual({ mood: "late", unit: "minutes", count: 25 });
  });

  it("is of no matter once the parcel waits for its customer", () => {
    expect(promisedOf(card({ ...BASE, state: "ready", promisedInMs: -MINUTE_MS }), NOW)).toBeNull();
  });
});

describe("who may hand it out", () => {
  it("is said only where it matters", () => {
    const mine = card({ ...BASE, state: "ready", lease: "mine" });
    const nobodys = card({ ...BASE, state: "ready" });
    expect(leaseWords(mine, false)).toBeNull();
    expect(leaseWords(nobodys, true)).toBeNull();
    expect(leaseWords(nobodys, false)).toBe("Manager needed while offline");
    expect(leaseWords(card({ ...BASE, state: "ready", lease: "other" }), true)).toBe("Held by register 2");
    expect(leaseWords(card(BASE), false)).toBeNull();
  });
});
