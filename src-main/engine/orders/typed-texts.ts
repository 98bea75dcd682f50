import { typedText } from "#domain/ticket/typed-text.ts";

/** Plain data with every text in it fit for the journal: reasons, names and addresses are typed into fields that cut them off anywhere. */
export function withTypedTexts<T>(value: T): T {
  return typed(value) as T;
}

function typed(value: unknown): unknown {
  if (typeof value === "string") return typedText(value);
  if (Array.isArray(value)) return value.map(typed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typed(each)]));
}
