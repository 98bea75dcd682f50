import type { Instant } from "#domain/ids.ts";
import type { LedgerEntry } from "#domain/value/ledger.ts";
import type { CreditRecord, CreditWrites } from "../../credits/port.ts";
import { SqliteReturnWrites } from "./return-writes.ts";

/** The acts on the books of what the shop owes. */
export class SqliteCreditWrites extends SqliteReturnWrites implements CreditWrites {
  async addLedgerEntry(entry: LedgerEntry, bookedAt: Instant): Promise<boolean> {
    const { id, kind, at, ticket, number, store, device, staff, postings } = entry;
    const added = this.database.run(
      "INSERT INTO ledger_entries (id, kind, at, ticket, number, store, device, staff, booked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      id,
      kind,
      at,
      // Empty for none, as `orNone` reads it.
      ticket ?? "",
      number ?? "",
      store ?? "",
      device ?? "",
      staff ?? "",
      bookedAt,
    );
    if (added === 0) return false;
    for (const [place, { account, amount }] of postings.entries())
      this.database.run(
        "INSERT INTO ledger_postings (entry, place, account, minor, currency) VALUES (?, ?, ?, ?, ?)",
        id,
        place,
        account,
        amount.minor,
        amount.currency,
      );
    return true;
  }

  async addCredit({ id, tail }: CreditRecord): Promise<void> {
    this.database.run("INSERT INTO credits (id, tail) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, tail);
  }
}
