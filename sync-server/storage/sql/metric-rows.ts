import { instant } from "#domain/ids.ts";
import { tillText } from "#domain/store/till-text.ts";
import type { TillLag, WorkWaiting } from "../../metrics/port.ts";
import type { Database } from "./database.ts";
import { newestSeq } from "./feed-tables.ts";

/** What waits to leave the house, or to be acted on, counted. */
export async function workWaitingIn(database: Database): Promise<WorkWaiting> {
  const count = async (from: string): Promise<number> =>
    Number((await database.get(`SELECT count(*) AS n FROM ${from}`))?.n);
  return {
    mails: await count("mails WHERE state = 'waiting'"),
    reportMails: await count("report_mails WHERE state = 'waiting'"),
    webhooks: await count(
      "deliveries WHERE next_try_at IS NOT NULL AND endpoint IN (SELECT id FROM webhook_endpoints)",
    ),
    connectors: await count(
      "deliveries WHERE next_try_at IS NOT NULL AND endpoint IN (SELECT id FROM connectors)",
    ),
    connectorMessages: await count("inbox WHERE state = 'waiting'"),
  };
}

/** Of each collection by itself: a till that has all of one stands behind its feed's head by whatever came of others. */
export async function tillLagsIn(database: Database): Promise<readonly TillLag[]> {
  const rows = await database.all(
    `SELECT s.code, d.register, d.last_seen_at, h.unsent, b.behind
      FROM devices d JOIN stores s ON s.id = d.store LEFT JOIN till_health h ON h.device = d.id
        LEFT JOIN (SELECT t.device, max(n.newest - t.seq) AS behind FROM till_feeds t
          JOIN (SELECT p.feed, p.collection, ${newestSeq("p.feed", "p.collection")} AS newest
            FROM (SELECT DISTINCT feed, collection FROM till_feeds) p) n ON n.feed = t.feed AND n.collection = t.collection
          GROUP BY t.device) b ON b.device = d.id
      WHERE d.revoked_at IS NULL`,
  );
  return rows.map(({ code, register, last_seen_at, unsent, behind }) => ({
    till: tillText({ store: String(code), register: Number(register) }),
    lastSeenAt: last_seen_at === null ? null : instant(Number(last_seen_at)),
    unsent: Number(unsent ?? 0),
    behind: Math.max(0, Number(behind ?? 0)),
  }));
}
