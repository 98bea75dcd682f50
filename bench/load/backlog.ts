import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { LINES_A_TICKET, type LoadFloor } from "./floor.ts";
import { acknowledgements, sellingMeanwhile } from "./meanwhile.ts";
import { type Fault, mustBeHeard } from "./unheard.ts";
import { takenOf, timesOf, watched } from "./watched.ts";

const AWAY_MS = 3 * 24 * 3_600_000;
const TICKETS_EACH = 300;
const DRAINED_WITHIN_MS = 60_000;
const LIVE_WITHIN_MS = 500;

/** Tills come back after three days with all that they sold meanwhile, while the others go on selling. */
export async function* backlog(
  stand: ChainStand,
  {
    live,
    back,
    perSecond,
    floor,
    engine,
    fault,
  }: {
    readonly live: number;
    readonly back: number;
    readonly perSecond: number;
    readonly floor: LoadFloor;
    readonly engine: string;
    readonly fault: Fault;
  },
): AsyncGenerator<Measured> {
  const returning = { from: live, to: live + back };
  const selling = { from: 0, to: live };
  await stand.tills.ask({
    verb: "prepare",
    range: returning,
    sales: { count: TICKETS_EACH, lines: LINES_A_TICKET, agoMs: AWAY_MS },
  });
  const seen = await watched(stand, () =>
    sellingMeanwhile(stand.tills, { range: selling, perSecond }, async () => {
      const connected = stand.tills.ask({ verb: "connect", range: returning, everyMs: 0 });
      const drained = await stand.tills.ask({ verb: "pushAll", range: returning });
      await connected;
      return drained;
    }),
  );
  const { sold, result: drained } = seen.result;
  const { woken, unheard } = sold;
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
  const wakes = { name: "backlog.live.wake", floor: floor.tls.echoes, params: { ...params, unheard } };
  yield* timesOf({ ...wakes, times: woken });
  mustBeHeard("backlog.live", { unheard, of: woken.length }, fault);
  yield* await takenOf({
    name: "backlog",
    watched: seen,
    acts: tickets + acknowledged.length,
    floor: { cpuMs: floor.checkMs, bytes: floor.entryBytes },
    params,
  });
}
