import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { afterPause } from "../pace.ts";
import { percentile } from "../percentile.ts";
import type { LoadFloor } from "./floor.ts";
import { takenOf, timesOf, watched } from "./watched.ts";

const IN_SYNC_WITHIN_MS = 30_000;
/** A server that is started again at once. With a minute and a half every till rests as long as it ever does (`backoff.ts`). */
export const USUAL_DOWN_SECONDS = 2;

/** From the kill until the server listens again, milliseconds since 1970. */
export interface Outage {
  readonly from: number;
  readonly to: number;
}

/** Kills the server, leaves it so for these seconds and starts it again. The tills count as in sync once they are so after it was killed. */
export async function killedAndBack({ server, tills, apart }: ChainStand, seconds: number): Promise<Outage> {
  const now = () => performance.timeOrigin + performance.now();
  const from = now();
  await server.kill();
  await tills.ask({ verb: "forgetInSync" });
  await apart?.ask({ verb: "forgetInSync" });
  await afterPause(seconds * 1_000);
  await server.again();
  return { from, to: now() };
}

/** The server is killed and comes again: all tills connect anew and pull everything once. Times count from when it listens. */
export async function* reconnect(
  stand: ChainStand,
  {
    tills,
    floor,
    engine,
    down,
  }: {
    readonly tills: number;
    readonly floor: LoadFloor;
    readonly engine: string;
    /** Seconds until it is started again. */
    readonly down: number;
  },
): AsyncGenerator<Measured> {
  const outage = await killedAndBack(stand, down);
  const back = await watched(stand, () => stand.tills.ask({ verb: "inSync", range: { from: 0, to: tills } }));
  const times = back.result.map((at) => Math.max(0, at - outage.to));
  const params = { engine, tills, down, downMs: Math.round(outage.to - outage.from) };
  const handshake = percentile(floor.tls.handshakes, 0.5);
  yield {
    metric: "reconnect.all",
    value: Math.max(...times),
    unit: "ms",
    floor: handshake * tills,
    aim: { most: IN_SYNC_WITHIN_MS },
    params,
  };
  yield* timesOf({ name: "reconnect", times, floor: floor.tls.handshakes, params });
  yield* await takenOf({
    name: "reconnect",
    watched: back,
    acts: tills,
    floor: { cpuMs: floor.tls.serverMs, bytes: floor.entryBytes },
    params,
  });
}
