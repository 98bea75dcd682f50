import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsOf, trailDiff } from "./trail-diff.ts";

test("what changed is named by where it stands, with what it was and what it is", () => {
  const before = { name: "Mira", role: "support", stores: ["BER1"], note: null };
  const after = { name: "Mira", role: "storeManager", stores: ["BER1", "HAM1"], note: "new" };
  expect(trailDiff(before, after)).toEqual([
    { field: "role", before: "support", after: "storeManager" },
    { field: "stores.1", before: null, after: "HAM1" },
    { field: "note", before: null, after: "new" },
  ]);
});

test("what was made has only an after, and what is gone only a before", () => {
  expect(trailDiff(null, { id: "a" })).toEqual([{ field: "id", before: null, after: "a" }]);
  expect(trailDiff({ id: "a" }, null)).toEqual([{ field: "id", before: "a", after: null }]);
});

test("a thing differs from itself in nothing, and from nothing in all its fields", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (thing) => {
      expect(trailDiff(thing, structuredClone(thing))).toEqual([]);
      expect(trailDiff(null, thing)).toHaveLength(fieldsOf(thing).size);
    }),
  );
});
