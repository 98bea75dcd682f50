import type { z } from "zod";

/** True: the schema takes this value, and answers it as it is. False says nothing: ask the schema itself. */
export type Recogniser = (value: unknown) => boolean;

type Schemas = z.core.$ZodTypes;
type Check = z.core.$ZodCheck;

/**
 * What tells most of a schema's values at a tenth of the time that the schema takes, made of that schema, which stays the one place where a shape is written. It knows
 * only what changes nothing (no defaults, nothing left out, nothing turned into another) and what JSON can say; null for a schema that holds anything else.
 */
export function recogniserOf(schema: z.core.$ZodType): Recogniser | null {
  return made(schema, false);
}

/**
 * The same, which asks the rules that a schema has of its own as well (`refine`, `trim`): as the schema does, of what has the right shape by then. Of a union whose members are told
 * apart by one key it knows those members that it can.
 */
export function recogniserWithRulesOf(schema: z.core.$ZodType): Recogniser | null {
  return made(schema, true);
}

function made(schema: z.core.$ZodType, withRules: boolean): Recogniser | null {
  const { def } = (schema as Schemas)._zod;
  if (!withRules) return ofShape(def, false);
  const rules: ((value: unknown) => boolean)[] = [];
  const others: Check[] = [];
  for (const check of def.checks ?? []) {
    const rule = ruleOf(check);
    if (rule === null) others.push(check);
    else rules.push(rule);
  }
  const shaped = ofShape({ ...def, checks: others } as Schemas["_zod"]["def"], true);
  if (shaped === null || rules.length === 0) return shaped;
  return (value) => shaped(value) && passes(rules, value);
}

/** What a schema asks by code of its own; null: this is none of it. */
function ruleOf(check: Check): ((value: unknown) => boolean) | null {
  const { def } = (check as z.core.$ZodChecks)._zod;
  if (def.check === "overwrite") {
    const { tx } = def as z.core.$ZodCheckOverwriteDef<unknown>;
    return (value) => tx(value) === value;
  }
  if (!("fn" in def) || typeof def.fn !== "function" || "when" in def) return null;
  const { fn } = def;
  return (value) => fn(value) === true;
}

function ofShape(def: Schemas["_zod"]["def"], withRules: boolean): Recogniser | null {
  switch (def.type) {
    case "string":
      return ofString(def);
    case "number":
      return ofNumber(def);
    case "boolean":
      return hasChecks(def) ? null : (value) => typeof value === "boolean";
    case "null":
      return hasChecks(def) ? null : (value) => value === null;
    case "enum":
      return hasChecks(def) ? null : oneOf(Object.values(def.entries));
    case "literal":
      return hasChecks(def) ? null : oneOf(def.values);
    case "nullable": {
      const inner = hasChecks(def) ? null : made(def.innerType, withRules);
      return inner && ((value) => value === null || inner(value));
    }
    case "optional":
      return hasChecks(def) ? null : made(def.innerType, withRules);
    case "array":
      return ofArray(def, withRules);
    case "object":
      return ofObject(def, withRules);
    case "union":
      return ofUnion(def, withRules);
    default:
      return null;
  }
}

function hasChecks({ checks = [] }: { readonly checks?: readonly Check[] | undefined }): boolean {
  return checks.length > 0;
}

/** Not of numbers: one may be zero in two ways. */
function oneOf(values: readonly unknown[]): Recogniser | null {
  if (!values.every((value) => typeof value === "string" || typeof value === "boolean")) return null;
  const known = new Set<unknown>(values);
  return (value) => known.has(value);
}

function ofString(def: z.core.$ZodStringDef): Recogniser | null {
  if (def.coerce === true || "check" in def) return null;
  const checks = allOf(def.checks, stringCheck);
  return checks && ((value) => typeof value === "string" && passes(checks, value));
}

function stringCheck(check: Check): ((text: string) => boolean) | null {
  const { def } = (check as z.core.$ZodChecks)._zod;
  if (def.check === "max_length") {
    const { maximum } = def;
    // Length is counted in code points, of which there are never more than units.
    return (text) => text.length <= maximum;
  }
  if (def.check === "min_length") {
    const { minimum } = def;
    const enough = minimum <= 1 ? minimum : minimum * 2;
    return (text) => text.length >= enough;
  }
  if (def.check !== "string_format" || def.format !== "regex" || def.pattern === undefined) return null;
  const { pattern } = def;
  if (pattern.global || pattern.sticky) return null;
  return (text) => pattern.test(text);
}

