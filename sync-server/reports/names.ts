import type { Storage } from "../storage/port.ts";
import type { ReportQuestion } from "./question.ts";

/** What rows of a report are called. */
export interface RowNames {
  /** The name that what a row is about has of its own; undefined where it has none. */
  readonly found: (key: string) => string | undefined;
  /** What a row is called in questions: a store by its code. */
  readonly keyOf: (key: string) => string;
  /** Of the stores that the question is about; null: all. */
  readonly codes: readonly string[] | null;
}

/** `known`: names that came with the rows. */
export async function namesFor(
  storage: Storage,
  { group, stores }: Pick<ReportQuestion, "group" | "stores">,
  known: Readonly<Record<string, string>>,
): Promise<RowNames> {
  const codes = await codesOf(storage);
  const staff = group === "seller" ? await storage.read((tx) => tx.staffNames()) : new Map<string, string>();
  return {
    found(key) {
      const store = group === "store" ? codes.get(key) : undefined;
      if (store !== undefined) return `${store.code} ${store.name}`;
      return group === "seller" ? staff.get(key) : known[key];
    },
    keyOf: (key) => (group === "store" ? (codes.get(key)?.code ?? key) : key),
    codes: stores?.map((store) => codes.get(store)?.code ?? store) ?? null,
  };
}

/** Codes and names of all stores. */
export async function codesOf(
  storage: Storage,
): Promise<ReadonlyMap<string, { readonly code: string; readonly name: string }>> {
  const stores = await storage.read((tx) => tx.stores());
  return new Map(stores.map(({ store, code, name }) => [store, { code, name }]));
}
