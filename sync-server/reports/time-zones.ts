import type { StoreId } from "#domain/ids.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** The time zone of each of the stores; UTC where a store is not known. */
export async function timeZonesOf(
  tx: ReadTransaction,
  stores: readonly StoreId[],
): Promise<(store: StoreId) => string> {
  const found = await tx.storesOf([...new Set(stores)]);
  return (store) => found.get(store)?.timeZone ?? "UTC";
}
