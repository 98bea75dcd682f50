import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import { openChain, type StandApart } from "./chain-stand.ts";
import type { Sold } from "./light-till/selling.ts";
import { type LoadFloor, measureFloor } from "./load/floor.ts";
import { acknowledgements, sellingMeanwhile } from "./load/meanwhile.ts";
import { soldAround } from "./load/outage.ts";
import { changePrices } from "./load/price-change.ts";
import { killedAndBack, USUAL_DOWN_SECONDS } from "./load/reconnect.ts";
import { takenOf, timesOf, type Watched, wakesOf, watched } from "./load/watched.ts";
import type { Measured, Params } from "./metric.ts";
import { percentile } from "./percentile.ts";

const USUAL_TILLS = 1_000;
/** Tills that sell meanwhile, for each of the herd, and how much each sells in a second. */
const LIVE_SHARE = 0.2;
const PACE = 0.1;
const LIVE_WITHIN_MS = 500;
const ARRIVE_EVERY_MS = 5;
/** As many in one transaction as an import or a change in bulk writes. */
const PRICES_AT_ONCE = 200;
/** The last till of a herd may take so many times as long as half of them do. */
const FAIR = 3;
/**
 * What the server may take at most: itself and its heap (350 MB), the snapshots that it keeps (96), of those that it reads what is not kept (a tenth of 3 times 128), the
 * pages that it keeps, as text and packed (80), and 60 kB for each of two connections of 1,200 tills (144), with a tenth on top.
 */
const MOST_BYTES = 800_000_000;

const SCENARIOS = ["first-syncs", "prices", "reconnect"] as const;

interface Herd {
  readonly stand: StandApart;
  readonly floor: LoadFloor;
  /** Tills that sell, and after them those of the herd. */
  readonly live: number;
  readonly tills: number;
  readonly params: Params;
}

/** Everybody at once: whether the server's memory stays bounded, nobody waits for much longer than others, and tills go on selling. */
export const herd: Benchmark = {
  name: "herd",
  what: "at once, while others sell: a thousand first syncs, as many new prices as there are articles, all tills back after an outage; floors: bare commits, TLS, an empty process",
  usual: { skus: 20_000, samples: 1, tills: USUAL_TILLS, down: USUAL_DOWN_SECONDS },
  onEngines: true,
  scenarios: SCENARIOS,
  async *run(run: Run): AsyncGenerator<Measured> {
    const { tills = USUAL_TILLS, skus, down = USUAL_DOWN_SECONDS, engine, scenario, say } = run;
    const isAsked = (each: (typeof SCENARIOS)[number]) => scenario === null || scenario === each;
    const live = Math.ceil(tills * LIVE_SHARE);
    const stand = await openChain(run, {
      name: "herd",
      tills: live + tills,
      pulls: "always",
      hasApart: true,
    });
    try {
      const floor = await measureFloor(run, stand.fleet);
      await stand.apart.ask({ verb: "connect", range: { from: 0, to: live }, everyMs: ARRIVE_EVERY_MS });
      const of: Herd = { stand, floor, live, tills, params: { engine, tills, live, skus } };
      if (isAsked("first-syncs")) {
        say(`${tills} first syncs`);
        yield* firstSyncs(of);
      }
      const rest = { from: live, to: live + tills };
      await stand.tills.ask({ verb: "connect", range: rest, everyMs: ARRIVE_EVERY_MS });
      if (isAsked("prices")) {
        say(`${skus} prices for all`);
        yield* prices(of, skus);
      }
      if (isAsked("reconnect")) {
        say("the server is killed");
        yield* reconnects(of, down);
      }
    } finally {
      await stand.close();
    }
  },
};

async function* firstSyncs(of: Herd): AsyncGenerator<Measured> {
  const { stand, live, tills } = of;
  const range = { from: live, to: live + tills };
  const seen = await meanwhile(of, () =>
    stand.tills.ask({ verb: "firstSyncs", range, collections: [...REPLICA_COLLECTIONS] }),
  );
  yield* figures(of, { name: "firstSyncs", ...seen });
}

