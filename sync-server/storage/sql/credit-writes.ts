import type { Instant } from "#domain/ids.ts";
import type { LedgerEntry } from "#domain/value/ledger.ts";
import type { CreditRecord, CreditWrites, HoldRecord, OnlineSale } from "../../credits/port.ts";
import { SqlReturnWrites } from "./return-writes.ts";

/** The acts on the books of what the shop owes. */
export class SqlCreditWrites extends SqlReturnWrites implements CreditWrites {
  async addLedgerEntry(entry: LedgerEntry, bookedAt: Instant): Promise<boolean> {
    const { id, kind, at, ticket, number, store, device, staff, note = "", postings } = entry;
    const added = await this.database.run(
      "INSERT INTO ledger_entries (id, kind, at, ticket, number, store, device, staff, booked_at, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
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
      note,
    );
    if (added === 0) return false;
    for (const [place, { account, amount }] of postings.entries())
      await this.database.run(
        "INSERT INTO ledger_postings (entry, place, account, minor, currency) VALUES (?, ?, ?, ?, ?)",
        id,
        place,
        account,
        amount.minor,
        amount.currency,
      );
    return true;
  }

  async putHold({
    id,
    credit,
    channel,
    key,
    state,
    held,
    captured,
    refunded,
    order,
    expiresAt,
  }: HoldRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO credit_holds (id, credit, kind, tail, channel, idempotency_key, state, held, captured, refunded, currency, order_ref, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, held = excluded.held, captured = excluded.captured, refunded = excluded.refunded, order_ref = excluded.order_ref, expires_at = excluded.expires_at",
      id,
      credit.id,
      credit.kind,
      credit.tail,
      channel,
      key,
      state,
      held.minor,
      captured.minor,
      refunded.minor,
      held.currency,
      order,
      expiresAt,
    );
  }

  async addOnlineSale({ channel, key, code, amount, order }: OnlineSale): Promise<void> {
    await this.database.run(
      "INSERT INTO gift_cards_sold_online (channel, idempotency_key, code, minor, currency, order_ref) VALUES (?, ?, ?, ?, ?, ?)",
      channel,
      key,
      code,
      amount.minor,
      amount.currency,
      order,
    );
  }

  async addCredit({ id, kind, tail }: CreditRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO credits (id, kind, tail) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
      id,
      kind,
      tail,
    );
  }
}
