import type { StaffId } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { type Result, refused } from "#domain/result.ts";
import type { JournalHead } from "../ports.ts";
import { durably } from "./durably.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** An act was refused inside the journal's turn, so that nothing is written. */
class NotDone extends Error {}

/**
 * Writes one entry whose fact is decided inside the journal's turn, when nothing else can come between: `factOf` answers the fact, or why there is
 * none, and then nothing is written.
 */
export async function writeDecided<R extends string>(
  { journal, onTrouble }: Pick<ShopPorts, "journal" | "onTrouble">,
  { staff, factOf }: { readonly staff: StaffId; readonly factOf: (head: JournalHead) => Fact | R },
): Promise<Result<JournalEntry, R | "storage">> {
  let refusal: R | null = null;
  const makeFact = (head: JournalHead): Fact => {
    const fact = factOf(head);
    if (typeof fact !== "string") return fact;
    refusal = fact;
    throw new NotDone(`nothing was done: ${fact}`);
  };
  const told = (error: unknown): void => {
    if (!(error instanceof NotDone)) onTrouble(error);
  };
  const written = await durably(() => journal.append({ staff, makeFact }), told);
  return written.ok ? written : refused(refusal ?? written.reason);
}
