import type { StaffId } from "#domain/ids.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** What a colleague is called; the id where nobody knows them, empty where nobody was signed in. */
export async function staffName(tx: ReadTransaction, staff: StaffId | null): Promise<string> {
  return staff === null ? "" : ((await tx.colleague(staff))?.member.name ?? staff);
}
