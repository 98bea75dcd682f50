import type { Range } from "../light-till/fleet.ts";
import type { BenchTills } from "../programs/tills.ts";
import { LINES_A_TICKET } from "./floor.ts";

/** They go on selling for so long at a time, until what is meanwhile is over. */
const SLICE_SECONDS = 2;
/** Sales made up one after the other; more are as soon as they are needed. */
const READY_SECONDS = 60;

/** Sells at these tills for as long as something else takes; how long each acknowledgement took, milliseconds. */
export async function sellingMeanwhile<T>(
  tills: BenchTills,
  { range, perSecond }: { readonly range: Range; readonly perSecond: number },
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly acknowledged: readonly number[] }> {
  const each = Math.ceil((perSecond * READY_SECONDS) / (range.to - range.from)) + 1;
  const prepare = () =>
    tills.ask({ verb: "prepare", range, sales: { count: each, lines: LINES_A_TICKET, agoMs: 0 } });
  await prepare();
  let isOver = false;
  const working = work().finally(() => {
    isOver = true;
  });
  working.catch(() => undefined);
  const acknowledged: number[] = [];
  for (let seconds = SLICE_SECONDS; !isOver; seconds += SLICE_SECONDS) {
    const pace = { perSecond, seconds: SLICE_SECONDS };
    acknowledged.push(...(await tills.ask({ verb: "sell", range, pace })).acknowledged);
    if (seconds % READY_SECONDS === 0) await prepare();
  }
  return { result: await working, acknowledged };
}
