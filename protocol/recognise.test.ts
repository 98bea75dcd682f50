import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { REPLICA_COLLECTIONS, REPLICA_SCHEMAS } from "./documents/collections.ts";
import { recogniserOf, recogniserWithRulesOf } from "./recognise.ts";
import { factSchema } from "./sync/entry.ts";
import { pushRequestSchema } from "./sync/journal.ts";
import { recordedExchanges } from "./testing/recorded-exchange.ts";
import { samplesOf } from "./testing/samples-of.ts";

const money = { minor: 1_990, currency: "EUR" };
const zeros = "0".repeat(64);
/** Of each collection whose documents are recognised one with everything that it may hold, in the order of a first sync. */
const WHOLE = {
  staff: {
    id: "mira",
    name: "Mira",
    role: "cashier",
    pin: { kind: "argon2id", phc: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA" },
    badge: { kind: "sha256", digest: zeros },
    active: true,
  },
  products: {
    id: "0190c9d2-7f00-7000-8000-000000000001",
    handle: "mug",
    title: "Möwe 🫖",
    brand: "",
    category: "Cups",
    tags: ["new"],
    taxClass: "standard",
    status: "active",
    optionNames: ["Colour"],
    variants: [
      {
        id: "v-1",
        sku: "MUG-1",
        gtins: ["4006381333931", "96385074"],
        options: ["blue"],
        image: "a".repeat(64),
        content: { quantity: 250, unit: "ml" },
      },
      { id: "v-2", sku: "S", gtins: [], options: [], image: null },
    ],
    image: null,
    soldBy: "weight",
    links: [{ variant: "v-3", kind: "deposit" }],
  },
  prices: {
    id: "retail:v-1:5",
    list: "retail",
    variant: "v-1",
    amount: money,
    compareAt: money,
    validFrom: 5,
    validTo: null,
    tiers: [{ from: 2, amount: money }],
    lowest30: money,
  },
  stock: { id: "v-1", store: "ber", variant: "v-1", onHand: -3, reserved: 0 },
  balances: {
    id: "giftcard:1",
    kind: "giftCard",
    issued: money,
    spent: money,
    issuedAt: 5,
    moves: ["t-1:0"],
  },
  cases: {
    id: "case-1",
    number: "R-1",
    kind: "repair",
    store: "ber",
    customer: "c-1",
    contact: { name: "Ada", email: "ada@example.org", phone: "030 1" },
    product: { variant: "v-1", sku: "MUG-1", name: "Möwe 🫖", options: ["blue"] },
    serial: "S-1",
    purchase: { ref: { kind: "ticket", id: "t-1" }, number: "BER1-03-000123" },
    fault: "Leaks.\nA lot.",
    condition: "used",
    accessories: "",
    deadline: 9,
    photos: [zeros],
    openedAt: 5,
    openedBy: { kind: "staff", staff: null, device: "d-1" },
    status: "closed",
    outcome: "repaired",
    closedAt: 8,
    openedWith: { deadline: 9, store: "ber" },
    history: [
      {
        id: "act-1",
        at: 8,
        by: { kind: "hq", who: "Johanna" },
        act: {
          move: { from: "open", to: "closed", outcome: "repaired" },
          note: "",
          photos: [],
          deadline: null,
          store: "ber",
        },
        fits: true,
        status: "closed",
      },
    ],
  },
} as const;
const RECOGNISED = ["staff", "products", "prices", "stock", "balances", "cases"] as const;

const strange = fc.oneof(
  fc.json().map((text): unknown => JSON.parse(text)),
  fc.constantFrom<unknown>(
    "",
    "a",
    "🫖",
    " ",
    "x".repeat(70),
    "x".repeat(501),
    "🫖".repeat(260),
    0,
    -1,
    1,
    1.5,
    2 ** 53,
    -0,
    null,
    true,
    [],
    {},
  ),
  fc.string({ unit: "binary" }),
);

/** The same with one thing in it changed, dropped or added, however deep. */
function changed(value: unknown): fc.Arbitrary<unknown> {
  const ways: fc.Arbitrary<unknown>[] = [strange];
  if (typeof value === "string") ways.push(fc.constantFrom(`${value}x`, value.slice(1), value.repeat(30)));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    for (const [key, inner] of entries) ways.push(changed(inner).map((other) => put(value, key, other)));
    if (entries.length > 0) ways.push(fc.constantFrom(...entries).map(([key]) => without(value, key)));
    if (Array.isArray(value)) ways.push(fc.constant(Array.from({ length: 30 }, () => value).flat()));
    else
      ways.push(
        fc
          .tuple(fc.constantFrom("more", "__proto__", "toString", "length"), strange)
          .map(([key, other]) => put(value, key, other)),
      );
  }
  return fc.oneof(...ways);
}

