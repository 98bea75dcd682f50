import { type CreditId, type Id, type Instant, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { ValueKind } from "#domain/value/credit-code.ts";
import { HOLD_STATES } from "#domain/value/hold.ts";
import { type Account, accountNamed, type LedgerEntry, type Posting } from "#domain/value/ledger.ts";
import { MOVE_KINDS, type MoveKind } from "#domain/value/moves.ts";
import type { CreditReads, CreditRecord, HoldRecord, OnlineSale } from "../../credits/port.ts";
import type { Row } from "./database.ts";
import { SqlReturnReads } from "./return-reads.ts";
import { searchPattern } from "./search-words.ts";

const FOUND =
  "FROM credits AS c WHERE (?4 IS NULL OR c.kind = ?4) AND (c.id = ?1 OR (?1 IS NULL AND (?2 = '' OR c.tail = upper(?2) OR EXISTS (SELECT 1 FROM ledger_postings AS p JOIN ledger_entries AS e ON e.id = p.entry WHERE p.account = CASE c.kind WHEN 'credit' THEN 'credit:' ELSE 'giftcard:' END || c.id AND (lower(e.number) LIKE ?3 ESCAPE '\\' OR lower(e.note) LIKE ?3 ESCAPE '\\')))))";

/** The books of what the shop owes. */
export class SqlCreditReads extends SqlReturnReads implements CreditReads {
  async ledgerEntries(account: Account): Promise<readonly LedgerEntry[]> {
    const rows = await this.database.all(
      "SELECT e.* FROM ledger_entries AS e WHERE e.id IN (SELECT entry FROM ledger_postings WHERE account = ?) ORDER BY e.at, e.id",
      account,
    );
    const entries: LedgerEntry[] = [];
    for (const row of rows) entries.push(await this.#entry(row));
    return entries;
  }

  async credits({
    id,
    kind,
    search,
    limit,
  }: {
    readonly id: CreditId | null;
    readonly kind: ValueKind | null;
    readonly search: string;
    readonly limit: number;
  }): Promise<{ readonly credits: readonly CreditRecord[]; readonly total: number }> {
    const asked = [id, search.trim(), searchPattern(search), kind] as const;
    const rows = await this.database.all(
      `SELECT c.id, c.kind, c.tail ${FOUND} ORDER BY c.cursor DESC LIMIT ?5`,
      ...asked,
      limit,
    );
    return {
      credits: rows.map(toCredit),
      total: Number((await this.database.get(`SELECT count(*) AS n ${FOUND}`, ...asked))?.n),
    };
  }

  async credit(id: CreditId): Promise<CreditRecord | null> {
    const row = await this.database.get("SELECT id, kind, tail FROM credits WHERE id = ?", id);
    return row === undefined ? null : toCredit(row);
  }

  async hold(id: string): Promise<HoldRecord | null> {
    const row = await this.database.get("SELECT * FROM credit_holds WHERE id = ?", id);
    return row === undefined ? null : toHold(row);
  }

  async holdByKey({ channel, key }: Pick<HoldRecord, "channel" | "key">): Promise<HoldRecord | null> {
    const row = await this.database.get(
      "SELECT * FROM credit_holds WHERE channel = ? AND idempotency_key = ?",
      channel,
      key,
    );
    return row === undefined ? null : toHold(row);
  }

  async holdsOf(credit: CreditId): Promise<readonly HoldRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM credit_holds WHERE credit = ? AND state = 'held' ORDER BY id",
        credit,
      )
    ).map(toHold);
  }

  async onlineSale({ channel, key }: Pick<OnlineSale, "channel" | "key">): Promise<OnlineSale | null> {
    const row = await this.database.get(
      "SELECT * FROM gift_cards_sold_online WHERE channel = ? AND idempotency_key = ?",
      channel,
      key,
    );
    if (row === undefined) return null;
    const amount = money(Number(row.minor), idOf<"Currency">(String(row.currency)));
    return { channel, key, code: String(row.code), amount, order: String(row.order_ref) };
  }

  async dormantGiftCards({
    before,
    after,
    limit,
  }: {
    readonly before: Instant;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly CreditRecord[]> {
    return (
      await this.database.all(
        "SELECT c.id, c.kind, c.tail FROM credits AS c JOIN ledger_postings AS p ON p.account = 'giftcard:' || c.id JOIN ledger_entries AS e ON e.id = p.entry WHERE c.kind = 'giftCard' AND c.id > ? GROUP BY c.id, c.kind, c.tail HAVING sum(p.minor) > 0 AND max(CASE WHEN p.minor > 0 THEN e.at END) < ? ORDER BY c.id LIMIT ?",
        after,
        before,
        limit,
      )
    ).map(toCredit);
  }

  async #entry(row: Row): Promise<LedgerEntry> {
    const postings = await this.database.all(
      "SELECT account, minor, currency FROM ledger_postings WHERE entry = ? ORDER BY place",
      String(row.id),
    );
    const [first, second] = postings.map(toPosting);
    if (first === undefined || second === undefined) throw new Error(`the entry ${row.id} has no two sides`);
    return {
      id: String(row.id),
      kind: moveKindOf(String(row.kind)),
      at: instant(Number(row.at)),
      ticket: orNone<"Ticket">(row.ticket),
      number: orNone<"ReceiptNumber">(row.number),
      store: orNone<"Store">(row.store),
      device: orNone<"Device">(row.device),
      staff: orNone<"Staff">(row.staff),
      ...(row.note === "" ? {} : { note: String(row.note) }),
      postings: [first, second],
    };
  }
}

function orNone<Kind extends string>(value: Row[string] | undefined): Id<Kind> | null {
  return value === "" ? null : idOf<Kind>(String(value));
}

function toCredit(row: Row): CreditRecord {
  return {
    id: idOf<"Credit">(String(row.id)),
    kind: row.kind === "giftCard" ? "giftCard" : "credit",
    tail: String(row.tail),
  };
}

function toHold(row: Row): HoldRecord {
  const currency = idOf<"Currency">(String(row.currency));
  return {
    id: String(row.id),
    credit: toCredit({ ...row, id: row.credit ?? "" }),
    channel: idOf<"Channel">(String(row.channel)),
    key: String(row.idempotency_key),
    state: HOLD_STATES.find((each) => each === row.state) ?? "released",
    held: money(Number(row.held), currency),
    captured: money(Number(row.captured), currency),
    refunded: money(Number(row.refunded), currency),
    order: String(row.order_ref),
    expiresAt: instant(Number(row.expires_at)),
  };
}

function moveKindOf(name: string): MoveKind {
  const kind = MOVE_KINDS.find((each) => each === name);
  if (kind === undefined) throw new Error(`the books know no move ${name}`);
  return kind;
}

function toAccount(name: string): Account {
  const account = accountNamed(name);
  if (account === null) throw new Error(`the books have no account ${name}`);
  return account;
}

function toPosting({ account, minor, currency }: Row): Posting {
  return {
    account: toAccount(String(account)),
    amount: money(Number(minor), idOf<"Currency">(String(currency))),
  };
}
