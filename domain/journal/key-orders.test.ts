import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { KeyOrders } from "./key-orders.ts";

const MOST_KEPT = 20_000;

let orders: KeyOrders;
beforeEach(() => {
  orders = new KeyOrders(JSON.stringify);
});

const keysOf = (found: ReturnType<KeyOrders["orderOf"]>) => found.map(({ key }) => key);
const numbered = (count: number) => Array.from({ length: count }, (_, nth) => `k${nth}`);

test("keys are in one order and written alike, whether they are kept or not, and known ones cost nothing more", () => {
  const key = fc.oneof(fc.constantFrom("a", "b", "1", "ä", "10"), fc.string({ maxLength: 100 }));
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(key, { maxLength: 80 }), { maxLength: 20 }), (objects) => {
      for (const keys of [...objects, ...objects]) {
        const sorted = keys.toSorted();
        const text = sorted.map((each) => JSON.stringify(each));
        const found = orders.orderOf(keys);
        expect(keysOf(found)).toEqual(sorted);
        expect(found.map(({ written }) => written).join("")).toBe(text.map((each) => `${each}:`).join(","));
      }
      const { kept } = orders;
      for (const keys of objects) orders.orderOf(keys);
      expect(orders.kept).toBe(kept);
    }),
  );
});

test("of an object of many keys, or of one that is long, nothing is kept", () => {
  for (const keys of [numbered(65), ["a", "k".repeat(65)]])
    expect(keysOf(orders.orderOf(keys))).toEqual(keys.toSorted());
  expect(orders.kept).toBe(0);
  orders.orderOf(numbered(64));
  expect(orders.kept).toBe(128);
});

test("objects of which each has a key more than the last fill no memory, and others are learnt all the same", () => {
  let most = 0;
  for (let object = 0; object < 50; object += 1) {
    const keys = numbered(64).map((key) => `${object}${key}`);
    for (let count = 1; count <= keys.length; count += 1) {
      expect(keysOf(orders.orderOf(keys.slice(0, count)))).toEqual(keys.slice(0, count).toSorted());
      most = Math.max(most, orders.kept);
    }
  }
  expect(most).toBeLessThanOrEqual(MOST_KEPT);
  expect(most).toBeGreaterThan(MOST_KEPT - 64);
  expect(keysOf(orders.orderOf(["z", "y"]))).toEqual(["y", "z"]);
  expect(orders.orderOf(["z", "y"])).toBe(orders.orderOf(["z", "y"]));
});
