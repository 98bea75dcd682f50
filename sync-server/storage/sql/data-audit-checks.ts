import {
  AUDIT_PERIOD_DAYS,
  type AuditCheckName,
  LATE_TILL_MINUTES,
  SILENT_TILL_HOURS,
  STALE_STOCK_DAYS,
  WRONG_CLOCK_MINUTES,
} from "#domain/data-audit/checks.ts";
import type { Instant } from "#domain/ids.ts";
import { compareVersions, isVersion } from "#domain/updates/version.ts";
import type { Database } from "./database.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_CHARS = 10;

/**
 * What one check asks: a statement with a row for each thing that it finds, of these columns: id, store (of none: ''), label, at, product, variant,
 * words, facts (a JSON object), channels (a JSON array), place (rows are in its order).
 */
export interface AuditStatement {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

type Asked = (database: Database, at: Instant) => AuditStatement | Promise<AuditStatement>;

/** The statements of all checks that the database answers by itself. */
export const AUDIT_STATEMENTS: Readonly<Partial<Record<AuditCheckName, Asked>>> = {
  noGtin: () => productsWhere("c.without_gtin > 0", "json_object('articles', c.without_gtin)"),
  noPicture: () => productsWhere("c.pictured = 0", "'{}'"),
  noText: productsWithoutText,
  duplicateProducts: () => fixed(DUPLICATE_PRODUCTS),
  duplicateCustomers: () => fixed(DUPLICATE_CUSTOMERS),
  negativeStock: () =>
    fixed(`SELECT s.store || ' ' || s.variant AS id, s.store, ${ARTICLE}, NULL AS at, p.id AS product, s.variant, v.sku AS words,
        json_object('onHand', s.on_hand) AS facts, '[]' AS channels, s.on_hand AS place
      FROM stock s LEFT JOIN variants v ON v.id = s.variant LEFT JOIN products p ON p.id = v.product WHERE s.on_hand < 0`),
  staleStock: (_, at) => ({
    sql: `SELECT s.store || ' ' || s.variant AS id, s.store, ${ARTICLE},
        (SELECT max(m.acted_at) FROM movements m WHERE m.store = s.store AND m.variant = s.variant) AS at,
        p.id AS product, s.variant, v.sku AS words, json_object('onHand', s.on_hand) AS facts, '[]' AS channels, -s.on_hand AS place
      FROM stock s LEFT JOIN variants v ON v.id = s.variant LEFT JOIN products p ON p.id = v.product WHERE s.on_hand > 0
        AND EXISTS (SELECT 1 FROM movements m WHERE m.store = s.store AND m.variant = s.variant)
        AND NOT EXISTS (SELECT 1 FROM movements m WHERE m.store = s.store AND m.variant = s.variant AND m.acted_at >= ?)`,
    values: [at - STALE_STOCK_DAYS * DAY_MS],
  }),
  priceOverrides: (_, at) => ({ sql: PRICE_OVERRIDES, values: [firstDay(at)] }),
  noReceiptReturns: (_, at) => ({ sql: NO_RECEIPT_RETURNS, values: [firstMoment(at)] }),
  drawerOpenings: (_, at) => ({
    sql: staffLog("l.kind = 'drawerOpened' AND l.at >= ?"),
    values: [firstMoment(at)],
  }),
  approvals: (_, at) => ({
    sql: staffLog("l.approved_by IS NOT NULL AND l.at >= ?"),
    values: [firstMoment(at)],
  }),
  silentTills: (_, at) => ({
    sql: tillsWhere({
      where: "coalesce(d.last_seen_at, 0) < ?",
      at: "d.last_seen_at",
      place: "coalesce(d.last_seen_at, 0)",
    }),
    values: [at - SILENT_TILL_HOURS * 60 * MINUTE_MS],
  }),
  behindTills: tillsBehind,
  unsentTills: (_, at) => ({
    sql: tillsWhere({
      join: "JOIN till_health h ON h.device = d.id",
      where: "h.unsent > 0 AND h.oldest_unsent_at < ?",
      at: "h.oldest_unsent_at",
      facts: "json_object('unsent', h.unsent)",
      place: "h.oldest_unsent_at",
    }),
    values: [at - LATE_TILL_MINUTES * MINUTE_MS],
  }),
  oldPrograms,
  wrongClocks: () => ({
    sql: tillsWhere({
      where: "abs(d.clock_offset_ms) > ?",
      facts: "json_object('seconds', d.clock_offset_ms / 1000)",
      place: "-abs(d.clock_offset_ms)",
    }),
    values: [WRONG_CLOCK_MINUTES * MINUTE_MS],
  }),
};

/** The first day of acts that count. */
export function firstDay(at: Instant): string {
  return new Date(firstMoment(at)).toISOString().slice(0, DAY_CHARS);
}

function firstMoment(at: Instant): number {
  return at - AUDIT_PERIOD_DAYS * DAY_MS;
}

const ARTICLE = "coalesce(p.title || ' · ' || v.sku, s.variant) AS label";
const CHANNELS = "(SELECT channel FROM channel_price_lists UNION SELECT channel FROM connectors)";

/** Pairs that people have not looked at yet, the surest first. */
const DUPLICATE_CUSTOMERS = `SELECT d.one || ' ' || d.other AS id, '' AS store, a.customer ->> 'name' AS label, NULL AS at, NULL AS product, NULL AS variant,
    '' AS words, json_object('other', b.customer ->> 'name', 'score', d.score) AS facts, '[]' AS channels, -d.score AS place
  FROM duplicates d JOIN customers a ON a.id = d.one JOIN customers b ON b.id = d.other WHERE d.dismissed = 0`;

/** Products with the title and the brand of another, beside each other. */
const DUPLICATE_PRODUCTS = `SELECT c.product AS id, '' AS store, p.title AS label, NULL AS at, c.product, NULL AS variant, p.title AS words,
    json_object('sku', c.sku, 'brand', c.brand, 'same', t.same) AS facts, '[]' AS channels, c.title || ' ' || c.brand AS place
  FROM (SELECT title, brand, count(*) AS same FROM catalogue WHERE status <> 'archived' GROUP BY title, brand HAVING count(*) > 1) t
    JOIN catalogue c ON c.title = t.title AND c.brand = t.brand AND c.status <> 'archived' JOIN products p ON p.id = c.product`;

/** Lines that cost what somebody typed. Most tickets have none, and are not read for it. */
const PRICE_OVERRIDES = `SELECT t.id || ' ' || l.key AS id, t.store, t.number AS label, CAST(t.ticket ->> 'completedAt' AS BIGINT) AS at, NULL AS product,
    l.value ->> 'variant' AS variant, t.number AS words, json_object('article', l.value ->> 'name', 'reason', l.value ->> '$.override.reason',
      'from', CAST(l.value ->> '$.override.listPrice.minor' AS BIGINT), 'to', CAST(l.value ->> '$.unitPrice.minor' AS BIGINT), 'currency', l.value ->> '$.unitPrice.currency') AS facts,
    '[]' AS channels, -t.cursor AS place
  FROM stores s CROSS JOIN tickets t ON t.store = s.id AND t.day >= ? CROSS JOIN json_each(t.ticket, '$.lines') l
  WHERE instr(t.ticket, '"override"') > 0 AND l.value ->> 'kind' = 'sale' AND l.value ->> '$.override.reason' IS NOT NULL`;

const NO_RECEIPT_RETURNS = `SELECT t.id || ' ' || l.key AS id, t.store, t.number AS label, CAST(t.ticket ->> 'completedAt' AS BIGINT) AS at, NULL AS product,
    l.value ->> 'variant' AS variant, t.number AS words, json_object('article', l.value ->> 'name', 'reason', l.value ->> 'reason',
      'to', CAST(l.value ->> '$.total.minor' AS BIGINT), 'currency', l.value ->> '$.total.currency') AS facts, '[]' AS channels, -t.cursor AS place
  FROM return_log r CROSS JOIN ticket_places p ON p.id = r.id CROSS JOIN tickets t ON t.store = p.store AND t.cursor = p.cursor CROSS JOIN json_each(t.ticket, '$.lines') l
  WHERE r.kind = 'till' AND r.at >= ? AND l.value ->> 'kind' = 'return' AND l.value ->> 'of' IS NULL`;

function fixed(sql: string): AuditStatement {
  return { sql, values: [] };
}

function staffLog(where: string): string {
  return `SELECT l.id, l.store, coalesce(who.name, l.staff, '') AS label, l.at, NULL AS product, NULL AS variant, '' AS words,
      json_object('kind', l.kind, 'permission', l.data ->> 'permission', 'what', l.data ->> 'what', 'by', coalesce(allowed.name, l.approved_by)) AS facts,
      '[]' AS channels, -l.at AS place
    FROM staff_log l LEFT JOIN colleagues who ON who.id = l.staff LEFT JOIN colleagues allowed ON allowed.id = l.approved_by WHERE ${where}`;
}

function tillsWhere({
  join = "",
  where,
  at = "NULL",
  facts = "'{}'",
  place,
}: {
  readonly join?: string;
  readonly where: string;
  readonly at?: string;
  readonly facts?: string;
  readonly place: string;
}): string {
  return `SELECT d.id, d.store, s.code || '-' || printf('%02d', d.register) || ' ' || d.name AS label, ${at} AS at, NULL AS product, NULL AS variant,
      d.name AS words, ${facts} AS facts, '[]' AS channels, ${place} AS place
    FROM devices d JOIN stores s ON s.id = d.store ${join} WHERE d.revoked_at IS NULL AND ${where}`;
}

/** Tills that have not what has been there for a while. */
function tillsBehind(_: Database, at: Instant): AuditStatement {
  const late = `(SELECT count(*) FROM till_feeds f WHERE f.device = d.id AND (EXISTS (SELECT 1 FROM chain_feed_rows r
      WHERE r.feed = f.feed AND r.collection = f.collection AND r.seq > f.seq AND r.at < ?1)
    OR EXISTS (SELECT 1 FROM store_feed_rows r WHERE r.store = d.store AND r.family = substr(f.feed, 1, max(length(f.feed) - length(d.store) - 1, 0))
      AND r.collection = f.collection AND r.seq > f.seq AND r.at < ?1)))`;
  return {
    sql: tillsWhere({
      where: `${late} > 0`,
      at: "d.last_seen_at",
      facts: `json_object('collections', ${late})`,
      place: "coalesce(d.last_seen_at, 0)",
    }),
    values: [at - LATE_TILL_MINUTES * MINUTE_MS],
  };
}

/** Tills whose program is older than the newest that any till runs, or that their store is to have. */
async function oldPrograms(database: Database): Promise<AuditStatement> {
  const known = (
    await database.all(
      `SELECT version FROM devices WHERE revoked_at IS NULL AND version IS NOT NULL UNION SELECT settings ->> '$.update.version' FROM stores
        WHERE settings ->> '$.update.version' IS NOT NULL`,
    )
  )
    .map(({ version }) => String(version))
    .filter(isVersion)
    .sort(compareVersions);
  const newest = known.at(-1) ?? "";
  return {
    sql: tillsWhere({
      where: "d.version IN (SELECT value FROM json_each(?1))",
      at: "d.last_seen_at",
      facts: "json_object('version', d.version, 'newest', ?2)",
      place: "d.version",
    }),
    values: [JSON.stringify(known.filter((version) => version !== newest)), newest],
  };
}

/** A channel's own status of a product, else the product's. */
const STATUS = "coalesce(d.details -> 'channels' -> w.channel ->> 'status', p.product ->> 'status')";
const DETAILS = "LEFT JOIN product_details d ON d.product = p.id";

/** Products that are on sale in stores, with the web channels that have them too. */
function productsWhere(where: string, facts: string): AuditStatement {
  return fixed(`SELECT c.product AS id, '' AS store, p.title AS label, NULL AS at, c.product, NULL AS variant, p.title AS words, ${facts} AS facts,
      (SELECT json_group_array(channel) FROM (SELECT 'store' AS channel UNION ALL SELECT w.channel FROM ${CHANNELS} w WHERE ${STATUS} = 'active') AS sold) AS channels,
      c.title AS place
    FROM catalogue c JOIN products p ON p.id = c.product ${DETAILS} WHERE c.status = 'active' AND ${where}`);
}

/** Products with no description in a web channel that sells them, neither its own nor the common one. */
function productsWithoutText(): AuditStatement {
  const missing = `FROM ${CHANNELS} w WHERE ${STATUS} = 'active'
      AND coalesce(nullif(d.details -> 'channels' -> w.channel ->> 'description', ''), d.details ->> '$.description', '') = ''`;
  return fixed(`SELECT p.id, '' AS store, p.title AS label, NULL AS at, p.id AS product, NULL AS variant, p.title AS words, '{}' AS facts,
      (SELECT json_group_array(w.channel) ${missing}) AS channels, p.title AS place
    FROM products p ${DETAILS} WHERE EXISTS (SELECT 1 ${missing})`);
}
