import { type CreditId, type Id, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { type Account, creditAccount, type LedgerEntry, type Posting } from "#domain/value/ledger.ts";
import type { CreditReads, CreditRecord } from "../../credits/port.ts";
import type { Row } from "./database.ts";
import { SqliteReturnReads } from "./return-reads.ts";
import { searchPattern } from "./search-words.ts";

const FOUND =
  "FROM credits AS c WHERE c.id = ?1 OR (?1 IS NULL AND (?2 = '' OR c.tail = upper(?2) OR EXISTS (SELECT 1 FROM ledger_postings AS p JOIN ledger_entries AS e ON e.id = p.entry WHERE p.account = 'credit:' || c.id AND lower(e.number) LIKE ?3 ESCAPE '\\')))";

/** The books of what the shop owes. */
export class SqliteCreditReads extends SqliteReturnReads implements CreditReads {
  async ledgerEntries(account: Account): Promise<readonly LedgerEntry[]> {
    return this.database
      .all(
        "SELECT e.* FROM ledger_entries AS e WHERE e.id IN (SELECT entry FROM ledger_postings WHERE account = ?) ORDER BY e.at, e.id",
        account,
      )
      .map((row) => this.#entry(row));
  }

  async credits({
    id,
    search,
    limit,
  }: {
    readonly id: CreditId | null;
    readonly search: string;
    readonly limit: number;
  }): Promise<{ readonly credits: readonly CreditRecord[]; readonly total: number }> {
    const asked = [id, search.trim(), searchPattern(search)] as const;
    const rows = this.database.all(
      `SELECT c.id, c.tail ${FOUND} ORDER BY c.cursor DESC LIMIT ?4`,
      ...asked,
      limit,
    );
    return {
      credits: rows.map((row) => ({ id: idOf<"Credit">(String(row.id)), tail: String(row.tail) })),
      total: Number(this.database.get(`SELECT count(*) AS n ${FOUND}`, ...asked)?.n),
    };
  }

  #entry(row: Row): LedgerEntry {
    const postings = this.database.all(
      "SELECT account, minor, currency FROM ledger_postings WHERE entry = ? ORDER BY place",
      String(row.id),
    );
    const [first, second] = postings.map(toPosting);
    if (first === undefined || second === undefined) throw new Error(`the entry ${row.id} has no two sides`);
    return {
      id: String(row.id),
      kind: row.kind === "issued" ? "issued" : "spent",
      at: instant(Number(row.at)),
      ticket: orNone<"Ticket">(row.ticket),
      number: orNone<"ReceiptNumber">(row.number),
      store: orNone<"Store">(row.store),
      device: orNone<"Device">(row.device),
      staff: orNone<"Staff">(row.staff),
      postings: [first, second],
    };
  }
}

function orNone<Kind extends string>(value: Row[string] | undefined): Id<Kind> | null {
  return value === "" ? null : idOf<Kind>(String(value));
}

function toAccount(name: string): Account {
  if (name === "issued" || name === "sales") return name;
  return creditAccount(idOf<"Credit">(name.slice(name.indexOf(":") + 1)));
}

function toPosting({ account, minor, currency }: Row): Posting {
  return {
    account: toAccount(String(account)),
    amount: money(Number(minor), idOf<"Currency">(String(currency))),
  };
}
