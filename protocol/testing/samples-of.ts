import type { z } from "zod";

type Schemas = z.core.$ZodTypes;

/** What a text or a number may look like: of each the first that its schema takes. */
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
];

/** Values that a schema takes, with everything in them that may be: together they go into each member of each union. Throws where it asks for a text or a number that is none of these here. */
export function samplesOf(schema: z.core.$ZodType): readonly unknown[] {
  const { def } = (schema as Schemas)._zod;
  switch (def.type) {
    case "object": {
      const fields = Object.entries(def.shape).map(([key, of]) => [key, samplesOf(of)] as const);
      const many = Math.max(1, ...fields.map(([, samples]) => samples.length));
      return Array.from({ length: many }, (_, nth) =>
        Object.fromEntries(fields.map(([key, samples]) => [key, samples[nth % samples.length]])),
      );
    }
    case "array":
      return [samplesOf(def.element)];
    case "union":
      return def.options.flatMap(samplesOf);
    case "nullable":
    case "optional":
      return samplesOf(def.innerType);
    case "enum":
      return Object.values(def.entries).slice(0, 1);
    case "literal":
      return def.values.slice(0, 1);
    case "boolean":
      return [true];
    case "null":
      return [null];
    case "record":
      return [{}];
    default: {
      const found = CANDIDATES.find((candidate) => (schema as z.ZodType).safeParse(candidate).success);
      if (found === undefined)
        throw new Error(`a schema of a ${def.type} takes none of these samples: add one that it takes`);
      return [found];
    }
  }
}
