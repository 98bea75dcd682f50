import type { AreaCountId } from "#domain/ids.ts";
import type { CountedLine } from "#domain/stock/count-plan.ts";
import { shelfKey } from "#domain/stock/shelf.ts";
import type { AreaRecord, CountRecord, CountResult, CountWrites } from "../../stock/port.ts";
import type { StockMove } from "../port.ts";
import { SqlProductWrites } from "./product-writes.ts";
import { ofShelves, shelfIn, shelvesAsked } from "./shelves.ts";

/** Counts that HQ planned and what stores found. */
export class SqlCountWrites extends SqlProductWrites implements CountWrites {
  async putCount({ state, finished, ...plan }: CountRecord): Promise<void> {
    await this.database.run(
      `INSERT INTO counts (id, store, state, at, finished_at, finished_by, plan) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, finished_at = excluded.finished_at, finished_by = excluded.finished_by, plan = excluded.plan`,
      plan.id,
      plan.store,
      state,
      plan.at,
      finished?.at ?? null,
      finished?.by ?? "",
      JSON.stringify(plan),
    );
  }

  async addArea(area: AreaRecord, lines: readonly CountedLine[]): Promise<boolean> {
    const added = await this.database.run(
      `INSERT INTO count_areas (id, count, area, replaces, register, staff, at, left_out, articles, pieces) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING`,
      area.id,
      area.count,
      area.area,
      JSON.stringify(area.replaces),
      area.register,
      area.staff,
      area.at,
      area.leftOut ? 1 : 0,
      area.articles,
      area.pieces,
    );
    if (added === 0) return false;
    for (const { variant, counted, at } of lines)
      await this.database.run(
        `INSERT INTO count_lines (count, variant, area, counted, at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (count, variant, area) DO UPDATE SET counted = count_lines.counted + excluded.counted, at = max(count_lines.at, excluded.at)`,
        area.count,
        variant,
        area.id,
        counted,
        at,
      );
    return true;
  }

  async leaveOutArea(area: AreaCountId, leftOut: boolean): Promise<void> {
    await this.database.run("UPDATE count_areas SET left_out = ? WHERE id = ?", leftOut ? 1 : 0, area);
  }

  async putCountResult(result: CountResult): Promise<void> {
    await this.database.run(
      `INSERT INTO count_results (count, variant, store, counted, first_at, last_at, expected, between_pieces, booked, again)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (count, variant) DO UPDATE SET counted = excluded.counted, first_at = excluded.first_at, last_at = excluded.last_at,
          expected = excluded.expected, between_pieces = excluded.between_pieces, booked = excluded.booked, again = excluded.again`,
      result.count,
      result.variant,
      result.store,
      result.counted,
      result.firstAt,
      result.lastAt,
      result.expected,
      result.between,
      result.booked,
      result.again ? 1 : 0,
    );
  }

  async dropCountResult({ count, variant }: Parameters<CountWrites["dropCountResult"]>[0]): Promise<void> {
    await this.database.run("DELETE FROM count_results WHERE count = ? AND variant = ?", count, variant);
  }

  /** Brings what shelves should have held when they were counted to movements that are told of only now. */
  protected async holdAgainstCounts(moves: readonly StockMove[]): Promise<void> {
    // Shelves are counted on a few days of the year: it is asked first whether any of these is.
    const open = await this.database.all(
      ofShelves(
        "SELECT count(*) FROM count_results r WHERE r.store = w.store AND r.variant = w.variant AND r.booked IS NULL",
      ),
      shelvesAsked(moves.map(({ movement }) => movement)),
    );
    const counting = new Set(open.map((row) => shelfKey(shelfIn(row))));
    for (const { movement, actedAt } of moves) {
      const { store, variant, quantity } = movement;
      if (!counting.has(shelfKey(movement))) continue;
      await this.database.run(
        `UPDATE count_results SET expected = expected + ?1, between_pieces = between_pieces + CASE WHEN first_at < ?2 THEN abs(?1) ELSE 0 END
          WHERE store = ?3 AND variant = ?4 AND booked IS NULL AND last_at >= ?2`,
        quantity,
        actedAt,
        store,
        variant,
      );
    }
  }
}
