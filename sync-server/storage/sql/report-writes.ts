import type { TicketId } from "#domain/ids.ts";
import {
  hourText,
  type ReportLine,
  type ReportPart,
  reportSumsOf,
  type TicketFacts,
} from "#domain/reports/facts.ts";
import { FAMILIES } from "#domain/reports/families.ts";
import { negated, type Sums } from "#domain/reports/sums.ts";
import type { ReportWrites } from "../../reports/port.ts";
import type { SqlInput } from "./database.ts";
import { insertRows } from "./insert-rows.ts";
import { RAISED, SUM_COLUMNS, sumValues } from "./report-columns.ts";
import { SqlReportViewWrites } from "./report-view-writes.ts";

/** Under this name of a store the sums of all of them are kept. */
export const ALL_STORES = "";

/** What a ticket adds to reports, and to the sums of its day: of its store and of all stores. */
export class SqlReportWrites extends SqlReportViewWrites implements ReportWrites {
  async addTicketFacts(facts: TicketFacts): Promise<boolean> {
    const added = await this.database.run(
      `INSERT INTO report_tickets (ticket, number, at, day, store, hour, device, staff, customer, currency, due, rounding, gift_cards, order_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ticket) DO NOTHING`,
      facts.ticket,
      facts.number,
      facts.at,
      facts.day,
      facts.store,
      hourText(facts.hour),
      facts.device,
      facts.staff,
      facts.customer,
      facts.currency,
      facts.due,
      facts.rounding,
      facts.giftCards,
      facts.order,
    );
    if (added === 0) return false;
    await insertRows(this.database, {
      into: REPORT_LINES,
      rows: facts.lines.map((line) => lineValues(facts, line)),
    });
    await insertRows(this.database, {
      into: REPORT_PARTS,
      rows: facts.parts.map((part) => partValues(facts, part)),
    });
    await this.#name(facts);
    await this.#raise(facts, (sums) => sums);
    return true;
  }

  async takeTicketFacts(id: TicketId): Promise<void> {
    const facts = await this.ticketFacts(id);
    if (facts === null) return;
    await this.#raise(facts, negated);
    await this.database.run(
      "DELETE FROM report_sums WHERE family IN (SELECT value FROM json_each(?)) AND store IN (?, ?) AND day = ? AND parts = 0",
      JSON.stringify(FAMILIES),
      ALL_STORES,
      facts.store,
      facts.day,
    );
    for (const { family, place } of facts.parts)
      await this.database.run(
        "DELETE FROM report_parts WHERE family = ? AND day = ? AND store = ? AND ticket = ? AND place = ?",
        family,
        facts.day,
        facts.store,
        id,
        place,
      );
    await this.database.run(
      "DELETE FROM report_lines WHERE day = ? AND store = ? AND ticket = ?",
      facts.day,
      facts.store,
      id,
    );
    await this.database.run("DELETE FROM report_tickets WHERE ticket = ?", id);
    await this.database.run("DELETE FROM report_facts WHERE kind = 'ticket' AND id = ?", id);
  }

  async putPromotedArticles({ day, store, ticket, parts }: TicketFacts): Promise<void> {
    for (const { family, place, variant } of parts)
      if (family === "promotion")
        await this.database.run(
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
  async #name({ lines, parts }: TicketFacts): Promise<void> {
    const names = new Map<string, readonly [family: string, value: string, name: string]>();
    const all = [
      ...lines.map(({ variant, label }) => ["article", variant, label] as const),
      ...parts.map(({ family, value, label }) => [family, value, label] as const),
    ];
    for (const name of all) if (name[2] !== "") names.set(`${name[0]} ${name[1]}`, name);
    await insertRows(this.database, {
      into: "report_names (family, value, name)",
      rows: [...names.values()],
      tail: "ON CONFLICT (family, value) DO UPDATE SET name = excluded.name WHERE report_names.name <> excluded.name",
    });
  }

  async #raise(facts: TicketFacts, by: (sums: Sums) => Sums): Promise<void> {
    const { store: own, day, currency } = facts;
    const sums = reportSumsOf(facts).map(({ family, channel, value, sums: each }) => ({
      key: [day, currency, channel, value],
      family,
      values: sumValues(by(each)),
    }));
    await insertRows(this.database, {
      into: REPORT_SUMS,
      rows: [own, ALL_STORES].flatMap((store) =>
        sums.map(({ family, key, values }) => [family, store, ...key, ...values]),
      ),
      tail: `ON CONFLICT (family, store, day, currency, channel, value) DO UPDATE SET ${RAISED}`,
    });
  }
}

const REPORT_LINES = `report_lines (day, store, ticket, position, currency, kind, channel, hour, seller, variant, product, category, brand, of_ticket,
  of_position, reason, unit_cost, ${SUM_COLUMNS})`;
const REPORT_PARTS = `report_parts (family, day, store, ticket, place, currency, channel, value, variant, ${SUM_COLUMNS})`;
const REPORT_SUMS = `report_sums (family, store, day, currency, channel, value, ${SUM_COLUMNS})`;

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
