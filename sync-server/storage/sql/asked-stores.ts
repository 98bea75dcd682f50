import type { StoreAsk } from "#domain/access/roles.ts";

/** Which stores are asked for, as a list that `store IN (SELECT value FROM json_each(…))` reads; null: all. */
export function askedStores(ask: StoreAsk): string | null {
  if (ask === null) return null;
  return JSON.stringify(typeof ask === "string" ? [ask] : ask);
}
