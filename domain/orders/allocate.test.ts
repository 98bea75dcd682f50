import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, type VariantId } from "../ids.ts";
import { allocate, type Candidate, type Need } from "./allocate.ts";
import { distanceKm } from "./distance.ts";
import type { RoutingRule } from "./policy.ts";

const RULES: readonly RoutingRule[] = ["customersStore", "inStock", "nearest", "capacity", "cheapest"];
const LAMP = idOf<"Variant">("lamp");
const BOOK = idOf<"Variant">("book");

function need(variant: VariantId, quantity: number): Need {
  return { line: idOf<"Line">(`line-${variant}`), variant, quantity };
}

function store(
  name: string,
  has: Readonly<Record<string, number>>,
  change: Partial<Candidate> = {},
): Candidate {
  return {
    store: idOf<"Store">(name),
    available: new Map(Object.entries(has).map(([variant, pieces]) => [idOf<"Variant">(variant), pieces])),
    isCustomersStore: false,
    distanceKm: null,
    capacityLeft: null,
    costMinor: null,
    isSilent: false,
    ...change,
  };
}

function route(needs: readonly Need[], candidates: readonly Candidate[], maySplit = false, rules = RULES) {
  return allocate({ needs, candidates, rules, maySplit });
}

const storesOf = (routed: ReturnType<typeof route>) =>
  routed.ok ? routed.value.map((part) => part.store) : routed.reason;

describe("which store delivers", () => {
  test("the customer's own store, when it has all of it", () => {
    const far = store("far", { lamp: 1 }, { isCustomersStore: true, distanceKm: 500 });
    expect(storesOf(route([need(LAMP, 1)], [store("near", { lamp: 9 }, { distanceKm: 1 }), far]))).toEqual([
      "far",
    ]);
  });

  test("the nearest first where the retailer says so, the cheapest where he says that", () => {
    const near = store("near", { lamp: 1 }, { distanceKm: 3, costMinor: 900 });
    const cheap = store("cheap", { lamp: 1 }, { distanceKm: 300, costMinor: 400 });
    expect(storesOf(route([need(LAMP, 1)], [cheap, near], false, ["nearest"]))).toEqual(["near"]);
    expect(storesOf(route([need(LAMP, 1)], [cheap, near], false, ["cheapest"]))).toEqual(["cheap"]);
  });

  test("one store that has everything comes before two that share it", () => {
    const half = store("half", { lamp: 1 }, { distanceKm: 1 });
    const whole = store("whole", { lamp: 1, book: 1 }, { distanceKm: 400 });
    expect(storesOf(route([need(LAMP, 1), need(BOOK, 1)], [half, whole], true))).toEqual(["whole"]);
  });

  test("nothing is split unless that is allowed", () => {
    const lamps = store("lamps", { lamp: 2 });
    const books = store("books", { book: 1 });
    const needs = [need(LAMP, 2), need(BOOK, 1)];
    expect(storesOf(route(needs, [lamps, books]))).toBe("noStoreHasIt");
    expect(storesOf(route(needs, [lamps, books], true))).toEqual(["lamps", "books"]);
  });

  test("a store at its limit for the day is asked only when no other can", () => {
    const full = store("full", { lamp: 5 }, { capacityLeft: 0, isCustomersStore: true });
    expect(storesOf(route([need(LAMP, 1)], [full, store("free", { lamp: 1 })]))).toEqual(["free"]);
    expect(storesOf(route([need(LAMP, 1)], [full]))).toEqual(["full"]);
  });

  test("a store that is silent is asked last, and it is said", () => {
    const silent = store("silent", { lamp: 5 }, { isSilent: true, isCustomersStore: true });
    expect(route([need(LAMP, 1)], [silent, store("heard", { lamp: 1 })])).toMatchObject({
      value: [{ store: "heard", isSilent: false }],
    });
    expect(route([need(LAMP, 1)], [silent])).toMatchObject({ value: [{ store: "silent", isSilent: true }] });
  });

  test("a silent store is never asked, or like any other, where the retailer says so", () => {
    const stores = [store("silent", { lamp: 5 }, { isSilent: true, isCustomersStore: true })];
    const heard = store("heard", { lamp: 1 });
    const ask = (silent: "never" | "likeOthers", candidates: readonly Candidate[]) =>
      storesOf(allocate({ needs: [need(LAMP, 1)], candidates, rules: RULES, maySplit: false, silent }));
    expect(ask("never", stores)).toBe("noStoreHasIt");
    expect(ask("never", [...stores, heard])).toEqual(["heard"]);
    expect(ask("likeOthers", [...stores, heard])).toEqual(["silent"]);
  });
});

test("every piece is delivered once or none is, and no store is asked for more than it has", () => {
  const pieces = fc.integer({ min: 0, max: 4 });
  const stores = fc.array(fc.record({ lamp: pieces, book: pieces }), { maxLength: 5 });
  fc.assert(
    fc.property(
      stores,
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.boolean(),
      (has, lamps, books, maySplit) => {
        const candidates = has.map((each, index) => store(`store-${index}`, each));
        const routed = route([need(LAMP, lamps), need(BOOK, books)], candidates, maySplit);
        const inAll = (variant: "lamp" | "book") => has.reduce((sum, each) => sum + each[variant], 0);
        if (!routed.ok) {
          if (maySplit) expect(inAll("lamp") < lamps || inAll("book") < books).toBe(true);
          return;
        }
        const delivered = (variant: VariantId) =>
          routed.value
            .flatMap((part) => part.lines)
            .filter((line) => line.variant === variant)
            .reduce((sum, line) => sum + line.quantity, 0);
        expect([delivered(LAMP), delivered(BOOK)]).toEqual([lamps, books]);
        for (const part of routed.value) {
          const own = candidates.find((each) => each.store === part.store);
          for (const line of part.lines)
            expect(line.quantity).toBeLessThanOrEqual(own?.available.get(line.variant) ?? 0);
        }
      },
    ),
  );
});

test("Berlin is 255 km from Hamburg as the crow flies", () => {
  const berlin = { latitude: 52.52, longitude: 13.405 };
  const hamburg = { latitude: 53.5511, longitude: 9.9937 };
  expect(Math.round(distanceKm(berlin, hamburg))).toBe(255);
  expect(distanceKm(berlin, berlin)).toBe(0);
});
