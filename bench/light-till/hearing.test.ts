import { describe, expect, test } from "vitest";
import { percentile } from "../percentile.ts";
import { Hearing } from "./hearing.ts";

const STORE = "store-1";

describe("who heard of which sale", () => {
  test("each listener's time counts from when the sale was due", () => {
    const hearing = new Hearing<string>();
    hearing.sold(STORE, { due: 100, listeners: ["b", "c"] }).isSent = true;
    hearing.heard(STORE, "b", 130);
    expect(hearing.isWaiting).toBe(true);
    hearing.heard(STORE, "c", 180);
    expect(hearing.isWaiting).toBe(false);
    expect(hearing.end(1_000)).toEqual({ woken: [30, 80], unheard: 0 });
  });

  test("a sale that falls due while another is not heard of yet is timed as well", () => {
    const hearing = new Hearing<string>();
    for (const due of [0, 100, 200]) hearing.sold(STORE, { due, listeners: ["b"] }).isSent = true;
    hearing.heard(STORE, "b", 5_000);
    expect(hearing.end(6_000)).toEqual({ woken: [5_000, 4_900, 4_800], unheard: 0 });
  });

  test("a wake-up does not tell of a sale that its till has not sent", () => {
    const hearing = new Hearing<string>();
    const sent = hearing.sold(STORE, { due: 0, listeners: ["b"] });
    const waits = hearing.sold(STORE, { due: 10, listeners: ["b"] });
    sent.isSent = true;
    hearing.heard(STORE, "b", 50);
    waits.isSent = true;
    hearing.heard(STORE, "b", 90);
    expect(hearing.end(100)).toEqual({ woken: [50, 80], unheard: 0 });
  });

  test("nor does one of another store, and a second one counts for nothing", () => {
    const hearing = new Hearing<string>();
    hearing.sold(STORE, { due: 0, listeners: ["b", "c"] }).isSent = true;
    hearing.heard("store-2", "b", 10);
    hearing.heard(STORE, "b", 20);
    hearing.heard(STORE, "b", 30);
    expect(hearing.end(100)).toEqual({ woken: [20, 100], unheard: 1 });
  });

  test("whoever never hears is in the percentile with the whole wait", () => {
    const hearing = new Hearing<number>();
    const listeners = Array.from({ length: 100 }, (_, listener) => listener);
    hearing.sold(STORE, { due: 0, listeners }).isSent = true;
    for (const listener of listeners.slice(0, 98)) hearing.heard(STORE, listener, 40);
    const { woken, unheard } = hearing.end(30_000);
    expect(unheard).toBe(2);
    expect(woken).toHaveLength(100);
    expect(percentile(woken, 0.5)).toBe(40);
    expect(percentile(woken, 0.99)).toBe(30_000);
  });

  test("a sale in a store of one till waits for nobody, and what has ended is forgotten", () => {
    const hearing = new Hearing<string>();
    hearing.sold(STORE, { due: 0, listeners: [] });
    expect(hearing.isWaiting).toBe(false);
    hearing.sold(STORE, { due: 0, listeners: ["b"] });
    expect(hearing.end(10).unheard).toBe(1);
    expect(hearing.end(20)).toEqual({ woken: [], unheard: 0 });
  });
});
