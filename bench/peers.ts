import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Benchmark, Run } from "./benchmark.ts";
import { browserPeer } from "./contenders/browser-peer.ts";
import type { Contender, Round, SyncedAndPushed } from "./contenders/contender.ts";
import { onetill } from "./contenders/onetill.ts";
import { type BarePeer, barePeer, barePropagation } from "./floors/bare-peer.ts";
import { type Measured, type Params, TIMES_OURS } from "./metric.ts";
import { ensureInstalled } from "./peers/installed.ts";
import { percentile } from "./percentile.ts";
import { soldTickets } from "./shop/documents.ts";

const BYTES_PER_MB = 1_000_000;
const TILLS = 8;
const CHANGES = 25;
const CONTENDERS: readonly Contender[] = [
  onetill,
  browserPeer({ name: "pouchdb", serverName: "pouchdb-server", pageName: "pouchdb-page" }),
  browserPeer({ name: "rxdb", serverName: "plain-server", pageName: "rxdb-page" }),
  browserPeer({ name: "rxdb-server", serverName: "rxdb-server", pageName: "rxdb-server-page" }),
];

/** What a contender came to in all rounds. */
interface Record {
  readonly synced: SyncedAndPushed[];
  readonly heard: number[];
}

/** The same shop and the same tickets through Onetill and through what others would build a till on. */
export const peers: Benchmark = {
  name: "peers",
  what: "first sync, push, propagation, memory and bytes beside PouchDB and RxDB; floor: bare HTTP and SQLite",
  usual: { skus: 20_000, samples: 500, rounds: 2 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, rounds = 1, folder, say } = run;
    await ensureInstalled(say);
    say("bundling the pages of the peers");
    const pagesDir = join(folder, "pages");
    // Loaded only now: what it bundles with is none of the other benchmarks' business.
    const { bundlePages } = await import("./peers/bundle.ts");
    await bundlePages(pagesDir);
    const tickets = soldTickets({ count: samples, skus });
    const records = new Map<string, Record>(CONTENDERS.map(({ name }) => [name, { synced: [], heard: [] }]));
    const floors: BarePeer[] = [];
    const bareHeard: number[] = [];
    /** In a folder of its own, which is gone afterwards. */
    const inFolder = async <T>(name: string, act: (round: Round) => Promise<T>): Promise<T> => {
      const own = join(folder, name);
      mkdirSync(own);
      try {
        return await act({ folder: own, pagesDir, skus, tickets, tills: TILLS, changes: CHANGES });
      } finally {
        rmSync(own, { recursive: true, force: true, maxRetries: 5 });
      }
    };
    for (let round = 0; round < rounds; round += 1) {
      say(`round ${round + 1} of ${rounds}: floors`);
      floors.push(await inFolder("floor", barePeer));
      bareHeard.push(...(await inFolder("floor-heard", barePropagation)));
      // Whoever comes first finds another machine than whoever comes last.
      for (const contender of round % 2 === 0 ? CONTENDERS : CONTENDERS.toReversed()) {
        say(`round ${round + 1} of ${rounds}: ${contender.name}`);
        const record = records.get(contender.name);
        record?.synced.push(await inFolder(`${contender.name}-sync`, (each) => contender.syncAndPush(each)));
        record?.heard.push(
          ...(await inFolder(`${contender.name}-heard`, (each) => contender.propagate(each))),
        );
      }
    }
    yield* figuresOf({
      records,
      floors,
      bareHeard,
      params: { skus, tickets: samples, tills: TILLS, changes: CHANGES, rounds },
    });
  },
};

interface Outcome {
  readonly records: ReadonlyMap<string, Record>;
  readonly floors: readonly BarePeer[];
  readonly bareHeard: readonly number[];
  readonly params: Params;
}

/** Of several rounds the least: whatever slowed the others down is no part of it. Beside each peer's figure how many times ours it is. */
function* figuresOf({ records, floors, bareHeard, params }: Outcome): Generator<Measured> {
  const least = (of: readonly number[]) => Math.min(...of);
  const figures: readonly {
    readonly metric: string;
    readonly unit: Measured["unit"];
    readonly of: (record: Record) => number;
    readonly floor: (record: Record) => number;
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
    for (const [name, record] of records) {
      const value = of(record);
      yield {
        metric: `${metric}.${name}`,
        value,
        unit,
        floor: floor(record),
        params: {
          ...params,
          ...(ours === undefined || name === onetill.name
            ? {}
            : { [TIMES_OURS]: Number((value / of(ours)).toPrecision(2)) }),
        },
      };
    }
  }
}
