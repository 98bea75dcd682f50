import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { integers, PAGE_ROWS } from "./column.ts";
import { Names } from "./names.ts";
import { MAX_TEXT_BYTES, TextArena } from "./text-arena.ts";

describe("names", () => {
  test("every text has one number, and every number gives its text back", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }), fc.uuid())), (known) => {
        const names = new Names(new TextArena());
        const numbers = known.map((text) => names.add(text));
        expect(names.count).toBe(new Set(known).size);
        expect(numbers.map((name) => names.text(name))).toEqual(known);
        expect(known.map((text) => names.find(text))).toEqual(numbers);
        expect(names.find("never added, surely")).toBe(-1);
      }),
    );
  });

  test("a part of a text has the number that it has as a text of its own", () => {
    const word = fc.string({ unit: fc.constantFrom(..."abz019"), maxLength: 50 });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean())), (words) => {
        const names = new Names(new TextArena());
        for (const [text, isPart] of words) {
          const name = isPart ? names.addAscii(`<${text}>`, 1, 1 + text.length) : names.add(text);
          expect(names.text(name)).toBe(text);
          expect(names.find(text)).toBe(name);
        }
        expect(names.count).toBe(new Set(words.map(([text]) => text)).size);
      }),
    );
  });

  test("a text that is too long is refused, alone or as a part of another, and nothing is kept of it", () => {
    const names = new Names(new TextArena());
    const long = "a".repeat(MAX_TEXT_BYTES);
    expect(() => names.add(long)).toThrow(RangeError);
    expect(() => names.addAscii(long, 0, long.length)).toThrow(RangeError);
    expect(names.addAscii(long, 0, 5)).toBe(names.add("aaaaa"));
    expect(names.count).toBe(1);
  });

  test("twenty thousand articles are told apart", () => {
    const names = new Names(new TextArena());
    for (let article = 0; article < 20_000; article += 1) names.add(`article-${article}`);
    expect(names.count).toBe(20_000);
    expect(names.find("article-19999")).toBe(19_999);
    expect(names.text(4_711)).toBe("article-4711");
  });
});

describe("the text arena", () => {
  test("gives back every text it was told while its first block grows", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 4_000 }), { maxLength: 60 }), (texts) => {
        const arena = new TextArena();
        const places = texts.map((text) => arena.add(text));
        expect(places.map((place) => arena.text(place))).toEqual(texts);
      }),
    );
  });

  test("keeps texts across its blocks and refuses one that is too long", () => {
    const arena = new TextArena();
    const long = "ä".repeat(MAX_TEXT_BYTES / 2 - 1);
    const places = Array.from({ length: 40 }, (_, index) =>
      arena.add(`${index}${long}`.slice(0, long.length)),
    );
    expect(places.map((place) => arena.text(place).slice(0, 3))).toEqual(
      places.map((_, index) => `${index}${long}`.slice(0, 3)),
    );
    expect(() => arena.add("x".repeat(MAX_TEXT_BYTES + 1))).toThrow(RangeError);
  });
});

test("a column remembers every row across its pages and says empty for the rest", () => {
  const column = integers(-1);
  column.set(PAGE_ROWS * 2, 7);
  expect([0, PAGE_ROWS, PAGE_ROWS * 2, PAGE_ROWS * 9].map((row) => column.get(row))).toEqual([-1, -1, 7, -1]);
});

test("a column is as a map of its rows is, also while its first page grows", () => {
  const row = fc.integer({ min: 0, max: PAGE_ROWS + 300 });
  fc.assert(
    fc.property(fc.array(fc.tuple(row, fc.integer({ min: -3, max: 3 })), { maxLength: 200 }), (sets) => {
      const column = integers(-1);
      const plain = new Map<number, number>();
      for (const [at, value] of sets) {
        column.set(at, value);
        plain.set(at, value);
      }
      for (const [at] of sets)
        for (const near of [at, at + 1, at * 2]) expect(column.get(near)).toBe(plain.get(near) ?? -1);
      const walked = column.pages.flatMap((page) => [...(page ?? [])]).filter((value) => value !== -1);
      expect(walked.toSorted()).toEqual([...plain.values()].filter((value) => value !== -1).toSorted());
    }),
  );
});
