import { takenInStore } from "#domain/ticket/paid-online.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { SALES_SLOT_MS } from "../../dashboard/port.ts";
import { SqlTrailWrites } from "./trail-writes.ts";

/** Sums that are kept as tickets come in, so that nobody has to read them all. */
export class SqlDashboardWrites extends SqlTrailWrites {
  protected async noteSale(ticket: Ticket): Promise<void> {
    const { store, businessDay, completedAt, currency } = ticket;
    this.database.send(
      `INSERT INTO sales_slots (day, store, slot, currency, tickets, minor) VALUES (?, ?, ?, ?, 1, ?)
        ON CONFLICT (day, store, slot, currency) DO UPDATE SET tickets = sales_slots.tickets + 1, minor = sales_slots.minor + excluded.minor`,
      businessDay,
      store,
      Math.floor(completedAt / SALES_SLOT_MS),
      currency,
      takenInStore(ticket).minor,
    );
  }
}
