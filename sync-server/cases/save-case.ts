import type { Case } from "#domain/cases/case.ts";
import { isOverdue, KEEP_CLOSED_MS } from "#domain/cases/deadline.ts";
import { caseEvent } from "../events/case-events.ts";
import { closeException } from "../exceptions/raise.ts";
import type { Publication } from "../sync/publisher.ts";

/** Writes a case as it has become, with all that follows from it in the same transaction. `before` is null for a new one. */
export async function saveCase(
  publication: Publication,
  {
    before,
    after,
    newId,
  }: { readonly before: Case | null; readonly after: Case; readonly newId: () => string },
): Promise<void> {
  const { tx, at } = publication;
  await tx.putCase(after);
  if (before !== null && before.store !== after.store) await publication.forgetCase(before.store, after.id);
  // What was closed for long and is only told of now would be taken off again at the next turn.
  if (after.closedAt === null || after.closedAt > at - KEEP_CLOSED_MS) await publication.putCase(after);
  await closeOverdue(publication, after);
  if (before !== null && whatShopsSee(before) === whatShopsSee(after)) return;
  const stores = await tx.stores();
  await tx.addEvent(caseEvent({ id: newId(), of: after, stores, at }));
}

/** Names the exception that a case is overdue, once for each time that it becomes so: what was done since tells the times apart. */
export function overdueId(of: Case): string {
  return `${overduePrefix(of)}${of.history.length}`;
}

function overduePrefix({ id }: Case): string {
  return `caseOverdue:${id}:`;
}

function whatShopsSee({ status, outcome, store, deadline }: Case): string {
  return JSON.stringify([status, outcome, store, deadline]);
}

/** Ends what was raised about a case that is not overdue any more, or that another store has now. */
async function closeOverdue(publication: Publication, after: Case): Promise<void> {
  const isStill = isOverdue(after, publication.at);
  for (const exception of await publication.tx.openExceptionsOf("caseOverdue")) {
    const isOurs = exception.id.startsWith(overduePrefix(after));
    if (!isOurs || (isStill && exception.store === after.store)) continue;
    const closing = { resolution: "causeGone", by: "", note: "", at: publication.at } as const;
    await closeException(publication, exception, closing);
  }
}
