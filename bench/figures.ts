import type { Measured, Params } from "./metric.ts";
import { percentile } from "./percentile.ts";

const SHARES = [
  { share: 0.5, suffix: "p50" },
  { share: 0.99, suffix: "p99" },
] as const;

/**
 * The time that half of the acts stayed within and that 99 in 100 did, each beside the same percentile of the floor's times. Throws when
 * nothing was timed.
 */
export function p50AndP99({
  name,
  times,
  floor,
  params,
}: {
  /** What stands before `.p50` and `.p99`; "" for nothing. */
  readonly name: string;
  /** Milliseconds each. */
  readonly times: readonly number[];
  readonly floor: readonly number[];
  readonly params: Params;
}): readonly Measured[] {
  if (times.length === 0) throw new Error(`${name}: nothing was timed`);
  return SHARES.map(({ share, suffix }) => ({
    metric: name === "" ? suffix : `${name}.${suffix}`,
    value: percentile(times, share),
    unit: "ms",
    floor: percentile(floor, share),
    params: { ...params, samples: times.length },
  }));
}
