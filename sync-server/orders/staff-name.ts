import type { StaffId, StoreId } from "#domain/ids.ts";
import { staffSchema } from "#protocol/documents/staff.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { storeFeed } from "../sync/feeds.ts";

const MAX_STAFF = 1_000;

/** What a colleague of a store is called; the id where the store does not know them, empty where nobody was signed in. */
export async function staffName(
  tx: ReadTransaction,
  { store, staff }: { readonly store: StoreId; readonly staff: StaffId | null },
): Promise<string> {
  if (staff === null) return "";
  const ask = { feed: storeFeed(store), collection: "staff", after: 0, limit: MAX_STAFF } as const;
  const row = (await tx.feedRows(ask)).find(({ id }) => id === staff);
  return row?.data == null ? staff : staffSchema.parse(JSON.parse(row.data)).name;
}
