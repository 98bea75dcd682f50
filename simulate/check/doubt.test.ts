import { expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { Doubt, NEVER, partedSo, type Seen } from "./doubt.ts";

const PUT_BACK = "1/0/0";
const [a, b, c] = ["a", "b", "c"].map((id) => ({ id, hash: id }) as JournalEntry) as [
  JournalEntry,
  JournalEntry,
  JournalEntry,
];

const seen = (now: number, own: readonly JournalEntry[], more: Partial<Seen> = {}): Seen => ({
  now,
  own,
  unsent: 0,
  askedAt: Number.NEGATIVE_INFINITY,
  isInStep: false,
  hasTwin: false,
  ...more,
});
const inDoubt = (doubt: Doubt) => [a, b, c].filter(({ id }) => doubt.has(id)).map(({ id }) => id);

test("a till that never went back is in no doubt, whatever it has not told", () => {
  const doubt = new Doubt();
  doubt.look(NEVER, seen(1, [a, b], { unsent: 2 }));
  expect(inDoubt(doubt)).toEqual([]);
});

test("what a till had when it was put back is in doubt until it is answered what it asked after that", () => {
  const doubt = new Doubt();
  doubt.look(PUT_BACK, seen(10, [a, b], { askedAt: 5 }));
  expect(inDoubt(doubt)).toEqual(["a", "b"]);
  doubt.look(PUT_BACK, seen(12, [a, b], { askedAt: 11 }));
  expect(inDoubt(doubt)).toEqual([]);
});

test("what is not told yet stays in doubt, and is so until what is asked after it was told is answered", () => {
  const doubt = new Doubt();
  doubt.look(PUT_BACK, seen(10, [a, b], { unsent: 1 }));
  doubt.look(PUT_BACK, seen(20, [a, b], { unsent: 1, askedAt: 15 }));
  expect(inDoubt(doubt)).toEqual(["b"]);
  doubt.look(PUT_BACK, seen(30, [a, b], { askedAt: 25 }));
  expect(inDoubt(doubt)).toEqual(["b"]);
  doubt.look(PUT_BACK, seen(40, [a, b], { askedAt: 35 }));
  expect(inDoubt(doubt)).toEqual([]);
});

test("a till that starts again brings nothing into doubt that it was answered about", () => {
  const doubt = new Doubt();
  doubt.look(PUT_BACK, seen(10, [a, b]));
  doubt.look(PUT_BACK, seen(20, [a, b], { askedAt: 15 }));
  doubt.look(PUT_BACK, seen(30, [a, b, c]));
  expect(inDoubt(doubt)).toEqual(["c"]);
});

test("what joins once till and server are in step is in no doubt, but beside a twin", () => {
  for (const hasTwin of [false, true]) {
    const doubt = new Doubt();
    doubt.look(PUT_BACK, seen(10, [a]));
    doubt.look(PUT_BACK, seen(20, [a, b], { askedAt: 15, isInStep: true, hasTwin }));
    expect(inDoubt(doubt)).toEqual(["b"]);
    doubt.look(PUT_BACK, seen(30, [a, b, c], { unsent: 1, askedAt: 25, hasTwin }));
    doubt.look(PUT_BACK, seen(40, [a, b, c], { unsent: 1, askedAt: 35, hasTwin }));
    expect(inDoubt(doubt)).toEqual(hasTwin ? ["c"] : []);
  }
});

test("a till that lost what it knew of acknowledgements parts once more, but for one whose epoch never ended", () => {
  const told = (forks: number, serverWentBack: number, mends: number) => ({
    forked: new Map([["till1", forks]]),
    serverWentBack,
    mended: new Map([["till1", mends]]),
  });
  expect(partedSo(told(0, 0, 0), "till1")).toBe(NEVER);
  expect(partedSo(told(0, 0, 1), "till1")).toBe(NEVER);
  expect(partedSo(told(1, 0, 1), "till1")).not.toBe(partedSo(told(1, 0, 0), "till1"));
  expect(partedSo(told(0, 1, 1), "till1")).not.toBe(partedSo(told(0, 1, 0), "till1"));
  expect(partedSo(told(1, 0, 1), "till2")).toBe(NEVER);
});
