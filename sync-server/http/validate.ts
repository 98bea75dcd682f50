import type { z } from "zod";
import { recogniserWithRulesOf } from "#protocol/recognise.ts";
import { Refusal } from "./errors.ts";

const MAX_DETAILS = 10;

/** The value as its schema types it. Throws a `badRequest` refusal that names what is wrong and where. */
export function validated<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues
    .slice(0, MAX_DETAILS)
    .map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
  throw new Refusal("badRequest", "The request does not have the form that this address takes.", details);
}

/** The same for what comes so often that its schema is asked only where a test made of it does not know the value. Made once, for all that come. */
export function validatorOf<S extends z.ZodType>(schema: S): (value: unknown) => z.output<S> {
  const recognises = recogniserWithRulesOf(schema);
  // What is recognised is what the schema would answer, but for the order of its keys, which is that of whoever sent it.
  return (value) => (recognises?.(value) === true ? (value as z.output<S>) : validated(schema, value));
}
