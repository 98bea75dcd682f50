/**
 * The sample that `share` (0 up to 1) of all samples do not exceed, by the nearest rank: always a value that was measured, never one
 * between two. Throws a RangeError without samples.
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(sorted.length * share));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError("no samples, no percentile");
  return value;
}
