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
  const { def } = (schema as Schemas)._zod;
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
      const inner = hasChecks(def) ? null : recogniserOf(def.innerType);
      return inner && ((value) => value === null || inner(value));
    }
    case "optional":
      return hasChecks(def) ? null : recogniserOf(def.innerType);
    case "array":
      return ofArray(def);
    case "object":
      return ofObject(def);
    case "union":
      return ofUnion(def);
    default:
      return null;
  }
}

function hasChecks({ checks = [] }: { readonly checks?: readonly Check[] | undefined }): boolean {
  return checks.length > 0;
}

/** Of texts alone: a number may be zero in two ways. */
function oneOf(values: readonly unknown[]): Recogniser | null {
  if (!values.every((value) => typeof value === "string")) return null;
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

function ofArray(def: z.core.$ZodArrayDef): Recogniser | null {
  const element = recogniserOf(def.element);
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
function ofObject(def: z.core.$ZodObjectDef): Recogniser | null {
  if ((def.catchall as Schemas | undefined)?._zod.def.type !== "never" || hasChecks(def)) return null;
  const fields: Field[] = [];
  for (const [key, schema] of Object.entries(def.shape)) {
    const recognises = recogniserOf(schema);
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
function ofUnion(def: z.core.$ZodUnionDef): Recogniser | null {
  if (hasChecks(def) || (def.inclusive === false && !("discriminator" in def))) return null;
  const options: Recogniser[] = [];
  for (const schema of def.options) {
    const option = recogniserOf(schema);
    if (option === null) return null;
    options.push(option);
  }
  return (value) => options.some((option) => option(value));
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
