import type { Range } from "../light-till/fleet.ts";
import type { Sold } from "../light-till/selling.ts";
import type { BenchTills } from "../programs/tills.ts";
import { LINES_A_TICKET } from "./floor.ts";

/** Sales made up beforehand; what is sold after so long is made up as it falls due. */
const READY_SECONDS = 60;

/**
 * Sells at these tills for as long as something else takes, on one schedule from its beginning to its end: whatever keeps a sale waiting, the next falls due when it would have anyway, and each
 * counts from when it was due.
 */
export async function sellingMeanwhile<T>(
  tills: BenchTills,
  { range, perSecond }: { readonly range: Range; readonly perSecond: number },
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly sold: Sold }> {
  await prepareSales(tills, { range, perSecond, seconds: READY_SECONDS });
  await tills.ask({ verb: "beginSelling", range, pace: { perSecond, lines: LINES_A_TICKET } });
  const result = await work();
  return { result, sold: await tills.ask({ verb: "endSelling" }) };
}

/** Makes up beforehand what these tills sell together at this pace in so long. */
export async function prepareSales(
  tills: BenchTills,
  {
    range,
    perSecond,
    seconds,
  }: { readonly range: Range; readonly perSecond: number; readonly seconds: number },
): Promise<void> {
  const count = Math.ceil((perSecond * seconds) / (range.to - range.from)) + 1;
  await tills.ask({ verb: "prepare", range, sales: { count, lines: LINES_A_TICKET, agoMs: 0 } });
}

/** How long each sale took until it was acknowledged; milliseconds. */
export function acknowledgements({ sales }: Pick<Sold, "sales">): readonly number[] {
  return sales.map(({ ackMs }) => ackMs);
}
