import fc from "fast-check";
import { z } from "zod";

type JsonSchema = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 5;
/** Texts that have broken something somewhere. */
const AWKWARD = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "__proto__",
  "constructor",
  "%",
  "'; --",
  "../..",
  "=1+1",
  "😀",
  "x".repeat(600),
];
const NUMBERS = [0, -0, -1, 1, 0.1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1), 1e21, 8.64e15];

interface Known {
  readonly defs: JsonSchema;
  readonly names: readonly string[];
}

/**
 * Values of a schema's form as far as it can be told from its description, now and then with something else in one of their places. `names`: of what there is,
 * put where a text of their form is asked for, so that something is found.
 */
export function likeSchema(schema: z.ZodType, names: readonly string[] = []): fc.Arbitrary<unknown> {
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return of(described, { defs: isSchema(described.$defs) ? described.$defs : {}, names }, 0);
}

function of(schema: JsonSchema, known: Known, depth: number): fc.Arbitrary<unknown> {
  const meant = meantBy(schema, known, depth);
  return fc.oneof({ weight: 60, arbitrary: meant }, { weight: 1, arbitrary: odd });
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(...AWKWARD, ...NUMBERS, null, true, [], {}),
  fc.jsonValue({ maxDepth: 2 }),
);

function meantBy(schema: JsonSchema, known: Known, depth: number): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === "string") {
    const named = known.defs[schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1)];
    return isSchema(named) && depth < MAX_DEPTH ? of(named, known, depth + 1) : fc.constant(null);
  }
  if ("const" in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...schema.enum);
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray);
  if (choices !== undefined)
    return fc.oneof(...choices.filter(isSchema).map((each) => of(each, known, depth)));
  if (Array.isArray(schema.allOf)) return of(schema.allOf.filter(isSchema)[0] ?? {}, known, depth);
  switch (schema.type) {
    case "object":
      return objectOf(schema, known, depth);
    case "array":
      return arrayOf(schema, known, depth);
    case "string":
      return textOf(schema, known);
    case "integer":
    case "number":
      return numberOf(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return odd;
  }
}

function objectOf(schema: JsonSchema, known: Known, depth: number): fc.Arbitrary<unknown> {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const fields = Object.fromEntries(
    Object.entries(properties)
      .filter((each): each is [string, JsonSchema] => isSchema(each[1]))
      .map(([name, each]) => [name, of(each, known, depth + 1)]),
  );
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const meant = fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  if (!isSchema(schema.additionalProperties) || depth >= MAX_DEPTH) return meant;
  const more = fc.dictionary(fc.string({ maxLength: 8 }), of(schema.additionalProperties, known, depth + 1), {
    maxKeys: 3,
  });
  return fc.tuple(meant, more).map(([one, other]) => ({ ...other, ...one }));
}

function arrayOf(schema: JsonSchema, known: Known, depth: number): fc.Arbitrary<unknown> {
  const least = typeof schema.minItems === "number" ? schema.minItems : 0;
  if (Array.isArray(schema.prefixItems))
    return fc.tuple(...schema.prefixItems.filter(isSchema).map((each) => of(each, known, depth + 1)));
  if (!isSchema(schema.items) || (depth >= MAX_DEPTH && least === 0)) return fc.constant([]);
  return fc.array(of(schema.items, known, depth + 1), { minLength: least, maxLength: Math.max(least, 3) });
}

function textOf(schema: JsonSchema, { names }: Known): fc.Arbitrary<string> {
  const pattern = typeof schema.pattern === "string" ? schema.pattern : "";
  const fitting = names.filter((name) => new RegExp(pattern).test(name));
  const made = madeText(schema);
  return fitting.length === 0
    ? made
    : fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: made });
}

function madeText(schema: JsonSchema): fc.Arbitrary<string> {
  const most = typeof schema.maxLength === "number" ? schema.maxLength : 40;
  const least = typeof schema.minLength === "number" ? schema.minLength : 0;
  if (typeof schema.pattern === "string") {
    const pattern = patternOf(schema.pattern);
    if (pattern !== null) return pattern;
  }
  if (schema.format === "email") return fc.emailAddress();
  if (schema.format === "uri") return fc.webUrl();
  return fc.oneof(
    { weight: 4, arbitrary: fc.string({ minLength: least, maxLength: Math.min(most, least + 30) }) },
    {
      weight: 1,
      arbitrary: fc.string({ unit: "binary", minLength: least, maxLength: Math.min(most, least + 10) }),
    },
  );
}

/** Null: of a kind of expression that no text is made of. */
function patternOf(source: string): fc.Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(source), { maxLength: 80 });
  } catch {
    return null;
  }
}

function numberOf(schema: JsonSchema): fc.Arbitrary<number> {
  const bound = (name: string, step: number) =>
    typeof schema[name] === "number" ? schema[name] + step : null;
  const min = bound("minimum", 0) ?? bound("exclusiveMinimum", 1) ?? -(2 ** 53 - 1);
  const max = bound("maximum", 0) ?? bound("exclusiveMaximum", -1) ?? 2 ** 53 - 1;
  const [least, most] = [Math.ceil(Math.min(min, max)), Math.floor(Math.max(min, max))];
  const small = fc.integer({
    min: Math.max(least, Math.min(most, -10)),
    max: Math.min(most, Math.max(least, 10)),
  });
  return fc.oneof(
    small,
    fc.maxSafeInteger().map((any) => Math.min(most, Math.max(least, any))),
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
