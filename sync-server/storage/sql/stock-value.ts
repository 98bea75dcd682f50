import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { VALUED_PARTS } from "#protocol/hq/stock-value.ts";
import type { PartValue, StockValueAsideReads } from "../../stock/value-port.ts";
import type { Database } from "./database.ts";

const OURS = "(?1 IS NULL OR store IN (SELECT value FROM json_each(?1)))";
/** As the index of corrections says it. */
const CORRECTIONS = "reason ->> 'kind' IN ('adjusted', 'counted')";

/** Pieces of each variant, one question for each part. */
const PIECES: Readonly<Record<PartValue["part"], string>> = {
  onHand: `SELECT variant, sum(max(on_hand, 0)) AS pieces FROM stock WHERE ${OURS} AND ?2 IS NOT NULL GROUP BY variant`,
  inTransit: `SELECT variant, sum(max(in_transit, 0)) AS pieces FROM goods_coming WHERE ${OURS} AND ?2 IS NOT NULL GROUP BY variant`,
  adjusted: correctedBy("adjusted"),
  counted: correctedBy("counted"),
};

function correctedBy(kind: "adjusted" | "counted"): string {
  return `SELECT variant, sum(quantity) AS pieces FROM movements WHERE ${CORRECTIONS} AND acted_at >= ?2 AND ${OURS}
    AND reason ->> 'kind' = '${kind}' GROUP BY variant`;
}

/** What there is, is on its way and was put right, at what it costs today. */
export async function stockValueOf(
  database: Database,
  { stores, since }: Parameters<StockValueAsideReads["stockValue"]>[0],
): Promise<readonly PartValue[]> {
  const ours = stores === null ? null : JSON.stringify(stores);
  const found: PartValue[] = [];
  for (const part of VALUED_PARTS) {
    const rows = await database.all(
      `SELECT c.currency, sum(n.pieces) AS pieces, sum(n.pieces * c.minor) AS minor FROM (${PIECES[part]}) n
          LEFT JOIN costs c ON c.variant = n.variant AND NOT EXISTS (
            SELECT 1 FROM variants v JOIN products p ON p.id = v.product WHERE v.id = n.variant AND p.product ->> 'soldBy' = 'weight'
          )
          WHERE n.pieces <> 0 GROUP BY c.currency ORDER BY c.currency IS NULL, c.currency`,
      ours,
      since,
    );
    for (const row of rows)
      found.push({
        part,
        pieces: Number(row.pieces),
        amount:
          row.currency === null ? null : money(Number(row.minor), idOf<"Currency">(String(row.currency))),
      });
  }
  return found;
}
