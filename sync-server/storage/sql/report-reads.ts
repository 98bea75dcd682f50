import { idOf, instant, type StaffId, type TicketId, type VariantId } from "#domain/ids.ts";
import {
  type PartFamily,
  type ReportLine,
  type ReportPart,
  SALES_CHANNELS,
  type SalesChannel,
  type TicketFacts,
} from "#domain/reports/facts.ts";
import type { ArticleFacts, SoldLine } from "#domain/reports/ticket-facts.ts";
import type { ReportReads } from "../../reports/port.ts";
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

  async articleFacts(variant: VariantId): Promise<ArticleFacts | null> {
    const row = await this.database.get(
      "SELECT c.product, c.category, c.brand FROM variants v JOIN catalogue c ON c.product = v.product WHERE v.id = ?",
      variant,
    );
    if (row === undefined) return null;
    return { product: String(row.product), category: String(row.category), brand: String(row.brand) };
  }

  async soldLine({ ticket, position }: Parameters<ReportReads["soldLine"]>[0]): Promise<SoldLine | null> {
    const row = await this.database.get(
      `SELECT channel, seller, product, category, brand, unit_cost FROM report_lines WHERE (day, store, ticket) = ${OF_TICKET} AND position = ?`,
      ticket,
      position,
    );
    return row === undefined ? null : toSold(row);
  }

  async ticketsTakingBack(id: TicketId): Promise<readonly TicketId[]> {
    return (await this.database.all("SELECT DISTINCT ticket FROM report_lines WHERE of_ticket = ?", id)).map(
      ({ ticket }) => idOf<"Ticket">(String(ticket)),
    );
  }

  async uncountedBelow(): Promise<number | null> {
    const row = await this.database.get("SELECT below FROM report_backlog");
    return row === undefined ? null : Number(row.below);
  }
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
