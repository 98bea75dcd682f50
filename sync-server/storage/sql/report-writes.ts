import { idOf, type TicketId } from "#domain/ids.ts";
import {
  daySumsOf,
  hourText,
  type ReportLine,
  type ReportPart,
  type TicketFacts,
} from "#domain/reports/facts.ts";
import { FAMILIES } from "#domain/reports/families.ts";
import { negated, type Sums } from "#domain/reports/sums.ts";
import type { ReportWrites } from "../../reports/port.ts";
import type { SqlInput } from "./database.ts";
import { insertReturning, insertRows } from "./insert-rows.ts";
import { RAISED, SUM_COLUMNS, sumValues } from "./report-columns.ts";
import { SqlReportViewWrites } from "./report-view-writes.ts";

/** Under this name of a store the sums of all of them are kept. */
export const ALL_STORES = "";

/** What tickets add to reports, and to the sums of their days: of their store and of all stores. */
export class SqlReportWrites extends SqlReportViewWrites implements ReportWrites {
  async addTicketFacts(facts: readonly TicketFacts[]): Promise<ReadonlySet<TicketId>> {
    const all = [...firstOf(facts).values()];
    const added = await insertReturning(this.database, {
      into: REPORT_TICKETS,
      rows: all.map(ticketValues),
      tail: "ON CONFLICT (ticket) DO NOTHING RETURNING ticket",
    });
    const isNew = new Set(added.map(({ ticket }) => idOf<"Ticket">(String(ticket))));
    const fresh = all.filter(({ ticket }) => isNew.has(ticket));
    await insertRows(this.database, {
      into: REPORT_LINES,
      rows: fresh.flatMap((each) => each.lines.map((line) => lineValues(each, line))),
    });
    await insertRows(this.database, {
      into: REPORT_PARTS,
      rows: fresh.flatMap((each) => each.parts.map((part) => partValues(each, part))),
    });
    await this.#name(fresh);
    await this.#raise(fresh, (sums) => sums);
    return isNew;
  }

  async takeTicketFacts(id: TicketId): Promise<void> {
    const facts = await this.ticketFacts(id);
    if (facts === null) return;
    await this.#raise([facts], negated);
    this.database.send(
      "DELETE FROM report_sums WHERE family IN (SELECT value FROM json_each(?)) AND store IN (?, ?) AND day = ? AND parts = 0",
      JSON.stringify(FAMILIES),
      ALL_STORES,
      facts.store,
      facts.day,
    );
    for (const { family, place } of facts.parts)
      this.database.send(
        "DELETE FROM report_parts WHERE family = ? AND day = ? AND store = ? AND ticket = ? AND place = ?",
        family,
        facts.day,
        facts.store,
        id,
        place,
      );
    this.database.send(
      "DELETE FROM report_lines WHERE day = ? AND store = ? AND ticket = ?",
      facts.day,
      facts.store,
      id,
    );
    this.database.send("DELETE FROM report_tickets WHERE ticket = ?", id);
    this.database.send("DELETE FROM report_facts WHERE kind = 'ticket' AND id = ?", id);
  }

  async putPromotedArticles({ day, store, ticket, parts }: TicketFacts): Promise<void> {
    for (const { family, place, variant } of parts)
      if (family === "promotion")
        this.database.send(
          "UPDATE report_parts SET variant = ? WHERE family = ? AND day = ? AND store = ? AND ticket = ? AND place = ?",
          variant,
          family,
          day,
          store,
          ticket,
          place,
        );
  }

  async putUncountedBelow(cursor: number | null): Promise<void> {
    if (cursor === null) await this.database.run("DELETE FROM report_backlog");
    else
      await this.database.run(
        "INSERT INTO report_backlog (one, below) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET below = excluded.below",
        cursor,
      );
  }

  /** The newest name is the one that people know. */
  async #name(tickets: readonly TicketFacts[]): Promise<void> {
    const names = new Map<string, readonly [family: string, value: string, name: string]>();
    const all = tickets.flatMap(({ lines, parts }) => [
      ...lines.map(({ variant, label }) => ["article", variant, label] as const),
      ...parts.map(({ family, value, label }) => [family, value, label] as const),
    ]);
    for (const name of all) if (name[2] !== "") names.set(`${name[0]} ${name[1]}`, name);
    await insertRows(this.database, {
      into: "report_names (family, value, name)",
      rows: [...names.values()],
      tail: "ON CONFLICT (family, value) DO UPDATE SET name = excluded.name WHERE report_names.name <> excluded.name",
    });
  }

  async #raise(tickets: readonly TicketFacts[], by: (sums: Sums) => Sums): Promise<void> {
    const sums = daySumsOf(tickets, idOf<"Store">(ALL_STORES));
    await insertRows(this.database, {
      into: REPORT_SUMS,
      rows: sums.map(({ family, store, day, currency, channel, value, sums: each }) => [
        ...[family, store, day, currency, channel, value],
        ...sumValues(by(each)),
      ]),
      tail: `ON CONFLICT (family, store, day, currency, channel, value) DO UPDATE SET ${RAISED}`,
    });
  }
}

function firstOf(facts: readonly TicketFacts[]): ReadonlyMap<TicketId, TicketFacts> {
  const all = new Map<TicketId, TicketFacts>();
  for (const each of facts) if (!all.has(each.ticket)) all.set(each.ticket, each);
  return all;
}

const REPORT_TICKETS =
  "report_tickets (ticket, number, at, day, store, hour, device, staff, customer, currency, due, rounding, gift_cards, order_id)";
const REPORT_LINES = `report_lines (day, store, ticket, position, currency, kind, channel, hour, seller, variant, product, category, brand, of_ticket,
  of_position, reason, unit_cost, ${SUM_COLUMNS})`;
const REPORT_PARTS = `report_parts (family, day, store, ticket, place, currency, channel, value, variant, ${SUM_COLUMNS})`;
const REPORT_SUMS = `report_sums (family, store, day, currency, channel, value, ${SUM_COLUMNS})`;

function ticketValues(facts: TicketFacts): readonly SqlInput[] {
  return [
    ...[facts.ticket, facts.number, facts.at, facts.day, facts.store, hourText(facts.hour), facts.device],
    ...[facts.staff, facts.customer, facts.currency, facts.due, facts.rounding, facts.giftCards, facts.order],
  ];
}

function lineValues(
  { day, store, ticket, currency, hour }: TicketFacts,
  line: ReportLine,
): readonly SqlInput[] {
  return [
    ...[day, store, ticket, line.position, currency, line.kind, line.channel, hourText(hour)],
    ...[line.seller ?? "", line.variant, line.product, line.category, line.brand],
    ...[line.of?.ticket ?? null, line.of?.position ?? null, line.reason, line.unitCost],
    ...sumValues(line.sums),
  ];
}

function partValues(
  { day, store, ticket, currency }: TicketFacts,
  { family, place, channel, value, variant, sums }: ReportPart,
): readonly SqlInput[] {
  return [family, day, store, ticket, place, currency, channel, value, variant, ...sumValues(sums)];
}
