import type { Case, DatedCaseAct } from "#domain/cases/case.ts";
import type { CaseId, Instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { CaseReads } from "../../cases/port.ts";
import { askedStores } from "./asked-stores.ts";
import type { Row } from "./database.ts";
import { SqlMailReads } from "./mail-reads.ts";
import { searchPattern } from "./search-words.ts";
import { stored } from "./stored.ts";
import { TICKETS_BY_PLACE } from "./ticket-places.ts";

const FILTERS = {
  open: "c.closed_at IS NULL",
  overdue: "c.awaited = 1 AND c.deadline < $at",
  closed: "c.closed_at IS NOT NULL",
  all: "TRUE",
} as const;
const MAX_NUMBERED = 20;

/** Complaints, warranty and repair. */
export class SqlCaseReads extends SqlMailReads implements CaseReads {
  async case(id: CaseId): Promise<Case | null> {
    return toCase(await this.database.get("SELECT data FROM cases WHERE id = ?", id));
  }

  async caseNumbered(number: string): Promise<Case | null> {
    return toCase(
      await this.database.get(
        "SELECT data FROM cases WHERE number = ? ORDER BY opened_at DESC LIMIT 1",
        number,
      ),
    );
  }

  async cases(
    ask: Parameters<CaseReads["cases"]>[0],
  ): Promise<{ readonly cases: readonly Case[]; readonly total: number }> {
    const { filter, kind, store, customer, search, at, offset, limit } = ask;
    // Names of customers stand in their profiles alone, so that erasing a profile leaves none behind.
    const where = `${FILTERS[filter].replace("$at", "?1")} AND (?2 IS NULL OR c.kind = ?2) AND (?3 IS NULL OR c.store IN (SELECT value FROM json_each(?3))) AND (?4 IS NULL OR c.customer IN (SELECT value FROM json_each(?4)))
      AND (c.words LIKE ?5 ESCAPE '\\' OR c.customer IN (SELECT id FROM customers WHERE name LIKE ?5 ESCAPE '\\' UNION
        SELECT f.former FROM customers p JOIN former_customers f ON f.customer = p.id WHERE p.name LIKE ?5 ESCAPE '\\'))`;
    const whose = customer === null ? null : JSON.stringify(await this.customerIds(customer));
    const values = [at, kind, askedStores(store), whose, searchPattern(search)] as const;
    const order =
      filter === "open" || filter === "overdue" ? "c.deadline, c.id" : "c.opened_at DESC, c.id DESC";
    const total = Number(
      (await this.database.get(`SELECT count(*) AS n, ?1 AS at FROM cases c WHERE ${where}`, ...values))?.n,
    );
    const rows = await this.database.all(
      `SELECT c.data, ?1 AS at FROM cases c WHERE ${where} ORDER BY ${order} LIMIT ?6 OFFSET ?7`,
      ...values,
      limit,
      offset,
    );
    return { cases: rows.map((row) => stored<Case>(row.data)), total };
  }

  async caseActs(of: CaseId): Promise<readonly DatedCaseAct[]> {
    return (await this.database.all("SELECT data FROM case_acts WHERE case_id = ? ORDER BY id", of)).map(
      (row) => stored<DatedCaseAct>(row.data),
    );
  }

  async casesOverdue({
    at,
    limit,
  }: {
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly Case[]> {
    return (
      await this.database.all(
        "SELECT data FROM cases WHERE awaited = 1 AND overdue_told = 0 AND deadline < ? ORDER BY deadline LIMIT ?",
        at,
        limit,
      )
    ).map((row) => stored<Case>(row.data));
  }

  async casesToForget({
    closedBefore,
    limit,
  }: {
    readonly closedBefore: Instant;
    readonly limit: number;
  }): Promise<readonly Case[]> {
    return (
      await this.database.all(
        "SELECT data FROM cases WHERE on_tills = 1 AND closed_at < ? LIMIT ?",
        closedBefore,
        limit,
      )
    ).map((row) => stored<Case>(row.data));
  }

  async hqCases(): Promise<number> {
    return Number((await this.database.get("SELECT count(*) AS n FROM cases WHERE by_hq = 1"))?.n);
  }

  async ticketNumbered(number: string): Promise<Ticket | null> {
    const row = await this.database.get(
      `SELECT t.ticket FROM ${TICKETS_BY_PLACE} WHERE p.number = ? LIMIT 1`,
      number,
    );
    return row === undefined ? null : stored<Ticket>(row.ticket);
  }

  async orderNumbered(number: string): Promise<Order | null> {
    const rows = await this.database.all(
      "SELECT data FROM orders WHERE words LIKE ? ESCAPE '\\' ORDER BY placed_at DESC LIMIT ?",
      searchPattern(number),
      MAX_NUMBERED,
    );
    const found = rows.map((row) => stored<Order>(row.data));
    return found.find((order) => order.number.toUpperCase() === number.toUpperCase()) ?? null;
  }
}

function toCase(row: Row | undefined): Case | null {
  return row === undefined ? null : stored<Case>(row.data);
}
