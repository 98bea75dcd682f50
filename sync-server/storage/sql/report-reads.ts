import { idOf, instant, type OrderId, type StaffId, type TicketId, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import {
  type PartFamily,
  type ReportLine,
  type ReportPart,
  SALES_CHANNELS,
  type SalesChannel,
  type TicketFacts,
} from "#domain/reports/facts.ts";
import type { SoldLine } from "#domain/reports/ticket-facts.ts";
import type { PurchaseLineRef } from "#domain/returns/purchase.ts";
import type { GoodsFacts, ReportReads, SoldAt } from "../../reports/port.ts";
import type { Row } from "./database.ts";
import { SqlReplenishReads } from "./replenish-reads.ts";
import { toSums } from "./report-columns.ts";

const OF_TICKET = "(SELECT day, store, ticket FROM report_tickets WHERE ticket = ?)";

/** What reports know of each ticket. What they add up is read aside (`report-rows.ts`). */
export class SqlReportReads extends SqlReplenishReads implements ReportReads {
  async ticketFacts(id: TicketId): Promise<TicketFacts | null> {
    const row = await this.database.get("SELECT * FROM report_tickets WHERE ticket = ?", id);
    if (row === undefined) return null;
    const lines = await this.database.all(
      `SELECT l.*, n.name AS label FROM report_lines l LEFT JOIN report_names n ON n.family = 'article' AND n.value = l.variant
        WHERE (l.day, l.store, l.ticket) = ${OF_TICKET} ORDER BY position`,
      id,
    );
    const parts = await this.database.all(
      `SELECT p.*, n.name AS label FROM report_parts p LEFT JOIN report_names n ON n.family = p.family AND n.value = p.value
        WHERE p.family IN ('tender', 'tax', 'discount', 'promotion', 'refund') AND (p.day, p.store, p.ticket) = ${OF_TICKET} ORDER BY p.family, p.place`,
      id,
    );
    return {
      ticket: id,
      order: row.order_id === null ? null : idOf<"Order">(String(row.order_id)),
      number: String(row.number),
      at: instant(Number(row.at)),
      store: idOf<"Store">(String(row.store)),
      device: idOf<"Device">(String(row.device)),
      staff: idOf<"Staff">(String(row.staff)),
      customer: row.customer === null ? null : idOf<"Customer">(String(row.customer)),
      day: idOf<"BusinessDay">(String(row.day)),
      hour: Number(row.hour),
      currency: idOf<"Currency">(String(row.currency)),
      due: Number(row.due),
      rounding: Number(row.rounding),
      giftCards: Number(row.gift_cards),
      lines: lines.map(toLine),
      parts: parts.map(toPart),
    };
  }

  async goodsFacts(variants: readonly VariantId[]): Promise<ReadonlyMap<VariantId, GoodsFacts>> {
    const found = await this.database.all(
      `SELECT w.value AS variant, c.product, c.category, c.brand, o.minor, o.currency FROM json_each(?) w
        LEFT JOIN variants v ON v.id = w.value LEFT JOIN catalogue c ON c.product = v.product LEFT JOIN costs o ON o.variant = w.value`,
      JSON.stringify(variants),
    );
    return new Map(found.map((row) => [idOf<"Variant">(String(row.variant)), toGoods(row)]));
  }

  async soldLine({ purchase, position }: PurchaseLineRef): Promise<SoldAt | null> {
    const where =
      purchase.kind === "ticket"
        ? `(day, store, ticket) = ${OF_TICKET} AND position = ?`
        : "of_ticket = ? AND of_position = ? AND kind = 'sold'";
    const row = await this.database.get(
      `SELECT store, channel, seller, product, category, brand, unit_cost FROM report_lines WHERE ${where} ORDER BY sold_pieces DESC, day, store LIMIT 1`,
      purchase.id,
      position,
    );
    return row === undefined ? null : { sold: toSold(row), store: idOf<"Store">(String(row.store)) };
  }

  async factsOfOrder(id: OrderId): Promise<readonly TicketFacts[]> {
    const all: TicketFacts[] = [];
    for (const { ticket } of await this.database.all(
      "SELECT ticket FROM report_tickets WHERE order_id = ? ORDER BY at, ticket",
      id,
    )) {
      const facts = await this.ticketFacts(idOf<"Ticket">(String(ticket)));
      if (facts !== null) all.push(facts);
    }
    return all;
  }

  async ticketsTakingBack(ids: readonly TicketId[]): Promise<ReadonlyMap<TicketId, readonly TicketId[]>> {
    const found = await this.database.all(
      `SELECT DISTINCT of_ticket, ticket FROM report_lines
        WHERE of_ticket IN (SELECT value FROM json_each(?)) ORDER BY of_ticket, ticket`,
      JSON.stringify(ids),
    );
    const all = new Map<TicketId, TicketId[]>();
    for (const { of_ticket, ticket } of found) {
      const of = idOf<"Ticket">(String(of_ticket));
      const taking = all.get(of) ?? [];
      all.set(of, taking);
      taking.push(idOf<"Ticket">(String(ticket)));
    }
    return all;
  }

  async uncountedBelow(): Promise<number | null> {
    const row = await this.database.get("SELECT below FROM report_backlog");
    return row === undefined ? null : Number(row.below);
  }
}

function toGoods({ product, category, brand, minor, currency }: Row): GoodsFacts {
  return {
    article:
      product === null
        ? null
        : { product: String(product), category: String(category), brand: String(brand) },
    cost: minor === null ? null : money(Number(minor), idOf<"Currency">(String(currency))),
  };
}

function toSold(row: Row): SoldLine {
  return {
    channel: toChannel(row.channel),
    seller: toSeller(row.seller),
    product: String(row.product),
    category: String(row.category),
    brand: String(row.brand),
    unitCost: row.unit_cost == null ? null : Number(row.unit_cost),
  };
}

function toLine(row: Row): ReportLine {
  return {
    ...toSold(row),
    position: Number(row.position),
    kind: row.kind === "sold" ? "sold" : row.kind === "returned" ? "returned" : "repriced",
    variant: idOf<"Variant">(String(row.variant)),
    of:
      row.of_ticket == null
        ? null
        : { ticket: idOf<"Ticket">(String(row.of_ticket)), position: Number(row.of_position) },
    reason: (row.reason ?? null) as ReportLine["reason"],
    label: String(row.label ?? ""),
    sums: toSums(row),
  };
}

function toPart(row: Row): ReportPart {
  return {
    family: String(row.family) as PartFamily,
    place: Number(row.place),
    channel: row.channel === "" ? "" : toChannel(row.channel),
    value: String(row.value),
    variant: row.variant === "" ? "" : idOf<"Variant">(String(row.variant)),
    label: String(row.label ?? ""),
    sums: toSums(row),
  };
}

function toChannel(value: unknown): SalesChannel {
  return SALES_CHANNELS.find((each) => each === value) ?? "store";
}

function toSeller(value: unknown): StaffId | null {
  return value === "" ? null : idOf<"Staff">(String(value));
}