function put(holder: object, key: string, value: unknown): unknown {
  const copy: object = JSON.parse(JSON.stringify(holder));
  Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function without(holder: object, key: string): unknown {
  const copy: object = JSON.parse(JSON.stringify(holder));
  Reflect.deleteProperty(copy, key);
  // As JSON says it: a list has no gaps.
  return JSON.parse(JSON.stringify(copy));
}

/** Nothing is recognised that the schema would refuse, or answer otherwise. */
function expectNoMoreThan(schema: z.ZodType, recognises: (value: unknown) => boolean, value: unknown): void {
  if (!recognises(value)) return;
  const read = schema.safeParse(value);
  expect(read.success).toBe(true);
  expect(read.data).toStrictEqual(value);
}

test("what is recognised is recognised in these collections, and in no others", () => {
  const found = REPLICA_COLLECTIONS.filter(
    (collection) => recogniserOf(REPLICA_SCHEMAS[collection]) !== null,
  );
  expect(found).toEqual(RECOGNISED);
});

describe.each(RECOGNISED)("documents of %s", (collection) => {
  const schema = REPLICA_SCHEMAS[collection];
  const recognises = recogniserOf(schema);
  if (recognises === null) throw new Error("made of something that cannot be recognised");

  test("are recognised with all that they may hold and with what they must", () => {
    const whole = WHOLE[collection];
    const least = Object.fromEntries(
      Object.entries(whole).filter(([key]) => schema.safeParse(without(whole, key)).success === false),
    );
    for (const document of [whole, least]) {
      expect(schema.safeParse(document).success).toBe(true);
      expect(recognises(document)).toBe(true);
    }
  });

  test("are never recognised where the schema would refuse them or change them", () => {
    let recognised = 0;
    fc.assert(
      fc.property(changed(WHOLE[collection]), (value) => {
        if (recognises(value)) recognised += 1;
        expectNoMoreThan(schema, recognises, value);
      }),
      { numRuns: 2_000 },
    );
    expect(recognised).toBeGreaterThan(0);
  });
});

test.each([
  ["a default", z.strictObject({ a: z.string().default("x") })],
  ["what leaves keys out", z.strictObject({ a: z.object({ b: z.string() }) })],
  ["what turns it into another", z.array(z.string().transform((text) => text.length))],
  ["what trims", z.string().trim()],
  ["a rule of its own", z.string().refine((text) => text !== "x")],
  ["a rule over an object", z.strictObject({ a: z.string() }).refine(() => false)],
  ["a format", z.email()],
  ["a number made of a text", z.coerce.number()],
  ["one of which only one may fit", z.xor([z.string(), z.string().min(2)])],
])("a schema with %s is not recognised at all", (_, schema) => {
  expect(recogniserOf(schema)).toBeNull();
});

test("bounds are the schema's own, at them and beside them", () => {
  const schema = z.strictObject({
    text: z.string().min(2).max(4),
    number: z.number().gt(1).lt(9),
    whole: z.number().int().min(0).max(7),
    list: z.array(z.boolean()).min(1).max(2),
    kind: z.union([z.literal("a"), z.enum(["b", "c"]), z.null()]),
    maybe: z.string().optional(),
  });
  const recognises = recogniserOf(schema);
  if (recognises === null) throw new Error("made of something that cannot be recognised");
  const value = fc.record(
    {
      text: fc.string({ unit: "grapheme", maxLength: 6 }),
      number: fc.constantFrom(1, 2, 8.5, 9, Number.NaN, Number.POSITIVE_INFINITY),
      whole: fc.constantFrom(-1, 0, 7, 8, 1.5, 2 ** 60),
      list: fc.array(fc.boolean(), { maxLength: 3 }),
      kind: fc.constantFrom("a", "b", "c", "d", null),
      maybe: fc.constantFrom("x", undefined, null),
    },
    { requiredKeys: ["text", "number", "whole", "list", "kind"], noNullPrototype: true },
  );
  let found = 0;
  fc.assert(
    fc.property(value, (one) => {
      if (recognises(one)) found += 1;
      expectNoMoreThan(schema, recognises, one);
    }),
    { numRuns: 3_000 },
  );
  expect(found).toBeGreaterThan(0);
});

/** What tills have pushed, as it was recorded. */
const PUSHES = recordedExchanges(readFileSync(new URL("./recorded/0.2/till.ndjson", import.meta.url), "utf8"))
  .filter(({ path }) => path === "/sync/v1/journal")
  .map(({ body }) => pushRequestSchema.parse(body));

describe("what tills push", () => {
  const recognises = recogniserWithRulesOf(pushRequestSchema);
  if (recognises === null) throw new Error("made of something that cannot be recognised");

  test("is recognised, sales above all", () => {
    const sales = PUSHES.flatMap(({ entries }) => entries).filter(
      ({ fact }) => fact.type === "ticket.completed",
    );
    expect(sales.length).toBeGreaterThan(0);
    for (const push of PUSHES) expect(recognises(push)).toBe(true);
  });

  test("is never recognised where the schema would refuse it or change it", () => {
    let recognised = 0;
    fc.assert(
      fc.property(fc.constantFrom(...PUSHES).chain(changed), (value) => {
        if (recognises(value)) recognised += 1;
        expectNoMoreThan(pushRequestSchema, recognises, value);
      }),
      { numRuns: 1_000 },
    );
    expect(recognised).toBeGreaterThan(0);
  });

  test("is not recognised where a rule of the schema says no: of a training, or in two currencies", () => {
    const [push] = PUSHES.filter(({ entries }) =>
      entries.some(({ fact }) => fact.type === "ticket.completed"),
    );
    const text = JSON.stringify(push);
    expect(recognises(JSON.parse(text))).toBe(true);
    for (const odd of [
      text.replace(/"number":"([A-Z0-9]+)-/, '"number":"$1-T'),
      text.replace('"currency":"EUR"', '"currency":"USD"'),
    ]) {
      expect(pushRequestSchema.safeParse(JSON.parse(odd)).success).toBe(false);
      expect(recognises(JSON.parse(odd))).toBe(false);
    }
  });
});

describe("facts of every kind", () => {
  const samples = samplesOf(factSchema).map((sample) => factSchema.parse(sample));
  const recognises = recogniserWithRulesOf(factSchema);
  if (recognises === null) throw new Error("made of something that cannot be recognised");

  test("are recognised, with all that they may hold", () => {
    const kinds = factSchema._zod.propValues?.type ?? new Set();
    expect(kinds.size).toBeGreaterThan(40);
    expect(new Set(samples.map(({ type }) => type))).toEqual(kinds);
    for (const sample of samples) expect([sample.type, recognises(sample)]).toEqual([sample.type, true]);
  });

  test("are never recognised where the schema would refuse them or change them", () => {
    let recognised = 0;
    fc.assert(
      fc.property(fc.oneof(...samples.map(changed)), (value) => {
        if (recognises(value)) recognised += 1;
        expectNoMoreThan(factSchema, recognises, value);
      }),
      { numRuns: 5_000 },
    );
    expect(recognised).toBeGreaterThan(0);
  });
});

test("rules of a schema's own are asked of what has the right shape, and what trims takes what is trimmed", () => {
  const named = z.strictObject({ name: z.string().trim().min(1) }).refine(({ name }) => name !== "x");
  const schema = z.strictObject({
    told: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("named"), of: named }),
      z.strictObject({ kind: z.literal("mailed"), to: z.email() }),
    ]),
    open: z.literal(true).optional(),
  });
  const recognises = recogniserWithRulesOf(schema);
  const found = [
    { told: { kind: "named", of: { name: "Ada" } }, open: true },
    { told: { kind: "named", of: { name: " Ada" } } },
    { told: { kind: "named", of: { name: "x" } } },
    { told: { kind: "named", of: { name: 1 } } },
    { told: { kind: "named", of: { name: "Ada" } }, open: false },
    { told: { kind: "mailed", to: "ada@example.org" } },
    { told: { kind: "other" } },
  ].map((value) => recognises?.(value));
  expect(found).toEqual([true, false, false, false, false, false, false]);
});
