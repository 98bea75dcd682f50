import type { Instant } from "#domain/ids.ts";
import { type Currency, money } from "#domain/money/money.ts";
import { businessDayOf, daysAfter } from "#domain/store/business-day.ts";
import { dayBegin, weekBefore } from "#domain/store/week-before.ts";
import type { Dashboard, DashboardStore } from "#protocol/hq/dashboard.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { SALES_SLOT_MS, type StoreCount, type StoreName } from "./port.ts";

const WEEK_DAYS = 7;
/** A till asks at least this often while it is on and connected; longer than this without a word, it is silent. */
export const IN_TOUCH_MS = 120_000;

export interface Sum {
  readonly count: number;
  readonly minor: number;
}
const NOTHING: Sum = { count: 0, minor: 0 };

/** Today so far and the same day last week up to the same time. */
export interface Compared {
  readonly currency: Currency;
  readonly today: Sum;
  readonly lastWeek: Sum;
}

/** The stores' figures, each in its own day: that of its time zone. */
export async function storeFigures(
  tx: ReadTransaction,
  { stores, at }: { readonly stores: readonly StoreName[]; readonly at: Instant },
): Promise<readonly DashboardStore[]> {
  const sales = await salesOf(tx, { stores, at });
  const waiting = countsBy(await tx.ordersWaiting());
  const belowZero = countsBy(await tx.stockBelowZero());
  const open = await tx.exceptionsOpen();
  const late = new Map<string, number>();
  const exceptions = new Map<string, number>();
  for (const { kind, store, count } of open) {
    if (store === null) continue;
    exceptions.set(store, (exceptions.get(store) ?? 0) + count);
    if (kind === "late") late.set(store, count);
  }
  return stores.map(({ store, code, name, currency }) => ({
    code,
    name,
    ...shown(sales.get(store) ?? { currency, today: NOTHING, lastWeek: NOTHING }),
    waiting: waiting.get(store) ?? 0,
    late: late.get(store) ?? 0,
    exceptions: exceptions.get(store) ?? 0,
    belowZero: belowZero.get(store) ?? 0,
  }));
}

/** Of each store in the currency that it sells in. */
async function salesOf(
  tx: ReadTransaction,
  { stores, at }: { readonly stores: readonly StoreName[]; readonly at: Instant },
): Promise<ReadonlyMap<string, Compared>> {
  const found = new Map<string, Compared>();
  for (const timeZone of new Set(stores.map((store) => store.timeZone))) {
    const day = businessDayOf({ at, timeZone });
    const today = await tx.salesByStore({ day, before: null });
    const lastWeek = await tx.salesByStore({
      day: daysAfter(day, -WEEK_DAYS),
      before: weekBefore({ at, timeZone }),
    });
    for (const { store, currency } of stores.filter((each) => each.timeZone === timeZone)) {
      const of = (rows: typeof today): Sum => {
        const row = rows.find((each) => each.store === store && each.currency === currency);
        return row === undefined ? NOTHING : { count: row.tickets, minor: row.minor };
      };
      found.set(store, { currency, today: of(today), lastWeek: of(lastWeek) });
    }
  }
  return found;
}

/** What web shops were paid today and the same day last week, in the time zone that most stores have. */
export async function channelFigures(
  tx: ReadTransaction,
  {
    stores,
    at,
    tillChannel,
  }: {
    readonly stores: readonly StoreName[];
    readonly at: Instant;
    /** What is ordered at tills is paid there, and counts there. */
    readonly tillChannel: string;
  },
): Promise<NonNullable<Dashboard["channels"]>> {
  const timeZone = commonest(stores.map((store) => store.timeZone)) ?? "UTC";
  const begin = dayBegin({ at, timeZone });
  const today = await tx.ordersByChannel({ from: begin, until: (at + 1) as Instant });
  const lastWeek = await tx.ordersByChannel({
    from: weekBefore({ at: begin, timeZone }),
    until: (Math.floor(weekBefore({ at, timeZone }) / SALES_SLOT_MS) * SALES_SLOT_MS) as Instant,
  });
  const keys = new Map(
    [...today, ...lastWeek].map(({ channel, currency }) => [`${channel} ${currency}`, { channel, currency }]),
  );
  return [...keys.values()]
    .filter(({ channel }) => channel !== tillChannel)
    .map(({ channel, currency }) => {
      const of = (rows: typeof today): Sum => {
        const row = rows.find((each) => each.channel === channel && each.currency === currency);
        return row === undefined ? NOTHING : { count: row.orders, minor: row.minor };
      };
      return { channel, ...shown({ currency, today: of(today), lastWeek: of(lastWeek) }) };
    })
    .toSorted((one, other) => other.today.amount.minor - one.today.amount.minor);
}

/** One sum for each currency, that of the most stores' first. */
export function sumsOf(stores: readonly DashboardStore[]): Dashboard["sales"] {
  const sums = new Map<Currency, Compared>();
  for (const { today, lastWeek } of stores) {
    const { currency } = today.amount;
    const sum = sums.get(currency) ?? { currency, today: NOTHING, lastWeek: NOTHING };
    sums.set(currency, {
      currency,
      today: plus(sum.today, today),
      lastWeek: plus(sum.lastWeek, lastWeek),
    });
  }
  return [...sums.values()].map(shown);
}

function plus(sum: Sum, { count, amount }: DashboardStore["today"]): Sum {
  return { count: sum.count + count, minor: sum.minor + amount.minor };
}

function shown({ currency, today, lastWeek }: Compared): Dashboard["sales"][number] {
  const sales = ({ count, minor }: Sum) => ({ count, amount: money(minor, currency) });
  return { today: sales(today), lastWeek: sales(lastWeek) };
}

function countsBy(counts: readonly StoreCount[]): ReadonlyMap<string, number> {
  return new Map(counts.map(({ store, count }) => [store, count]));
}

function commonest(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}
