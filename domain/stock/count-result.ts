import type { AreaCountId, Instant, VariantId } from "../ids.ts";
import { type AreaCount, areaKey, type CountedLine } from "./count-plan.ts";

/** An area as it was told, and whether HQ left it out. */
export type ToldArea = Pick<AreaCount, "id" | "area" | "lines" | "replaces"> & { readonly leftOut: boolean };

/** Those whose figures stand: neither counted again nor left out. */
export function standingAreas<A extends Omit<ToldArea, "lines">>(areas: readonly A[]): readonly A[] {
  const told = areas.filter(({ leftOut }) => !leftOut);
  const replaced = new Set<AreaCountId>(told.flatMap(({ replaces }) => replaces));
  return told.filter(({ id }) => !replaced.has(id));
}

/** Of those that stand: areas that were told twice, as by two tills that did not hear of each other. People say which of them counts. */
export function areasToldTwice<A extends Omit<ToldArea, "lines">>(areas: readonly A[]): readonly A[] {
  const standing = standingAreas(areas);
  const times = new Map<string, number>();
  for (const { area } of standing) times.set(areaKey(area), (times.get(areaKey(area)) ?? 0) + 1);
  return standing.filter(({ area }) => (times.get(areaKey(area)) ?? 0) > 1);
}

/** All that was found of one article, in all areas. */
export interface CountedArticle {
  readonly variant: VariantId;
  readonly counted: number;
  /** When it was counted first and last. What moves in between is in the figures or not: nobody knows. */
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** What the areas that stand come to, article by article: pieces of several areas add up. */
export function countedArticles(areas: readonly ToldArea[]): readonly CountedArticle[] {
  const found = new Map<VariantId, CountedArticle>();
  for (const { lines } of standingAreas(areas))
    for (const line of lines) found.set(line.variant, withLine(found.get(line.variant), line));
  return [...found.values()];
}

function withLine(before: CountedArticle | undefined, { variant, counted, at }: CountedLine): CountedArticle {
  if (before === undefined) return { variant, counted, firstAt: at, lastAt: at };
  return {
    variant,
    counted: before.counted + counted,
    firstAt: at < before.firstAt ? at : before.firstAt,
    lastAt: at > before.lastAt ? at : before.lastAt,
  };
}
