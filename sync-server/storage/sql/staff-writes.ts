import type { CommissionLine } from "#domain/staff/commission.ts";
import type { ClockCorrection } from "#domain/staff/hours.ts";
import type { StaffLogEntry } from "#domain/staff/log.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { Colleague, StaffWrites } from "../../staff/port.ts";
import type { SqlInput } from "./database.ts";
import { insertRows } from "./insert-rows.ts";
import { SqlPriceWrites } from "./price-writes.ts";
import { staffWords } from "./search-words.ts";

/** The acts on who works for the retailer, and on what is kept of their work. */
export class SqlStaffWrites extends SqlPriceWrites implements StaffWrites {
  async putColleague(colleague: Colleague): Promise<void> {
    const { member, stores } = colleague;
    await this.database.run(
      `INSERT INTO colleagues (id, name, words, active, data) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, words = excluded.words, active = excluded.active, data = excluded.data`,
      member.id,
      member.name,
      staffWords(member),
      Number(member.active),
      JSON.stringify(colleague),
    );
    await this.database.run("DELETE FROM colleague_stores WHERE colleague = ?", member.id);
    for (const store of stores ?? [])
      await this.database.run(
        "INSERT INTO colleague_stores (colleague, store) VALUES (?, ?)",
        member.id,
        store,
      );
  }

  async addStaffLog(entry: StaffLogEntry): Promise<boolean> {
    const added = await this.database.run(
      "INSERT INTO staff_log (id, kind, staff, store, at, approved_by, data) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
      entry.id,
      entry.kind,
      entry.staff,
      entry.store,
      entry.at,
      entry.approvedBy,
      JSON.stringify(entry),
    );
    return added > 0;
  }

  async addClockCorrection(correction: ClockCorrection): Promise<void> {
    await this.database.run(
      "INSERT INTO clock_corrections (id, span, begins_at, data) VALUES (?, ?, ?, ?)",
      correction.id,
      correction.span,
      correction.from,
      JSON.stringify(correction),
    );
  }

  async addCommission(of: Parameters<StaffWrites["addCommission"]>[0]): Promise<void> {
    await insertRows(this.database, {
      into: "commission_lines (ticket, position, kind, store, day, seller, of_ticket, of_position, pieces, total, net, currency)",
      rows: of.flatMap(({ ticket, lines }) => lines.map((line) => commissionValues(ticket, line))),
      tail: "ON CONFLICT (ticket, position) DO NOTHING",
    });
  }
}

function commissionValues(
  { id, store, businessDay }: Pick<Ticket, "id" | "store" | "businessDay">,
  { position, kind, seller, pieces, total, net }: CommissionLine,
): readonly SqlInput[] {
  const of = seller?.kind === "soldAt" && seller.line.purchase.kind === "ticket" ? seller.line : null;
  return [
    ...[id, position, kind, store, businessDay],
    ...[seller?.kind === "staff" ? seller.staff : null, of?.purchase.id ?? null, of?.position ?? null],
    ...[pieces, total.minor, net.minor, total.currency],
  ];
}
