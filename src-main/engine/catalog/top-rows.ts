/**
 * The rows with the highest scores, best first and lower rows first among equals; a score of 0 and a row that is not `wanted` are
 * left out. Walks the rows once and never holds more than twice `limit` of them.
 */
export function topRows({
  scores,
  limit,
  wanted,
}: {
  readonly scores: Int32Array;
  readonly limit: number;
  readonly wanted: (row: number) => boolean;
}): readonly number[] {
  let held: number[] = [];
  let least = 0;
  for (let row = 0; row < scores.length; row += 1) {
    if ((scores[row] ?? 0) <= least || !wanted(row)) continue;
    held.push(row);
    if (held.length < limit * 2) continue;
    held = trim(held, scores, limit);
    least = scores[held.at(-1) ?? 0] ?? 0;
  }
  return trim(held, scores, limit);
}

function trim(held: readonly number[], scores: Int32Array, limit: number): number[] {
  return held.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, limit);
}
