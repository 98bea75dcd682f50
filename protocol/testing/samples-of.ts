import type { z } from "zod";

type Schemas = z.core.$ZodTypes;

/** What a text, a number, or what a rule of its own is about may look like: of each the first that its schema takes. */
const CANDIDATES: readonly unknown[] = [
  "a",
  1,
  0,
  "a".repeat(64),
  "EUR",
  "2026-11-27",
  "BER1-03-000123",
  "4006381333931",
  "ada@example.org",
  "de",
  "1234",
  "DE",
  "M0 0l100 100",
  3,
  "08:00",
  "0.4.0",
  "key:0123456789abcdef",
  "purchase:ticket:a",
  "mark:ticket:a",
  { prefix: "20", itemDigits: 5, value: "price", valueDigits: 5, decimals: 2, hasPriceCheckDigit: false },
  // A picture of one dot.
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=",
];

/** Values that a schema takes, with everything in them that may be: together they go into each member of each union. Throws where it asks for a text or a number that is none of these here. */
export function samplesOf(schema: z.core.$ZodType): readonly unknown[] {
  return samples(schema, { every: false });
}

/** The same, and with everything in turn as each word that it may be, as null, empty and left out, where the schema's own rules take that. */
export function everySampleOf(schema: z.core.$ZodType): readonly unknown[] {
  return samples(schema, { every: true });
}

/** Days for which there is something each. */
const A_WEEK = 7;

interface How {
  readonly every: boolean;
}

function samples(schema: z.core.$ZodType, how: How): readonly unknown[] {
  const made = composed(schema, how);
  if (made !== null && !how.every) return made;
  const takes = (value: unknown) => (schema as z.ZodType).safeParse(value).success;
  // What may be left out is not always taken as undefined.
  const taken = made?.filter((value) => value === undefined || takes(value)) ?? [];
  if (taken.length > 0) return taken;
  const found = CANDIDATES.find(takes);
  if (found === undefined)
    throw new Error(
      `a schema of a ${schema._zod.def.type} takes none of these samples: add one that it takes`,
    );
  return [found];
}

/** Null: it is made of nothing else. */
function composed(schema: z.core.$ZodType, how: How): readonly unknown[] | null {
  const { def } = (schema as Schemas)._zod;
  const some = (all: readonly unknown[]) => (how.every ? all : all.slice(0, 1));
  switch (def.type) {
    case "object": {
      const fields = Object.entries(def.shape).map(([key, of]) => [key, samples(of, how)] as const);
      const many = Math.max(1, ...fields.map(([, its]) => its.length));
      return Array.from({ length: many }, (_, nth) =>
        Object.fromEntries(
          fields.flatMap(([key, its]) => {
            const value = its[nth % its.length];
            return value === undefined ? [] : [[key, value]];
          }),
        ),
      );
    }
    case "array": {
      const items = samples(def.element, how);
      if (!how.every) return [items];
      const lists = items.map((item) => [item]);
      return [...lists, ...lists.map((list) => Array.from({ length: A_WEEK }, () => list[0])), []];
    }
    case "union":
      return def.options.flatMap((option) => samples(option, how));
    case "nullable":
      return how.every ? [...samples(def.innerType, how), null] : samples(def.innerType, how);
    case "optional":
      return how.every ? [...samples(def.innerType, how), undefined] : samples(def.innerType, how);
    case "enum":
      return some(Object.values(def.entries));
    case "literal":
      return some(def.values);
    case "boolean":
      return some([true, false]);
    case "pipe":
      return samples(def.out, how);
    case "null":
      return [null];
    case "record":
      return how.every ? [{}, ...entriesOf(def, how)] : [{}];
    default:
      return null;
  }
}

/** A record with one entry, of each value in turn. */
function entriesOf(
  { keyType, valueType }: z.core.$ZodRecordDef,
  how: How,
): readonly Readonly<Record<string, unknown>>[] {
  const [key] = samples(keyType, how);
  return samples(valueType, how).map((value) => ({ [String(key)]: value }));
}
