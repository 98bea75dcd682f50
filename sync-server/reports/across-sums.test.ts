import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type BusinessDay, idOf, instant } from "#domain/ids.ts";
import { ACROSS, ACROSS_NAMES, type AcrossFact, type AcrossName } from "#domain/reports/across.ts";
import { SALES_CHANNELS } from "#domain/reports/facts.ts";
import { bucketOf } from "#domain/reports/period.ts";
import { isTimeGroup, type ReportGroup } from "#domain/reports/reports.ts";
import { SqliteStorage } from "../storage/sqlite/storage.ts";
import type { AcrossFilter } from "./across-port.ts";

/** Customers are counted, and stock is read from its movements. */
const FACT_REPORTS = ACROSS_NAMES.filter(
  (name) => name !== "customers" && name !== "sellThrough" && name !== "uplift",
);

const DAYS = ["2026-12-27", "2026-12-28", "2027-01-03", "2027-01-04", "2027-02-01"].map((day) =>
  idOf<"BusinessDay">(day),
);
const STORES = ["ber", "ham"].map((store) => idOf<"Store">(store));
const CURRENCIES = ["EUR", "CHF"].map((currency) => idOf<"Currency">(currency));
const FILTERS: readonly Omit<AcrossFilter, "report">[] = [
  {
    from: idOf<"BusinessDay">("2026-12-28"),
    until: idOf<"BusinessDay">("2027-02-28"),
    stores: null,
    channels: null,
  },
  {
    from: idOf<"BusinessDay">("2026-12-28"),
    until: idOf<"BusinessDay">("2027-01-03"),
    stores: null,
    channels: null,
  },
  {
    from: idOf<"BusinessDay">("2026-12-28"),
    until: idOf<"BusinessDay">("2027-02-28"),
    stores: [idOf<"Store">("ber")],
    channels: ["collect", "online"],
  },
];

const facts = fc.array(
  fc.record({
    report: fc.constantFrom(...FACT_REPORTS),
    id: fc.nat({ max: 8 }),
    day: fc.constantFrom(...DAYS),
    store: fc.constantFrom(...STORES, null),
    currency: fc.constantFrom(...CURRENCIES),
    channel: fc.constantFrom(...SALES_CHANNELS),
    value: fc.constantFrom("", "defective", "placed"),
    person: fc.constantFrom("", "ada", "ben", "cleo", "former"),
    other: fc.constantFrom("", "mail", "till"),
    measures: fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 8, maxLength: 8 }),
  }),
  { maxLength: 40 },
);

type Made = AcrossFact;

/** Facts in their places, as what they are about would have them. */
function placed(
  all: readonly (Omit<AcrossFact, "about" | "place" | "number" | "at"> & { readonly id: number })[],
): Made[] {
  return all.map(({ id, ...fact }, place) => ({
    ...fact,
    about: { kind: "ticket", id: `${id}` },
    place,
    number: `T-${id}`,
    at: instant(1_000 + place),
    measures: fact.measures.slice(0, ACROSS[fact.report].measures.length),
  }));
}

function keyIn(fact: Made, group: ReportGroup): string {
  if (isTimeGroup(group)) return bucketOf(fact.day, group);
  if (group === "store") return fact.store ?? "";
  if (group === "channel" || group === "value") return fact[group];
  return group === "seller" ? fact.person : fact.other;
}

function isLetThrough(fact: Made, { from, until, stores, channels }: Omit<AcrossFilter, "report">): boolean {
  return (
    fact.day >= from &&
    fact.day <= until &&
    (stores === null || (fact.store !== null && stores.includes(fact.store))) &&
    (channels === null || channels.includes(fact.channel))
  );
}

function added(
  all: readonly Made[],
  report: AcrossName,
  group: ReportGroup,
): ReadonlyMap<string, readonly number[]> {
  const sums = new Map<string, readonly number[]>();
  for (const fact of all) {
    if (fact.report !== report || (report === "attribution" && group === "seller" && fact.person === ""))
      continue;
    const key = `${fact.currency} ${keyIn(fact, group)}`;
    const sum = sums.get(key) ?? fact.measures.map(() => 0);
    sums.set(
      key,
      sum.map((each, place) => each + (fact.measures[place] ?? 0)),
    );
  }
  return sums;
}

