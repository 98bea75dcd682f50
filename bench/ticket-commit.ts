import type { Benchmark, Run } from "./benchmark.ts";
import { Cashier } from "./cashier.ts";
import { p50AndP99 } from "./figures.ts";
import { commitTimes } from "./floors/commit.ts";
import type { Measured } from "./metric.ts";
import { afterPause } from "./pace.ts";
import { percentile } from "./percentile.ts";
import { articleAt } from "./shop/article.ts";
import { openServer, openSyncedTill, tillFolder } from "./stand.ts";
import { tillTexts } from "./till-data.ts";

const LINES_PER_SALE = 3;
/** Between two sales: time for what a sale sets off in the background, as it has behind a real counter. */
const PAUSE_MS = 20;

/** From the last key of a sale until it is on the disk for good, with the server there and without it. */
export const ticketCommit: Benchmark = {
  name: "ticket-commit",
  what: "completing a cash sale of three lines, online and offline; floor: one commit of the same bytes",
  usual: { skus: 2_000, samples: 500 },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { skus, samples, folder, say } = run;
    const server = await openServer(run);
    const till = await openSyncedTill(run, server);
    const cashier = await Cashier.signIn(till);
    say("selling online");
    const online = await sales(cashier, { skus, samples });
    await server.stop();
    say("selling offline");
    const offline = await sales(cashier, { skus, samples });
    await till.close();

    say("measuring the floor");
    const texts = (await tillTexts(tillFolder(run))).sales.slice(0, samples);
    const floor = await commitTimes({ folder, texts, pauseMs: PAUSE_MS });
    const bytes = percentile(
      texts.map((text) => Buffer.byteLength(text)),
      0.5,
    );
    const params = { skus, lines: LINES_PER_SALE, bytes };
    yield* p50AndP99({ name: "online", times: online, floor, params });
    yield* p50AndP99({ name: "offline", times: offline, floor, params });
  },
};

/** Milliseconds of each completion. */
async function sales(
  cashier: Cashier,
  { skus, samples }: { readonly skus: number; readonly samples: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let sale = 0; sale < samples; sale += 1) {
    for (let line = 0; line < LINES_PER_SALE; line += 1) {
      const { refusal } = await cashier.scan(articleAt((sale * LINES_PER_SALE + line) % skus).gtin);
      if (refusal !== null) throw new Error(`a scan was refused: ${refusal}`);
    }
    times.push(await cashier.sellForCash());
    await afterPause(PAUSE_MS);
  }
  return times;
}
