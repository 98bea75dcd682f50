import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { LINES_A_TICKET, type LoadFloor } from "./floor.ts";
import { acknowledgements, prepareSales } from "./meanwhile.ts";
import { takenOf, timesOf, wakesOf, watched } from "./watched.ts";

/** Sells at these tills at this pace, all of them connected and pulling what they are told of. */
export async function* steady(
  stand: ChainStand,
  {
    name,
    tills,
    perSecond,
    seconds,
    floor,
    ackMs,
    wakeMs,
    engine,
  }: {
    readonly name: string;
    readonly tills: number;
    readonly perSecond: number;
    readonly seconds: number;
    readonly floor: LoadFloor;
    readonly engine: string;
    /** What 99 in 100 are meant to stay within. */
    readonly ackMs: number;
    readonly wakeMs?: number;
  },
): AsyncGenerator<Measured> {
  const range = { from: 0, to: tills };
  await prepareSales(stand.tills, { range, perSecond, seconds });
  const sold = await watched(stand, () =>
    stand.tills.ask({ verb: "sell", range, pace: { perSecond, lines: LINES_A_TICKET, seconds } }),
  );
  const acknowledged = acknowledgements(sold.result);
  const params = { engine, tills, perSecond, seconds };
  const { commits, tls, checkMs, entryBytes } = floor;
  yield* timesOf({ name: `${name}.ack`, times: acknowledged, floor: commits, mostMs: ackMs, params });
  yield* wakesOf({ name, heard: sold.result, floor: tls.echoes, mostMs: wakeMs, params });
  yield* await takenOf({
    name,
    watched: sold,
    acts: acknowledged.length,
    floor: { cpuMs: checkMs, bytes: entryBytes },
    params,
  });
}
