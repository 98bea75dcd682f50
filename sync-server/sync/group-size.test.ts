import fc from "fast-check";
import { expect, test } from "vitest";
import { GroupSize } from "./group-size.ts";

/** The sizes of so many transactions, of which each has all it may, on a database where one takes `restMs` and each entry `eachMs` more. */
function sizesOn(
  size: GroupSize,
  { restMs, eachMs, count }: { readonly restMs: number; readonly eachMs: number; readonly count: number },
): readonly number[] {
  return Array.from({ length: count }, () => {
    const { alone } = size;
    size.took(alone, restMs + eachMs * alone);
    return alone;
  });
}

test("as many as fit into a turn, where each takes its time", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  expect(sizesOn(size, { restMs: 0, eachMs: 4, count: 4 })).toEqual([250, 20, 20, 20]);
});

test("a database that is far away is not asked more often than it has to be: it ends with large ones, as few would take as long", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  const sizes = sizesOn(size, { restMs: 300, eachMs: 1, count: 300 });
  expect(new Set(sizes.slice(12))).toEqual(new Set([250]));
});

test("one that is far and slow does most of what it could do at all, and no transaction is endless", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  const sizes = sizesOn(size, { restMs: 100, eachMs: 5, count: 30 });
  expect(sizes.at(-1)).toBeGreaterThanOrEqual(50);
  expect(sizes.at(-1)).toBeLessThanOrEqual(70);
});

test("where somebody who sells waits, one that is far and slow does half of what it could do, in half the time", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  sizesOn(size, { restMs: 100, eachMs: 5, count: 30 });
  expect(size.besideSales).toBeGreaterThanOrEqual(15);
  expect(size.besideSales).toBeLessThanOrEqual(25);
});

test("where each takes its time and one of nothing takes none, it makes no difference who waits", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  sizesOn(size, { restMs: 0, eachMs: 4, count: 4 });
  expect(size.besideSales).toBe(size.alone);
});

test("how much goes beside sales is found from below, however much may go alone", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  const sizes = Array.from({ length: 5 }, () => {
    const { besideSales } = size;
    size.took(besideSales, 0.2 * besideSales);
    return besideSales;
  });
  expect(sizes).toEqual([32, 64, 128, 250, 250]);
  expect(size.alone).toBe(250);
});

test("once it is quick again there is soon room for more beside sales, also where there was never more than that in one", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  const beside = ({ eachMs, count }: { readonly eachMs: number; readonly count: number }) => {
    for (let turn = 0; turn < count; turn += 1) size.took(size.besideSales, 60 + eachMs * size.besideSales);
  };
  beside({ eachMs: 20, count: 20 });
  expect(size.besideSales).toBeLessThan(20);
  beside({ eachMs: 0.1, count: 20 });
  expect(size.besideSales).toBe(250);
});

test("small ones that are quick change nothing", () => {
  const size = new GroupSize({ most: 250, turnMs: 80 });
  for (let turn = 0; turn < 50; turn += 1) size.took(1, 5);
  size.took(0, 0);
  expect(size.alone).toBe(250);
});

test("once it is quick again it is so again soon", () => {
  const size = new GroupSize({ most: 64, turnMs: 1_000 });
  expect(sizesOn(size, { restMs: 0, eachMs: 50, count: 6 })).toEqual([64, 20, 20, 20, 20, 20]);
  expect(sizesOn(size, { restMs: 0, eachMs: 1, count: 4 })).toEqual([20, 40, 64, 64]);
});

test("whatever it is told, it is a whole number within its bounds", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0, max: 1e5, noNaN: true }))),
      fc.integer({ min: 8, max: 500 }),
      (told, most) => {
        const size = new GroupSize({ most, turnMs: 80 });
        for (const [each, ms] of told) {
          size.took(each, ms);
          for (const room of [size.alone, size.besideSales]) {
            expect(Number.isInteger(room)).toBe(true);
            expect(room).toBeGreaterThanOrEqual(Math.min(8, most));
            expect(room).toBeLessThanOrEqual(most);
          }
        }
      },
    ),
  );
});
