import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { afterPause } from "../pace.ts";
import { percentile } from "../percentile.ts";
import type { LoadFloor } from "./floor.ts";
import { takenOf, timesOf, watched } from "./watched.ts";

const IN_SYNC_WITHIN_MS = 30_000;
const DOWN_MS = 2_000;

/** Kills the server and starts it again; answers for how long it was away, milliseconds. The tills count as in sync once they are so after it. */
export async function killedAndBack({ server, tills, apart }: ChainStand): Promise<number> {
  await tills.ask({ verb: "forgetInSync" });
  await apart?.ask({ verb: "forgetInSync" });
  const killedAt = performance.now();
  await server.kill();
  await afterPause(DOWN_MS);
  await server.again();
  return performance.now() - killedAt;
}

/** The server is killed and comes again: all tills connect anew and pull everything once. */
export async function* reconnect(
  stand: ChainStand,
  { tills, floor, engine }: { readonly tills: number; readonly floor: LoadFloor; readonly engine: string },
): AsyncGenerator<Measured> {
  const downMs = await killedAndBack(stand);
  const back = await watched(stand, () => stand.tills.ask({ verb: "inSync", range: { from: 0, to: tills } }));
  const times = back.result.map((ms) => Math.max(0, ms - downMs));
  const params = { engine, tills, downMs: Math.round(downMs) };
  const handshake = percentile(back.result.length === 0 ? [] : floor.tls.handshakes, 0.5);
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
    floor: { cpuMs: handshake, bytes: floor.entryBytes },
    params,
  });
}
