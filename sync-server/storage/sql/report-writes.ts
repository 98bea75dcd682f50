import type { TicketId } from "#domain/ids.ts";
import { hourText, type ReportLine, reportSumsOf, type TicketFacts } from "#domain/reports/facts.ts";
import { FAMILIES } from "#domain/reports/families.ts";
import { negated, type Sums } from "#domain/reports/sums.ts";
import type { ReportWrites } from "../../reports/port.ts";
import { RAISED, SUM_COLUMNS, SUM_PLACES, sumValues } from "./report-columns.ts";
import { SqlReportViewWrites } from "./report-view-writes.ts";

/** Under this name of a store the sums of all of them are kept. */
export const ALL_STORES = "";

/** What a ticket adds to reports, and to the sums of its day: of its store and of all stores. */
export class SqlReportWrites extends SqlReportViewWrites implements ReportWrites {
  async addTicketFacts(facts: TicketFacts): Promise<boolean> {
    const added = await this.database.run(
      `INSERT INTO report_tickets (ticket, number, at, day, store, hour, device, staff, customer, currency, due, rounding, gift_cards)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ticket) DO NOTHING`,
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
    );
    if (added === 0) return false;
    for (const line of facts.lines) await this.#addLine(facts, line);
    for (const { family, place, channel, value, label, sums } of facts.parts) {
      await this.database.run(
        `INSERT INTO report_parts (family, day, store, ticket, place, currency, channel, value, ${SUM_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${SUM_PLACES})`,
        family,
        facts.day,
        facts.store,
        facts.ticket,
        place,
        facts.currency,
        channel,
        value,
        ...sumValues(sums),
      );
      await this.#name(family, value, label);
    }
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
  }

  async putUncountedBelow(cursor: number | null): Promise<void> {
    if (cursor === null) await this.database.run("DELETE FROM report_backlog");
    else
      await this.database.run(
        "INSERT INTO report_backlog (one, below) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET below = excluded.below",
        cursor,
      );
  }

  async #addLine({ day, store, ticket, currency, hour }: TicketFacts, line: ReportLine): Promise<void> {
    await this.database.run(
      `INSERT INTO report_lines (day, store, ticket, position, currency, kind, channel, hour, seller, variant, product, category, brand, of_ticket,
          of_position, reason, unit_cost, ${SUM_COLUMNS})
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${SUM_PLACES})`,
      day,
      store,
      ticket,
      line.position,
      currency,
      line.kind,
      line.channel,
      hourText(hour),
      line.seller ?? "",
      line.variant,
      line.product,
      line.category,
      line.brand,
      line.of?.ticket ?? null,
      line.of?.position ?? null,
      line.reason,
      line.unitCost,
      ...sumValues(line.sums),
    );
    await this.#name("article", line.variant, line.label);
  }

  /** The newest name is the one that people know. */
  async #name(family: string, value: string, name: string): Promise<void> {
    if (name === "") return;
    await this.database.run(
      "INSERT INTO report_names (family, value, name) VALUES (?, ?, ?) ON CONFLICT (family, value) DO UPDATE SET name = excluded.name WHERE report_names.name <> excluded.name",
      family,
      value,
      name,
    );
  }

  async #raise(facts: TicketFacts, by: (sums: Sums) => Sums): Promise<void> {
    for (const { family, channel, value, sums } of reportSumsOf(facts)) {
      const values = sumValues(by(sums));
      for (const store of [facts.store, ALL_STORES])
        await this.database.run(
          `INSERT INTO report_sums (family, store, day, currency, channel, value, ${SUM_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ${SUM_PLACES})
            ON CONFLICT (family, store, day, currency, channel, value) DO UPDATE SET ${RAISED}`,
          family,
          store,
          facts.day,
          facts.currency,
          channel,
          value,
          ...values,
        );
    }
  }
}
