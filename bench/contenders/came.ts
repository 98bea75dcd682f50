import type { BarePeer } from "../floors/bare-peer.ts";
import { type Measured, type Params, TIMES_OURS } from "../metric.ts";
import { percentile } from "../percentile.ts";
import type { SyncedAndPushed } from "./contender.ts";
import { onetill } from "./onetill.ts";

const BYTES_PER_MB = 1_000_000;
/** A first sync is meant to take no more than so many times its floor, and PouchDB's so many times ours (issue 8: with 100,000 articles). */
const TIMES_FLOOR = 2;
const TIMES_FASTER = 8;

/** What a contender came to in all rounds. */
export interface Came {
  readonly synced: SyncedAndPushed[];
  /** Empty where it hears of nothing. */
  readonly heard: number[];
}

interface Outcome {
  readonly records: ReadonlyMap<string, Came>;
  readonly floors: readonly BarePeer[];
  readonly bareHeard: readonly number[];
  readonly params: Params;
}

/** Of several rounds the least: whatever slowed the others down is no part of it. Beside each peer's figure how many times ours it is. */
export function* figuresBeside({ records, floors, bareHeard, params }: Outcome): Generator<Measured> {
  const least = (of: readonly number[]) => Math.min(...of);
  const figures: readonly {
    readonly metric: string;
    readonly unit: Measured["unit"];
    readonly of: (came: Came) => number;
    readonly floor: (came: Came) => number;
  }[] = [
    {
      metric: "firstSync",
      unit: "ms",
      of: ({ synced }) => least(synced.map(({ firstSyncMs }) => firstSyncMs)),
      floor: () => least(floors.map(({ firstSyncMs }) => firstSyncMs)),
    },
    {
      metric: "firstSync.wire",
      unit: "MB",
      of: ({ synced }) => least(synced.map(({ firstSyncBytes }) => firstSyncBytes)) / BYTES_PER_MB,
      floor: () => least(floors.map(({ firstSyncBytes }) => firstSyncBytes)) / BYTES_PER_MB,
    },
    {
      metric: "push",
      unit: "ms",
      of: ({ synced }) => least(synced.map(({ pushMs }) => pushMs)),
      floor: () => least(floors.map(({ pushMs }) => pushMs)),
    },
    {
      metric: "push.wire",
      unit: "MB",
      of: ({ synced }) => least(synced.map(({ pushBytes }) => pushBytes)) / BYTES_PER_MB,
      floor: () => least(floors.map(({ pushBytes }) => pushBytes)) / BYTES_PER_MB,
    },
    {
      metric: "change.p50",
      unit: "ms",
      of: ({ heard }) => percentile(heard, 0.5),
      floor: () => percentile(bareHeard, 0.5),
    },
    {
      metric: "change.p99",
      unit: "ms",
      of: ({ heard }) => percentile(heard, 0.99),
      floor: () => percentile(bareHeard, 0.99),
    },
    {
      metric: "memory.till",
      unit: "MB",
      of: ({ synced }) => least(synced.map(({ till }) => till)) / BYTES_PER_MB,
      floor: ({ synced }) => least(synced.map(({ emptyTill }) => emptyTill)) / BYTES_PER_MB,
    },
    {
      metric: "memory.server",
      unit: "MB",
      of: ({ synced }) => least(synced.map(({ server }) => server)) / BYTES_PER_MB,
      floor: () => least(floors.map(({ server }) => server)) / BYTES_PER_MB,
    },
  ];
  for (const { metric, unit, of, floor } of figures) {
    const ours = records.get(onetill.name);
    for (const [name, came] of records) {
      if (metric.startsWith("change") && came.heard.length === 0) continue;
      const value = of(came);
      const bare = floor(came);
      const own = ours === undefined ? null : of(ours);
      const aim = metric === "firstSync" ? firstSyncAim(name, { floor: bare, own }) : null;
      yield {
        metric: `${metric}.${name}`,
        value,
        unit,
        floor: bare,
        ...(aim === null ? {} : { aim }),
        params: {
          ...params,
          ...(own === null || name === onetill.name
            ? {}
            : { [TIMES_OURS]: Number((value / own).toPrecision(2)) }),
        },
      };
    }
  }
}

function firstSyncAim(
  name: string,
  { floor, own }: { readonly floor: number; readonly own: number | null },
): NonNullable<Measured["aim"]> | null {
  if (name === onetill.name) return { most: TIMES_FLOOR * floor };
  return name === "pouchdb" && own !== null ? { least: TIMES_FASTER * own } : null;
}