async function withStorage(
  all: readonly Made[],
  check: (storage: SqliteStorage) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "onetill-across-"));
  const storage = new SqliteStorage(join(folder, "server.sqlite"));
  try {
    await storage.write(async (tx) => {
      for (const id of new Set(all.map(({ about }) => about.id)))
        for (const _ of [1, 2])
          await tx.putAcrossFacts(
            { kind: "ticket", id },
            all.filter(({ about }) => about.id === id),
          );
    });
    await check(storage);
  } finally {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function askRows(storage: SqliteStorage, filter: AcrossFilter, group: ReportGroup) {
  const answer = await storage.aside.read("acrossReport", { filter, group, before: null });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.now;
}

async function askBehind(
  storage: SqliteStorage,
  filter: AcrossFilter,
  group: ReportGroup,
  { key, currency }: { readonly key: string; readonly currency: Made["currency"] },
) {
  const rows = [];
  for (let after = null as { day: string; store: string; id: string } | null; ; ) {
    const answer = await storage.aside.read("acrossBehind", {
      filter,
      group,
      key,
      currency,
      after,
      limit: 2,
    });
    if (!answer.ok) throw new Error(answer.reason);
    rows.push(...answer.value.rows);
    after = answer.value.next;
    if (after === null) return { rows, whole: answer.value };
  }
}

test("every row of every report across channels is what its facts come to, and what stands behind it comes to the row", async () => {
  await fc.assert(
    fc.asyncProperty(facts, fc.constantFrom(...FILTERS), async (made, filter) => {
      const all = placed(made);
      await withStorage(all, async (storage) => {
        const through = all.filter((fact) => isLetThrough(fact, filter));
        for (const report of FACT_REPORTS)
          for (const group of ACROSS[report].groups) {
            const { rows } = await askRows(storage, { ...filter, report }, group);
            const width = ACROSS[report].measures.length;
            const found = new Map(
              rows.map(({ key, currency, measures }) => [`${currency} ${key}`, measures.slice(0, width)]),
            );
            expect(found).toEqual(added(through, report, group));
            for (const row of rows) {
              const { rows: behind, whole } = await askBehind(storage, { ...filter, report }, group, row);
              expect(whole.measures).toEqual(row.measures.slice(0, width));
              expect(behind.length).toBe(whole.count);
              expect(
                row.measures
                  .slice(0, width)
                  .map((_, place) => behind.reduce((sum, { measures }) => sum + (measures[place] ?? 0), 0)),
              ).toEqual(whole.measures);
            }
          }
      });
    }),
    { numRuns: 6 },
  );
}, 60_000);

test("what came back is held against all that was sold of the same store, and of everything where rows are reasons", async () => {
  await fc.assert(
    fc.asyncProperty(facts, async (made) => {
      const all = placed(made);
      const filter = { ...(FILTERS[0] as Omit<AcrossFilter, "report">), report: "returns" as const };
      await withStorage(all, async (storage) => {
        const sold = all.filter((fact) => fact.report === "baskets" && isLetThrough(fact, filter));
        for (const group of ["store", "value"] as const)
          for (const { key, currency, measures } of (await askRows(storage, filter, group)).rows) {
            const mine = sold.filter(
              (fact) => fact.currency === currency && (group === "value" || (fact.store ?? "") === key),
            );
            const sum = (place: number) =>
              mine.reduce((total, fact) => total + (fact.measures[place] ?? 0), 0);
            expect(measures.slice(2)).toEqual([sum(1), sum(2)]);
          }
      });
    }),
    { numRuns: 6 },
  );
}, 60_000);

test("customers are counted once in each row: new where they never bought before, again where they did more than once, in several channels where they did in the period", async () => {
  await fc.assert(
    fc.asyncProperty(facts, fc.constantFrom(...FILTERS), async (made, filter) => {
      const all = placed(made.map((fact) => ({ ...fact, report: "baskets" as const })));
      await withStorage(all, async (storage) => {
        for (const group of ACROSS.customers.groups) {
          const { rows, totals } = await askRows(storage, { ...filter, report: "customers" }, group);
          const keyed = (row: (typeof rows)[number]) => [`${row.currency} ${row.key}`, row.measures] as const;
          expect(new Map(rows.map(keyed))).toEqual(
            countedCustomers(all, filter, (fact) => keyIn(fact, group)),
          );
          expect(new Map(totals.map(keyed))).toEqual(countedCustomers(all, filter, () => ""));
          for (const row of rows) {
            const { rows: behind } = await askBehind(storage, { ...filter, report: "customers" }, group, row);
            expect(behind).toHaveLength(row.measures[0] ?? 0);
            expect(behind.map(({ measures }) => measures[1]).reduce((sum = 0, one = 0) => sum + one, 0)).toBe(
              row.measures[1],
            );
          }
        }
      });
    }),
    { numRuns: 6 },
  );
}, 60_000);

/** The same, one customer after the other. */
function countedCustomers(
  all: readonly Made[],
  filter: Omit<AcrossFilter, "report">,
  keyOf: (fact: Made) => string,
): ReadonlyMap<string, readonly number[]> {
  const known = all.filter(({ person }) => person !== "");
  const through = known.filter((fact) => isLetThrough(fact, filter));
  const anyChannel = known.filter((fact) => isLetThrough(fact, { ...filter, channels: null }));
  const counted = new Map<string, readonly number[]>();
  for (const row of new Set(through.map((fact) => `${fact.currency} ${keyOf(fact)}`))) {
    const mine = through.filter((fact) => `${fact.currency} ${keyOf(fact)}` === row);
    const each = [...new Set(mine.map(({ person }) => person))].map((person) => {
      const bought = mine.filter((fact) => fact.person === person);
      const first = bought.map(({ day }) => day).toSorted()[0] as BusinessDay;
      const wasBefore = known.some(
        (fact) =>
          fact.person === person &&
          fact.day < first &&
          (filter.stores === null || (fact.store !== null && filter.stores.includes(fact.store))),
      );
      const sum = (place: number) =>
        bought.reduce((total, { measures }) => total + (measures[place] ?? 0), 0);
      const channels = new Set(
        anyChannel.filter((fact) => fact.person === person).map(({ channel }) => channel),
      );
      return [
        1,
        wasBefore ? 0 : 1,
        wasBefore ? 1 : 0,
        sum(0) > 1 ? 1 : 0,
        channels.size > 1 ? 1 : 0,
        sum(0),
        sum(2),
      ];
    });
    counted.set(
      row,
      each.reduce(
        (sum, one) => sum.map((number, place) => number + (one[place] ?? 0)),
        [0, 0, 0, 0, 0, 0, 0],
      ),
    );
  }
  return counted;
}
