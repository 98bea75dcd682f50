import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { afterPause } from "../pace.ts";
import type { LoadFloor } from "./floor.ts";
import { takenOf, timesOf, watched } from "./watched.ts";

const MOST_BYTES = 1_000_000_000;
/** A till every so many milliseconds: they are there already, and how they come is another scenario. */
const EVERY_MS = 1;

/** Tills that only listen, each by a connection of its own, until all have been told twice that the line is alive. */
export async function* idle(
  stand: ChainStand,
  { tills, floor, engine }: { readonly tills: number; readonly floor: LoadFloor; readonly engine: string },
): AsyncGenerator<Measured> {
  const there = await watched(stand, async () => {
    const times = await stand.tills.ask({
      verb: "connect",
      range: { from: 0, to: tills },
      everyMs: EVERY_MS,
    });
    await afterPause(2 * HEARTBEAT_MS);
    return times;
  });
  const params = { engine, tills };
  yield* timesOf({ name: "idle.connect", times: there.result, floor: floor.tls.handshakes, params });
  yield* await takenOf({
    name: "idle",
    watched: there,
    acts: tills,
    floor: { cpuMs: floor.checkMs, bytes: floor.entryBytes },
    mostBytes: MOST_BYTES,
    params,
  });
}
