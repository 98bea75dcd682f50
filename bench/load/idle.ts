import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { afterPause } from "../pace.ts";
import type { LoadFloor } from "./floor.ts";
import { takenOf, timesOf, watched } from "./watched.ts";

const MOST_BYTES = 1_000_000_000;
const BYTES_PER_MB = 1_000_000;
/** Each till asks for one collection in this time, whatever happens: they come spread over it, and so do those questions. */
const POLL_EVERY_MS = 60_000;
/** How often each asks while it is watched, so that what grows is seen. */
const POLLS = 2;

/** Tills that nobody sells at: each holds its stream of wake-ups and asks for one collection a minute in turn. */
export async function* idle(
  stand: ChainStand,
  { tills, floor, engine }: { readonly tills: number; readonly floor: LoadFloor; readonly engine: string },
): AsyncGenerator<Measured> {
  const params = { engine, tills };
  const before = stand.server.usage().rss;
  const come = await watched(stand, () =>
    stand.tills.ask({ verb: "connect", range: { from: 0, to: tills }, everyMs: POLL_EVERY_MS / tills }),
  );
  yield* timesOf({ name: "idle.connect", times: come.result, floor: floor.tls.handshakes, params });
  const there = await watched(stand, () => afterPause(POLLS * POLL_EVERY_MS));
  const taken = { floor: { cpuMs: floor.checkMs, bytes: floor.entryBytes }, mostBytes: MOST_BYTES, params };
  yield* await takenOf({ name: "idle", watched: there, acts: tills * POLLS, ...taken });
  const bare = floor.tls.heldBytes / BYTES_PER_MB;
  const inMb = (metric: string, bytes: number): Measured => ({
    metric,
    value: bytes / BYTES_PER_MB,
    unit: "MB",
    floor: bare,
    params,
  });
  yield inMb("idle.server.each", (there.peak - before) / tills);
  yield { ...inMb("idle.server.before", before), floor: before / BYTES_PER_MB };
  yield { ...inMb("idle.server.come", come.rss), floor: before / BYTES_PER_MB };
  // The processor's time in a second of doing nothing: of 1,000 ms that one processor has.
  yield {
    metric: "idle.server.busy",
    value: there.cpuMs / (there.ms / 1_000),
    unit: "ms",
    floor: (floor.checkMs * tills) / (POLL_EVERY_MS / 1_000),
    params,
  };
}
