import { costOf, countOf, dearest, type Pieces } from "./pieces.ts";

/** One component of a set: how many pieces of it each set has, and those that there are. */
export interface SetPart<P extends Pieces> {
  readonly each: number;
  readonly of: readonly P[];
}

/**
 * What is off where each set of all its parts costs `price`, so many sets at most; nothing where the parts cost less, null where they are no set. The dearest
 * pieces make up the sets: what is left over is charged at the lower prices.
 */
export function offSets(
  parts: readonly SetPart<Pieces>[],
  { price, most }: { readonly price: number; readonly most?: number },
): number | null {
  if (parts.length === 0 || parts.some(({ each }) => each < 1)) return null;
  const full = Math.min(...parts.map(({ each, of }) => Math.floor(countOf(of) / each)));
  const sets = Math.min(full, most ?? full);
  if (sets === 0) return null;
  const cost = parts.reduce((sum, { each, of }) => sum + costOf(dearest(of, sets * each)), 0);
  return Math.max(0, cost - price * sets);
}

/** Which of the lines each component gets. Whichever has the fewest to choose from comes first, else one that others could do without would leave it none. */
export function sortedIntoParts<C extends { readonly each: number }, P extends Pieces>(
  components: readonly C[],
  lines: readonly P[],
  fits: (component: C, line: P) => boolean,
): readonly SetPart<P>[] {
  const parts = components.map(({ each }): SetPart<P> => ({ each, of: [] }));
  const open = new Set(components.keys());
  let free = lines;
  while (open.size > 0) {
    let next: { readonly index: number; readonly of: readonly P[] } | null = null;
    for (const index of open) {
      const component = components[index];
      if (component === undefined) continue;
      const of = free.filter((line) => fits(component, line));
      if (next === null || of.length < next.of.length) next = { index, of };
    }
    if (next === null) break;
    const { index, of } = next;
    open.delete(index);
    parts[index] = { each: components[index]?.each ?? 1, of };
    free = free.filter((line) => !of.includes(line));
  }
  return parts;
}
