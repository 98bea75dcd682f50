import { takenInStore } from "#domain/ticket/paid-online.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { SALES_SLOT_MS } from "../../dashboard/port.ts";
import type { SqlInput } from "./database.ts";
import { insertRows } from "./insert-rows.ts";
import { SqlTrailWrites } from "./trail-writes.ts";

/** Sums that are kept as tickets come in, so that nobody has to read them all. */
export class SqlDashboardWrites extends SqlTrailWrites {
  protected async noteSales(tickets: readonly Ticket[]): Promise<void> {
    const slots = new Map<string, { readonly key: readonly SqlInput[]; tickets: number; minor: number }>();
    for (const ticket of tickets) {
      const { store, businessDay, completedAt, currency } = ticket;
      const key = [businessDay, store, Math.floor(completedAt / SALES_SLOT_MS), currency];
      const slot = slots.get(key.join(" ")) ?? { key, tickets: 0, minor: 0 };
      slots.set(key.join(" "), slot);
      slot.tickets += 1;
      slot.minor += takenInStore(ticket).minor;
    }
    await insertRows(this.database, {
      into: "sales_slots (day, store, slot, currency, tickets, minor)",
      rows: [...slots.values()].map((slot) => [...slot.key, slot.tickets, slot.minor]),
      tail: "ON CONFLICT (day, store, slot, currency) DO UPDATE SET tickets = sales_slots.tickets + excluded.tickets, minor = sales_slots.minor + excluded.minor",
    });
  }
}
