import type { UserRow } from "#protocol/hq/access.ts";
import { publicUser } from "../access/sessions.ts";
import type { UserRecord } from "../access/users-port.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Users as HQ sees them: stores by their codes. */
export async function userRows(
  tx: Pick<ReadTransaction, "stores">,
  users: readonly UserRecord[],
): Promise<UserRow[]> {
  const codes = new Map((await tx.stores()).map(({ store, code }) => [store, code]));
  return users.map((record) => {
    const { stores, ...user } = publicUser(record);
    return { ...user, stores: stores === null ? null : stores.flatMap((store) => codes.get(store) ?? []) };
  });
}
