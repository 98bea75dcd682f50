import type { Engine } from "../benchmark.ts";
import type { ChainStand } from "../chain-stand.ts";
import type { Measured } from "../metric.ts";
import { LINES_A_TICKET, type LoadFloor } from "./floor.ts";
import { takenOf, watched } from "./watched.ts";

/** Tickets a second that are aimed at. */
const AIMS: Readonly<Record<Engine, number>> = { sqlite: 2_000, postgres: 1_000 };
const TICKETS_EACH = 40;

/** How many tickets a second the server takes in, when that is all it does: tills that were cut off and listen to nothing send what they have. */
export async function* ingest(
  stand: ChainStand,
  { tills, floor, engine }: { readonly tills: number; readonly floor: LoadFloor; readonly engine: Engine },
): AsyncGenerator<Measured> {
  const range = { from: 0, to: tills };
  const sales = { count: TICKETS_EACH, lines: LINES_A_TICKET, agoMs: TICKETS_EACH };
  await stand.tills.ask({ verb: "prepare", range, sales });
  const taken = await watched(stand, () => stand.tills.ask({ verb: "pushAll", range }));
  const tickets = tills * TICKETS_EACH;
  const params = { engine, tills, tickets, lines: LINES_A_TICKET };
  yield {
    metric: "ingest",
    value: (tickets * 1_000) / Math.max(...taken.result),
    unit: "1/s",
    floor: floor.ingest,
    aim: { least: AIMS[engine] },
    params,
  };
  yield* await takenOf({
    name: "ingest",
    watched: taken,
    acts: tickets,
    floor: { cpuMs: floor.checkMs, bytes: floor.entryBytes },
    params,
  });
}