/** The tills that sell do so from the kill on: what they sell while the server is away is sold, and waits. */
async function* reconnects(of: Herd, down: number): AsyncGenerator<Measured> {
  const { stand, live, tills, floor, params } = of;
  const { result, sold } = await sellingMeanwhile(stand.apart, selling(of), async () => {
    const outage = await killedAndBack(stand, down);
    const back = await watched(stand, () =>
      ofBoth(
        stand.apart.ask({ verb: "inSync", range: { from: 0, to: live } }),
        stand.tills.ask({ verb: "inSync", range: { from: live, to: live + tills } }),
      ),
    );
    return { outage, back };
  });
  const { outage, back } = result;
  const sales = soldAround(sold.sales, outage);
  const withOutage = { ...params, down, downMs: Math.round(outage.to - outage.from) };
  yield* figures(
    { ...of, params: withOutage },
    {
      name: "reconnect",
      seen: { ...back, result: back.result.map((at) => Math.max(0, at - outage.to)) },
      sold,
      acknowledged: sales.there,
    },
  );
  const ofAway = { floor: floor.commits, params: withOutage };
  if (sales.away.length === 0) return;
  yield* timesOf({ ...ofAway, name: "reconnect.away.ack", times: sales.away });
  yield* timesOf({ ...ofAway, name: "reconnect.away.back", times: sales.back });
}

/** From the first price that HQ saves until each till has the last. */
async function* prices(of: Herd, count: number): AsyncGenerator<Measured> {
  const { stand, live, tills } = of;
  const seen = await meanwhile(of, async () => {
    for (const some of [stand.apart, stand.tills]) await some.ask({ verb: "await", collection: "prices" });
    let seq = 0;
    for (let from = 0; from < count; from += PRICES_AT_ONCE)
      seq = await changePrices(stand, { from, to: Math.min(from + PRICES_AT_ONCE, count), more: 1 });
    return ofBoth(
      stand.apart.ask({ verb: "reached", range: { from: 0, to: live }, seq }),
      stand.tills.ask({ verb: "reached", range: { from: live, to: live + tills }, seq }),
    );
  });
  yield* figures(of, { name: "prices", ...seen });
}

async function ofBoth(
  sell: Promise<readonly number[]>,
  rest: Promise<readonly number[]>,
): Promise<readonly number[]> {
  return (await Promise.all([sell, rest])).flat();
}

/** How long each till of the herd took, milliseconds, and what was sold meanwhile. */
interface Seen {
  readonly seen: Watched<readonly number[]>;
  readonly sold: Sold;
}

function selling({ live }: Herd) {
  return { range: { from: 0, to: live }, perSecond: live * PACE };
}

async function meanwhile(of: Herd, work: () => Promise<readonly number[]>): Promise<Seen> {
  const { stand } = of;
  const { result: seen, sold } = await sellingMeanwhile(stand.apart, selling(of), () => watched(stand, work));
  return { seen, sold };
}

async function* figures(
  { floor, tills, params }: Herd,
  {
    name,
    seen,
    sold,
    acknowledged = acknowledgements(sold),
  }: Seen & {
    readonly name: string;
    /** Milliseconds of those sales that are to be acknowledged as fast as ever; left out: all. */
    readonly acknowledged?: readonly number[];
  },
): AsyncGenerator<Measured> {
  const { handshakes } = floor.tls;
  const times = seen.result;
  yield* timesOf({ name, times, floor: handshakes, params });
  const median = Math.max(1, percentile(times, 0.5));
  yield {
    metric: `${name}.last`,
    value: Math.max(...times),
    unit: "ms",
    floor: median,
    aim: { most: FAIR * median },
    params,
  };
  const live = { name: `${name}.live.ack`, floor: floor.commits, mostMs: LIVE_WITHIN_MS, params };
  if (acknowledged.length > 0) yield* timesOf({ ...live, times: acknowledged });
  yield* wakesOf({ name: `${name}.live`, heard: sold, floor: floor.tls.echoes, params });
  yield* await takenOf({
    name,
    watched: seen,
    acts: tills,
    floor: { cpuMs: floor.tls.serverMs, bytes: floor.entryBytes },
    mostBytes: MOST_BYTES,
    params,
  });
}
