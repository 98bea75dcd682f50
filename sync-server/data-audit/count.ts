import { AUDIT_CHECK_NAMES, AUDIT_CHECKS, type AuditCheckName } from "#domain/data-audit/checks.ts";
import { AUDIT_TREND_DAYS } from "#domain/data-audit/trend.ts";
import { type BusinessDay, type Instant, idOf } from "#domain/ids.ts";
import { daysAfter } from "#domain/store/business-day.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { PriceCheck } from "../prices/check.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { countOfPrices } from "./found-prices.ts";
import type { StoreCount } from "./port.ts";

const DAY_CHARS = 10;

/** What counting takes. */
export interface AuditParts {
  readonly storage: Storage;
  readonly priceCheck: PriceCheck;
  readonly now: () => Instant;
}

/** Counts all checks, and keeps what was counted as that of today. A check that is too long in coming keeps what was counted before. */
export async function countChecks({ storage, priceCheck, now }: AuditParts): Promise<void> {
  const day = await storage.read((tx) => todayOf(tx, now()));
  const prices = await priceCheck.run();
  for (const check of AUDIT_CHECK_NAMES) {
    const at = now();
    const ofPrices = countOfPrices(prices, check);
    const counts =
      ofPrices === null ? await asked(storage, check, at) : [{ store: null, count: ofPrices, tickets: 0 }];
    if (counts !== null) await storage.write((tx) => tx.putAuditCounts({ check, day, at, counts }));
  }
  await storage.write((tx) => tx.purgeAuditCounts(daysAfter(day, -AUDIT_TREND_DAYS)));
}

async function asked(
  storage: Storage,
  check: AuditCheckName,
  at: Instant,
): Promise<readonly StoreCount[] | null> {
  const read = await storage.aside.read("auditCounts", { check, at });
  return read.ok ? read.value : null;
}

/** The day at the retailer: by the clocks of its first store. */
export async function todayOf(tx: Pick<ReadTransaction, "stores">, at: Instant): Promise<BusinessDay> {
  const [first] = await tx.stores();
  return idOf<"BusinessDay">(localTimeOf({ at, timeZone: first?.timeZone ?? "UTC" }).slice(0, DAY_CHARS));
}

/** Counting that is under way is not begun once more: who asks for it then gets what comes of it. */
export function createCounting(parts: AuditParts): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () => {
    running ??= countChecks(parts).finally(() => {
      running = null;
    });
    return running;
  };
}

/** Whether a check's rows are each of a store. */
export function isOfStores(check: AuditCheckName): boolean {
  return AUDIT_CHECKS[check].scope === "store";
}
