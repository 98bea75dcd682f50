import type { Right } from "#domain/access/rights.ts";
import { reachesStore, type StoreReach } from "#domain/access/roles.ts";
import {
  AUDIT_CHECK_NAMES,
  AUDIT_CHECKS,
  type AuditCheckName,
  placeOfRow,
} from "#domain/data-audit/checks.ts";
import { type AuditOwner, dueOf, isOverdue } from "#domain/data-audit/owner.ts";
import { AUDIT_TREND_DAYS, changeOver, perThousand, sinceOf } from "#domain/data-audit/trend.ts";
import type { BusinessDay, StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { daysAfter } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { AuditCheckRow, AuditRowsAnswer, DataAuditAnswer } from "#protocol/hq/data-audit.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type AuditParts, createCounting, isOfStores, todayOf } from "./count.ts";
import { rowsOfPrices } from "./found-prices.ts";
import type { AuditRowRecord, AuditRowsRead, DayCount, OwnerRecord, StoreCount } from "./port.ts";

const WEEK_DAYS = 7;
const MAX_STORES = 500;

/** Who looks: what they see keeps to it. */
export interface AuditViewer {
  readonly stores: StoreReach;
  readonly may: (right: Right) => boolean;
}

export interface AuditQuestion {
  readonly check: AuditCheckName;
  /** Null: every store of whoever looks. */
  readonly store: StoreId | null;
  readonly channel: string | null;
  readonly offset: number;
  readonly limit: number;
}

export interface DataAuditDesk {
  /** All checks that somebody may see. Counts first where nothing ever was counted. */
  checks(viewer: AuditViewer): Promise<DataAuditAnswer>;
  /** What a check finds now. `notFound`: this server has no such check for them. */
  rows(
    viewer: AuditViewer,
    question: AuditQuestion,
    cancelled?: AbortSignal,
  ): Promise<Result<AuditRowsAnswer, "notFound" | "busy" | "cancelled">>;
  /** Counts all checks anew. */
  count(): Promise<void>;
  /** Gives a check, in all stores or in one, to somebody, or to nobody any more. */
  give(of: {
    readonly check: AuditCheckName;
    readonly store: StoreId | null;
    readonly to: Pick<AuditOwner, "id" | "name"> | null;
    readonly due: BusinessDay | null;
    readonly note: string;
    readonly by: string;
  }): Promise<Result<null, "over" | "tooFar">>;
}

export function createDataAudit(parts: AuditParts): DataAuditDesk {
  const { storage, now } = parts;
  const count = createCounting(parts);

  async function known(viewer: AuditViewer): Promise<Known> {
    const read = await storage.read((tx) => knownOf(tx, viewer, parts));
    if (read.counted > 0) return read;
    await count();
    return storage.read((tx) => knownOf(tx, viewer, parts));
  }

  return {
    count,

    async checks(viewer) {
      const { checks, today } = await known(viewer);
      const times = checks.map(({ countedAt }) => countedAt);
      return {
        checks: [...checks],
        countedAt: times.reduce<(typeof times)[number] | null>(
          (oldest, each) => (oldest === null || each < oldest ? each : oldest),
          null,
        ),
        today,
      };
    },

    async rows(viewer, question, cancelled) {
      const { checks, ...around } = await known(viewer);
      const check = checks.find((each) => each.check === question.check);
      if (check === undefined) return refused("notFound");
      const read = await found(parts, question, viewer, cancelled);
      if (!read.ok) return read;
      if (read.value === null) return refused("notFound");
      const counts = await storage.read((tx) =>
        tx.auditCountsByStore({ check: question.check, stores: viewer.stores, limit: MAX_STORES }),
      );
      return ok({
        check,
        rows: read.value.rows.map((row) => rowOf(question.check, row, around.stores)),
        total: read.value.total,
        channels: [...read.value.channels],
        stores: isOfStores(question.check) ? storeRows(question.check, counts, around) : [],
      });
    },

    async give({ check, store, to, due: wanted, note, by }) {
      const at = now();
      return storage.write(async (tx) => {
        const today = await todayOf(tx, at);
        const due = dueOf({ wanted, severity: AUDIT_CHECKS[check].severity, today });
        if (to !== null && !due.ok) return due;
        const owner =
          to === null || !due.ok ? null : { id: to.id, name: to.name, due: due.value, note, at, by };
        await tx.putAuditOwner({ check, store, owner });
        return ok(null);
      });
    },
  };
}

async function found(
  { storage, priceCheck, now }: AuditParts,
  { check, store, channel, offset, limit }: AuditQuestion,
  viewer: AuditViewer,
  cancelled: AbortSignal | undefined,
): Promise<Result<AuditRowsRead | null, "busy" | "cancelled">> {
  const page = { check, channel, offset, limit };
  if (AUDIT_CHECKS[check].contradictions !== null)
    return ok(await rowsOfPrices(storage, await priceCheck.run(), page));
  const stores = store === null ? viewer.stores : [store];
  return storage.aside.read("auditRows", { ...page, stores, at: now() }, cancelled);
}

interface Known {
  readonly today: BusinessDay;
  /** In the order of the list. */
  readonly checks: readonly AuditCheckRow[];
  readonly owners: readonly OwnerRecord[];
  readonly stores: ReadonlyMap<StoreId, Pick<StoreSettings, "code" | "name">>;
  /** Days and checks that ever were counted. */
  readonly counted: number;
}

async function knownOf(
  tx: Pick<ReadTransaction, "stores" | "auditTrend" | "auditOwners">,
  viewer: AuditViewer,
  { now }: Pick<AuditParts, "now">,
): Promise<Known> {
  const today = await todayOf(tx, now());
  const since = daysAfter(today, -AUDIT_TREND_DAYS);
  const trend = await tx.auditTrend({ stores: viewer.stores, since });
  const owners = await tx.auditOwners();
  const stores = new Map(
    (await tx.stores()).map(({ store, code, name }) => [store, { code, name }] as const),
  );
  const checks = AUDIT_CHECK_NAMES.filter((check) => maySee(viewer, check)).flatMap((check) => {
    const own = trend.filter((each) => each.check === check);
    const owner = owners.find((each) => each.check === check && isOwn(viewer, each.store));
    return checkRow(check, own, { today, owner: owner?.owner ?? null });
  });
  return { today, checks, owners, stores, counted: trend.length };
}

/** What is of all stores together is for those who work for all of them. */
function maySee({ stores, may }: AuditViewer, check: AuditCheckName): boolean {
  const { right } = AUDIT_CHECKS[check];
  return (stores === null || isOfStores(check)) && (right === null || may(right));
}

/** Who works for all stores sees who has a check as a whole; who works for some, who has it in one of these. */
function isOwn({ stores }: AuditViewer, store: StoreId | null): boolean {
  return stores === null ? store === null : reachesStore(stores, store);
}

function checkRow(
  check: AuditCheckName,
  days: readonly DayCount[],
  { today, owner }: { readonly today: BusinessDay; readonly owner: AuditOwner | null },
): readonly AuditCheckRow[] {
  const last = days.at(-1);
  if (last === undefined) return [];
  const { group, scope, severity, counted, fix } = AUDIT_CHECKS[check];
  const trend = days.map(({ day, count }) => ({ day, count }));
  return [
    {
      check,
      group,
      scope,
      severity,
      counted,
      count: last.count,
      countedAt: last.at,
      perThousandTickets: counted === "period" ? perThousand(last) : null,
      trend,
      changeInWeek: changeOver(trend, WEEK_DAYS),
      since: sinceOf(trend),
      owner: ownerRow(owner, today, last.count),
      fix: { page: fix.page, ask: { ...fix.ask } },
    },
  ];
}

function ownerRow(owner: AuditOwner | null, today: BusinessDay, count: number): AuditCheckRow["owner"] {
  return owner === null ? null : { ...owner, isOverdue: isOverdue({ due: owner.due, today, count }) };
}

function rowOf(
  check: AuditCheckName,
  row: AuditRowRecord,
  stores: Known["stores"],
): AuditRowsAnswer["rows"][number] {
  const { id, label, at, facts, channels, product, variant, words } = row;
  const code = row.store === null ? null : (stores.get(row.store)?.code ?? row.store);
  const place = placeOfRow(check, {
    ...(product === null ? {} : { product }),
    ...(variant === null ? {} : { variant }),
    ...(code === null ? {} : { store: code }),
    words,
  });
  return {
    id,
    label,
    store: code,
    at,
    facts: { ...facts },
    channels: [...channels],
    fix: { page: place.page, ask: { ...place.ask } },
  };
}

function storeRows(
  check: AuditCheckName,
  counts: readonly StoreCount[],
  { stores, owners, today }: Pick<Known, "stores" | "owners" | "today">,
): AuditRowsAnswer["stores"] {
  const isCompared = AUDIT_CHECKS[check].counted === "period";
  const rows = counts.flatMap(({ store, count, tickets }) => {
    const named = store === null ? undefined : stores.get(store);
    if (named === undefined) return [];
    const owner = owners.find((each) => each.check === check && each.store === store)?.owner ?? null;
    return {
      store: named.code,
      name: named.name,
      count,
      tickets,
      perThousandTickets: isCompared ? perThousand({ count, tickets }) : null,
      owner: ownerRow(owner, today, count),
    };
  });
  const rate = (row: (typeof rows)[number]) => (isCompared ? (row.perThousandTickets ?? 0) : row.count);
  return rows.toSorted((one, other) => rate(other) - rate(one) || (one.store < other.store ? -1 : 1));
}
