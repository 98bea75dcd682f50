import { staffLogOf } from "#domain/staff/log.ts";
import type { BookedEntry } from "../customers/book-fact.ts";
import type { Publication } from "../sync/publisher.ts";

/** Notes what an entry says of people at work: hours, sign-ins, what somebody allowed, goods and drawers that somebody may ask about. */
export async function bookStaffFact(
  { tx }: Publication,
  { entry, actedAt }: Pick<BookedEntry, "entry" | "actedAt">,
): Promise<void> {
  const logged = staffLogOf(entry, actedAt);
  if (logged !== null) await tx.addStaffLog(logged);
}
