import type { StaffId } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { JournalHead } from "../ports.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

/** Thrown inside the journal's turn so that nothing is written. */
class NothingWritten extends Error {}

/** Writes a fact that depends on what the journal says at that very moment, or nothing and the reason. */
export async function appendIf<const R extends string>(
  { journal, onTrouble }: Pick<ShopPorts, "journal" | "onTrouble">,
  { staff, make }: { readonly staff: StaffId; readonly make: (head: JournalHead) => Result<Fact, R> },
): Promise<Result<JournalEntry, R | "storage">> {
  const doubts: R[] = [];
  try {
    const entry = await journal.append({
      staff,
      makeFact: (head) => {
        const made = make(head);
        if (made.ok) return made.value;
        doubts.push(made.reason);
        throw new NothingWritten(made.reason);
      },
    });
    return ok(entry);
  } catch (error) {
    const [reason] = doubts;
    if (error instanceof NothingWritten && reason !== undefined) return refused(reason);
    onTrouble(error);
    return refused("storage");
  }
}
