import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Benchmark, Run } from "./benchmark.ts";
import { browserPeer } from "./contenders/browser-peer.ts";
import { type Came, figuresBeside } from "./contenders/came.ts";
import type { Contender, Round } from "./contenders/contender.ts";
import { onetill } from "./contenders/onetill.ts";
import { type BarePeer, barePeer, barePropagation } from "./floors/bare-peer.ts";
import type { Measured } from "./metric.ts";
import { ensureInstalled } from "./peers/installed.ts";
import { soldTickets } from "./shop/documents.ts";

const TILLS = 8;
const CHANGES = 25;
const CONTENDERS: readonly Contender[] = [
  onetill,
  browserPeer({ name: "pouchdb", serverName: "pouchdb-server", pageName: "pouchdb-page" }),
  browserPeer({
    name: "pouchdb-together",
    serverName: "pouchdb-server",
    pageName: "pouchdb-page",
    layout: "together",
  }),
  browserPeer({ name: "rxdb", serverName: "plain-server", pageName: "rxdb-page" }),
  browserPeer({ name: "rxdb-server", serverName: "rxdb-server", pageName: "rxdb-server-page" }),
];

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
    const records = new Map<string, Came>(CONTENDERS.map(({ name }) => [name, { synced: [], heard: [] }]));
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
        const { propagate } = contender;
        if (propagate !== undefined)
          record?.heard.push(...(await inFolder(`${contender.name}-heard`, propagate)));
      }
    }
    yield* figuresBeside({
      records,
      floors,
      bareHeard,
      params: { skus, tickets: samples, tills: TILLS, changes: CHANGES, rounds },
    });
  },
};
