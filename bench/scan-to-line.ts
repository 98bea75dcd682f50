import type { Benchmark, Run } from "./benchmark.ts";
import { Cashier, type Scan } from "./cashier.ts";
import { p50AndP99 } from "./figures.ts";
import { BareCommits } from "./floors/commit.ts";
import type { Measured } from "./metric.ts";
import { onSchedule } from "./pace.ts";
import { untilReady } from "./programs/ready.ts";
import { BenchTill } from "./programs/till.ts";
import { articleAt } from "./shop/article.ts";
import { openServer, tillFolder } from "./stand.ts";
import { tillTexts } from "./till-data.ts";

/** Far quicker than any cashier, so that no stand-still of the engine goes unseen. */
const SCAN_EVERY_MS = 25;
/** Scans after which the basket is thrown away: baskets stay as short as a customer's. */
const LINES_PER_BASKET = 10;
/** Articles scanned during the first sync: the first to arrive, so that they can be sold while the others are still to come. */
const ARRIVING_FIRST = 500;
/** Half a basket: its draft is as long as one is on average. */
const LINES_OF_FLOOR = LINES_PER_BASKET / 2;

/** From the scanner's beep to the line on the screen, on an idle till and on one that is taking in its first assortment. */
export const scanToLine: Benchmark = {
  name: "scan-to-line",
  what: "from a scan to the basket that shows its line, idle and during a first sync; floor: one commit of the basket's bytes between two scans of the idle till",
  usual: { skus: 50_000, samples: 400 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, folder, say } = run;
    const server = await openServer(run);
    const till = await BenchTill.open(tillFolder(run));
    say("scanning during the first sync");
    await till.pair(server);
    const cashier = await Cashier.signIn(till);
    let isSyncing = true;
    const ready = untilReady(till, skus).then(() => {
      isSyncing = false;
    });
    const during = await scans(cashier, {
      isOver: () => !isSyncing,
      articles: Math.min(skus, ARRIVING_FIRST),
      andThen: () => undefined,
    });
    await ready;
    say("scanning on an idle till");
    await cashier.clear();
    for (let line = 0; line < LINES_OF_FLOOR; line += 1) await cashier.scan(articleAt(line).gtin);
    const [basket] = (await tillTexts(tillFolder(run))).baskets;
    if (basket === undefined) throw new Error("the till kept no basket");
    const bare = new BareCommits(folder);
    const floor: number[] = [];
    const idle = await scans(cashier, {
      isOver: (done) => done >= samples,
      articles: skus,
      // In turns with the scans, for a disk is not every minute as quick.
      andThen: () => void floor.push(bare.commit(basket)),
    });
    bare.close();
    await till.close();
    await server.stop();

    const params = { skus, everyMs: SCAN_EVERY_MS, floorBytes: basket.length };
    // Before its price has arrived an article cannot be sold, and the cashier is told so: that answer is to come as soon.
    const answers = during.map(({ ms }) => ms);
    yield* p50AndP99({ name: "idle", times: lineTimes(idle), floor, params });
    yield* p50AndP99({ name: "firstSync", times: lineTimes(during), floor, params });
    yield* p50AndP99({ name: "firstSync.anyAnswer", times: answers, floor, params });
  },
};

async function scans(
  cashier: Cashier,
  {
    isOver,
    articles,
    andThen,
  }: {
    readonly isOver: (done: number) => boolean;
    readonly articles: number;
    /** Done when a scan is answered, before the next one is due. */
    readonly andThen: () => void;
  },
): Promise<Scan[]> {
  return onSchedule({
    everyMs: SCAN_EVERY_MS,
    isOver,
    async act(index) {
      if (index % LINES_PER_BASKET === 0) await cashier.clear();
      const scan = await cashier.scan(articleAt((index * 7) % articles).gtin);
      andThen();
      return scan;
    },
  });
}

function lineTimes(scans: readonly Scan[]): readonly number[] {
  return scans.filter(({ refusal }) => refusal === null).map(({ ms }) => ms);
}
