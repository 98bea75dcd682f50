import { type HistoryEntry, historyOfOrder, historyOfTicket } from "#domain/customer/history.ts";
import { type ChannelId, type CustomerId, idOf } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { settledBack } from "#domain/returns/returned.ts";
import { type CustomerHistory, MAX_HISTORY_ENTRIES } from "#protocol/documents/history.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { HistoryRef } from "./port.ts";

/** What a customer bought and ordered, the newest first. Of orders those of `channels` alone, of every channel where none is named. */
export async function customerHistory(
  tx: ReadTransaction,
  { customer, channels }: { readonly customer: CustomerId; readonly channels: readonly ChannelId[] },
): Promise<CustomerHistory> {
  const found = await tx.historyOf({ customer, channels, limit: MAX_HISTORY_ENTRIES + 1 });
  const names = new Map((await tx.stores()).map(({ store, name }) => [store, name]));
  const entries: HistoryEntry[] = [];
  for (const ref of found.slice(0, MAX_HISTORY_ENTRIES)) entries.push(...(await entriesOf(tx, ref, names)));
  return {
    customer,
    entries: entries.slice(0, MAX_HISTORY_ENTRIES),
    hasMore: found.length > MAX_HISTORY_ENTRIES || entries.length > MAX_HISTORY_ENTRIES,
  };
}

async function entriesOf(
  tx: ReadTransaction,
  { kind, id }: HistoryRef,
  names: ReadonlyMap<string, string>,
): Promise<readonly HistoryEntry[]> {
  switch (kind) {
    case "ticket": {
      const record = await tx.ticket(idOf<"Ticket">(id));
      if (record === null) return [];
      const { ticket } = record;
      const entries = historyOfTicket(ticket, names.get(ticket.store) ?? "");
      const returned = await tx.returned({ kind: "ticket", id: ticket.id });
      const refunded = returned === null ? null : settledBack(returned, ticket.currency);
      return refunded === null || refunded.minor === 0
        ? entries
        : entries.map((entry) => ({ ...entry, refunded }));
    }
    case "order": {
      const order = await tx.order(idOf<"Order">(id));
      return order === null ? [] : [historyOfOrder(order, storesOf(order, names))];
    }
  }
}

function storesOf({ fulfilments }: Order, names: ReadonlyMap<string, string>): readonly string[] {
  const doing = fulfilments.filter(({ state }) => state !== "declined");
  return [...new Set(doing.map(({ store }) => names.get(store) ?? ""))].filter((name) => name !== "");
}
