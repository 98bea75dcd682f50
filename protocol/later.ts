import type { z } from "zod";

/** What one program sends may be of a later version than the one that reads it: so often are keys left out that it does not know. */
const ROUNDS = 5;

/** `partly`: without what the reader does not know. `not`: it says something of a kind that the reader has never heard of. */
export type LaterRead<T> =
  | { readonly read: "whole" | "partly"; readonly data: T }
  | { readonly read: "not"; readonly error: z.ZodError };

type Path = readonly PropertyKey[];
interface Unknown {
  readonly path: Path;
  readonly keys: readonly string[];
}

/**
 * Reads what a program of a later version may have written: keys that this version does not know are left out (SPEC S151), anything else that
 * does not fit makes it unreadable.
 */
export function readLater<S extends z.ZodType>(schema: S, value: unknown): LaterRead<z.output<S>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { read: "whole", data: parsed.data };
  let rest: unknown = value;
  let { error } = parsed;
  for (let round = 0; round < ROUNDS; round += 1) {
    const unknown = unknownKeys(error.issues, []);
    if (unknown === null) return { read: "not", error };
    rest = without(rest, unknown);
    const again = schema.safeParse(rest);
    if (again.success) return { read: "partly", data: again.data };
    error = again.error;
  }
  return { read: "not", error };
}

/** Reads what another program wrote: to the letter, or, where it `isLater` than this one, as far as this one knows it. */
export function readAs<S extends z.ZodType>(
  schema: S,
  value: unknown,
  isLater: boolean,
): LaterRead<z.output<S>> {
  if (isLater) return readLater(schema, value);
  const parsed = schema.safeParse(value);
  return parsed.success ? { read: "whole", data: parsed.data } : { read: "not", error: parsed.error };
}

/** Where keys are that nobody knows; null when something else is wrong as well. */
function unknownKeys(issues: readonly z.core.$ZodIssue[], at: Path): readonly Unknown[] | null {
  const all: Unknown[] = [];
  for (const issue of issues) {
    const path = [...at, ...issue.path];
    if (issue.code === "unrecognized_keys") all.push({ path, keys: issue.keys });
    else if (issue.code === "invalid_union") {
      const fitting = issue.errors
        .map((errors) => (errors.length === 0 ? null : unknownKeys(errors, path)))
        .find((found) => found !== null);
      if (fitting === undefined || fitting === null) return null;
      all.push(...fitting);
    } else return null;
  }
  return all;
}

function without(value: unknown, unknown: readonly Unknown[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  for (const { path, keys } of unknown) {
    const holder = path.reduce<unknown>(
      (inner, key) => (isObject(inner) ? Reflect.get(inner, key) : undefined),
      copy,
    );
    if (isObject(holder)) for (const key of keys) Reflect.deleteProperty(holder, key);
  }
  return copy;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
