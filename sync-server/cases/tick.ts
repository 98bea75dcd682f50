import type { Case } from "#domain/cases/case.ts";
import { KEEP_CLOSED_MS } from "#domain/cases/deadline.ts";
import { type Instant, instant } from "#domain/ids.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { overdueId } from "./save-case.ts";

/** Seen to in one turn; what is left is seen to in the next. */
const MAX_PER_TURN = 200;

/** Tells stores of cases that have become overdue, and takes off their tills what was closed for long. */
export async function tickCases({
  publisher,
  read,
  now,
}: {
  readonly publisher: Publisher;
  readonly read: <T>(work: (tx: ReadTransaction) => Promise<T>) => Promise<T>;
  readonly now: () => Instant;
}): Promise<void> {
  const at = now();
  const closedBefore = instant(Math.max(0, at - KEEP_CLOSED_MS));
  const { overdue, over } = await read(async (tx) => ({
    overdue: await tx.casesOverdue({ at, limit: MAX_PER_TURN }),
    over: await tx.casesToForget({ closedBefore, limit: MAX_PER_TURN }),
  }));
  if (overdue.length === 0 && over.length === 0) return;
  await publisher.publish(async (publication) => {
    for (const each of overdue) await tellOverdue(publication, each);
    for (const { id, store } of over) {
      await publication.forgetCase(store, id);
      await publication.tx.noteCaseForgotten(id);
    }
  });
}

async function tellOverdue(publication: Publication, of: Case): Promise<void> {
  await raiseException(publication, {
    id: overdueId(of),
    kind: "caseOverdue",
    store: of.store,
    subject: null,
    detail: { case: of.number, product: of.product.name },
  });
  await publication.tx.noteCaseOverdue(of.id);
}
