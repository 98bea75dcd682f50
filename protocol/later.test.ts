import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readLater } from "./later.ts";

const inner = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("percent"), ppm: z.number() }),
  z.strictObject({ kind: z.literal("amount"), minor: z.number() }),
]);
const schema = z.strictObject({
  id: z.string(),
  effect: inner,
  lines: z.array(z.union([z.strictObject({ sku: z.string() }), z.strictObject({ gtin: z.string() })])),
});
const known = { id: "1", effect: { kind: "percent", ppm: 5 }, lines: [{ sku: "A" }, { gtin: "4" }] };

describe("what a later version wrote", () => {
  test("what is known is read whole", () => {
    expect(readLater(schema, known)).toEqual({ read: "whole", data: known });
  });

  test("S151 keys that nobody knows are left out, wherever they are", () => {
    const later = {
      ...known,
      colour: "red",
      effect: { ...known.effect, rounded: true },
      lines: [
        { sku: "A", weight: { grams: 5 } },
        { gtin: "4", lot: null },
      ],
    };
    expect(readLater(schema, later)).toEqual({ read: "partly", data: known });
  });

  test("S151 what is of an unknown kind is not read at all: half of a promotion is another promotion", () => {
    expect(readLater(schema, { ...known, effect: { kind: "lottery", odds: 3 } }).read).toBe("not");
    expect(readLater(schema, { ...known, colour: "red", id: 7 }).read).toBe("not");
    for (const nothing of [null, 5, "text", []]) expect(readLater(schema, nothing).read).toBe("not");
  });

  test("whatever is read fits the schema, and what was sent stays as it was", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (more, effect) => {
        const sent = { ...more, ...known, effect: { ...known.effect, more: effect } };
        const before = JSON.stringify(sent);
        const read = readLater(schema, sent);
        expect(JSON.stringify(sent)).toBe(before);
        if (read.read !== "not") expect(schema.safeParse(read.data).success).toBe(true);
      }),
    );
  });
});
