/**
 * The rows with the highest scores, best first and lower rows first among equals; a score of 0 is left out. Walks the rows
 * once and never holds more than twice `limit` of them.
 */
export function best({
  rows,
  limit,
  score,
}: {
  readonly rows: number;
  readonly limit: number;
  readonly score: (row: number) => number;
}): readonly number[] {
  let held: { readonly row: number; readonly score: number }[] = [];
  let least = 0;
  for (let row = 0; row < rows; row += 1) {
    const points = score(row);
    if (points <= least) continue;
    held.push({ row, score: points });
    if (held.length < limit * 2) continue;
    held = trim(held, limit);
    least = held.at(-1)?.score ?? 0;
  }
  return trim(held, limit).map(({ row }) => row);
}

function trim(
  held: readonly { readonly row: number; readonly score: number }[],
  limit: number,
): { readonly row: number; readonly score: number }[] {
  return held.toSorted((a, b) => b.score - a.score || a.row - b.row).slice(0, limit);
}
