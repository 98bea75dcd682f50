import type { StandApart } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { afterPause } from "../pace.ts";
import { LINES_A_TICKET, type LoadFloor } from "./floor.ts";
import { acknowledgements, sellingMeanwhile } from "./meanwhile.ts";
import { takenOf, timesOf, wakesOf, watched } from "./watched.ts";

const AWAY_MS = 3 * 24 * 3_600_000;
const TICKETS_EACH = 300;
const DRAINED_WITHIN_MS = 60_000;
const LIVE_WITHIN_MS = 500;
/** Before that the others have sold for so long, as on any day: what a server does for the first time takes it longer. */
const SOLD_BEFORE_SECONDS = 5;

/**
 * Tills come back after three days with all that they sold meanwhile, while the others, which are there already, go on selling. Those are a process of their own: what a hundred that come back
 * at the same moment hold up in one process is not to be taken for the server's answer.
 */
export async function* backlog(
  stand: StandApart,
  {
    live,
    back,
    perSecond,
    floor,
    engine,
  }: {
    readonly live: number;
    readonly back: number;
    readonly perSecond: number;
    readonly floor: LoadFloor;
    readonly engine: string;
  },
): AsyncGenerator<Measured> {
  const returning = { from: live, to: live + back };
  const selling = { from: 0, to: live };
  await stand.tills.ask({
    verb: "prepare",
    range: returning,
    sales: { count: TICKETS_EACH, lines: LINES_A_TICKET, agoMs: AWAY_MS },
  });
  const before = () => afterPause(SOLD_BEFORE_SECONDS * 1_000);
  await sellingMeanwhile(stand.apart, { range: selling, perSecond }, before);
  const seen = await watched(stand, () =>
    sellingMeanwhile(stand.apart, { range: selling, perSecond }, async () => {
      const connected = stand.tills.ask({ verb: "connect", range: returning, everyMs: 0 });
      const drained = await stand.tills.ask({ verb: "pushAll", range: returning });
      await connected;
      return drained;
    }),
  );
  const { sold, result: drained } = seen.result;
  const acknowledged = acknowledgements(sold);
  const tickets = back * TICKETS_EACH;
  const params = { engine, live, back, tickets, perSecond };
  yield {
    metric: "backlog.drained",
    value: Math.max(...drained),
    unit: "ms",
    floor: (tickets * 1_000) / floor.ingest,
    aim: { most: DRAINED_WITHIN_MS },
    params,
  };
  yield* timesOf({
    name: "backlog.live.ack",
    times: acknowledged,
    floor: floor.commits,
    mostMs: LIVE_WITHIN_MS,
    params,
  });
  yield* wakesOf({ name: "backlog.live", heard: sold, floor: floor.tls.echoes, params });
  yield* await takenOf({
    name: "backlog",
    watched: seen,
    acts: tickets + acknowledged.length,
    floor: { cpuMs: floor.checkMs, bytes: floor.entryBytes },
    params,
  });
}
