import type { LinkMailState, UserRow } from "#protocol/hq/access.ts";
import type { LinkMailRecord } from "../access/link-mail-port.ts";
import { publicUser } from "../access/sessions.ts";
import type { UserRecord } from "../access/users-port.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Users as HQ sees them: stores by their codes. */
export async function userRows(
  tx: Pick<ReadTransaction, "stores" | "linkMail">,
  users: readonly UserRecord[],
): Promise<UserRow[]> {
  const codes = new Map((await tx.stores()).map(({ store, code }) => [store, code]));
  const rows: UserRow[] = [];
  for (const record of users) {
    const { stores, ...user } = publicUser(record);
    const own = stores === null ? null : stores.flatMap((store) => codes.get(store) ?? []);
    rows.push({ ...user, stores: own, linkMail: stateOf(await tx.linkMail(record.id)) });
  }
  return rows;
}

function stateOf(mail: LinkMailRecord | null): LinkMailState | null {
  if (mail === null) return null;
  const { state, askedAt, tries, nextTryAt, sentAt, lastFailure } = mail;
  return { state, askedAt, tries, nextTryAt, sentAt, lastFailure };
}