function ofNumber(def: z.core.$ZodNumberDef): Recogniser | null {
  if (def.coerce === true || "check" in def) return null;
  const checks = allOf(def.checks, numberCheck);
  return checks && ((value) => typeof value === "number" && Number.isFinite(value) && passes(checks, value));
}

function numberCheck(check: Check): ((number: number) => boolean) | null {
  const { def } = (check as z.core.$ZodChecks)._zod;
  if (def.check === "number_format") return def.format === "safeint" ? Number.isSafeInteger : null;
  if (def.check !== "less_than" && def.check !== "greater_than") return null;
  const { value: bound, inclusive } = def;
  if (typeof bound !== "number") return null;
  if (def.check === "less_than") return (number) => number < bound || (inclusive && number === bound);
  return (number) => number > bound || (inclusive && number === bound);
}

function ofArray(def: z.core.$ZodArrayDef, withRules: boolean): Recogniser | null {
  const element = made(def.element, withRules);
  const checks = allOf(def.checks, lengthCheck);
  if (element === null || checks === null) return null;
  return (value) => {
    if (!Array.isArray(value) || !passes(checks, value.length)) return false;
    for (let at = 0; at < value.length; at += 1) if (!element(value[at])) return false;
    return true;
  };
}

function lengthCheck(check: Check): ((length: number) => boolean) | null {
  const { def } = (check as z.core.$ZodChecks)._zod;
  if (def.check === "max_length") {
    const { maximum } = def;
    return (length) => length <= maximum;
  }
  if (def.check !== "min_length") return null;
  const { minimum } = def;
  return (length) => length >= minimum;
}

interface Field {
  readonly key: string;
  readonly recognises: Recogniser;
  readonly isOptional: boolean;
}

/** Only objects that refuse keys which they do not name: from others something would be left out. */
function ofObject(def: z.core.$ZodObjectDef, withRules: boolean): Recogniser | null {
  if ((def.catchall as Schemas | undefined)?._zod.def.type !== "never" || hasChecks(def)) return null;
  const fields: Field[] = [];
  for (const [key, schema] of Object.entries(def.shape)) {
    const recognises = made(schema, withRules);
    // What every object inherits would count as there.
    if (recognises === null || key in Object.prototype) return null;
    fields.push({ key, recognises, isOptional: (schema as Schemas)._zod.def.type === "optional" });
  }
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    let known = 0;
    for (const { key, recognises, isOptional } of fields) {
      const field: unknown = (value as Readonly<Record<string, unknown>>)[key];
      if (field === undefined) {
        if (!isOptional) return false;
      } else {
        if (!recognises(field)) return false;
        known += 1;
      }
    }
    for (const _ in value) known -= 1;
    return known === 0;
  };
}

/** Whichever of them takes it leaves it as it is; not of those where one and no more is to take it. */
function ofUnion(def: z.core.$ZodUnionDef, withRules: boolean): Recogniser | null {
  if (hasChecks(def)) return null;
  if (withRules && "discriminator" in def) return ofTold(def as z.core.$ZodDiscriminatedUnionDef);
  if (def.inclusive === false && !("discriminator" in def)) return null;
  const options: Recogniser[] = [];
  for (const schema of def.options) {
    const option = made(schema, withRules);
    if (option === null) return null;
    options.push(option);
  }
  return (value) => options.some((option) => option(value));
}

/** Each by the values of the key that tells it from the others: none of another could be meant. */
function ofTold({ options, discriminator }: z.core.$ZodDiscriminatedUnionDef): Recogniser | null {
  const byName = new Map<unknown, Recogniser>();
  for (const schema of options) {
    const option = made(schema, true);
    const names = (schema as Schemas)._zod.propValues?.[discriminator] ?? [];
    if (option !== null) for (const name of names) byName.set(name, option);
  }
  if (byName.size === 0) return null;
  return (value) => {
    if (typeof value !== "object" || value === null) return false;
    const option = byName.get((value as Readonly<Record<string, unknown>>)[discriminator]);
    return option?.(value) === true;
  };
}

function allOf<T>(
  checks: readonly Check[] | undefined,
  checkOf: (check: Check) => ((value: T) => boolean) | null,
): readonly ((value: T) => boolean)[] | null {
  const all: ((value: T) => boolean)[] = [];
  for (const check of checks ?? []) {
    const one = checkOf(check);
    if (one === null) return null;
    all.push(one);
  }
  return all;
}

function passes<T>(checks: readonly ((value: T) => boolean)[], value: T): boolean {
  for (let at = 0; at < checks.length; at += 1) if (checks[at]?.(value) !== true) return false;
  return true;
}
