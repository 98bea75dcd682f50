import type { VariantId } from "#domain/ids.ts";
import { MAX_DELIVERY_PIECES } from "#domain/stock/delivery.ts";
import type { DeliveryCard } from "#protocol/till/deliveries.ts";

/** What pieces that are counted go to. */
export type Condition = "good" | "damaged";

/** An article that is counted into or out of the store, and how many pieces of it were so far. */
export interface Counted {
  readonly variant: VariantId;
  readonly sku: string;
  readonly name: string;
  /** Pieces that there should be; null: not told. */
  readonly toDo: number | null;
  /** Pieces that arrived earlier. */
  readonly before: number;
  /** Nobody asked for it. */
  readonly isExtra: boolean;
  readonly good: number;
  readonly damaged: number;
}

export type Article = Pick<Counted, "variant" | "sku" | "name">;

/** The lines of a delivery before anything is counted. */
export function toCount({ lines }: Pick<DeliveryCard, "lines">): readonly Counted[] {
  return lines.map(({ variant, sku, name, toDo, good, damaged }) => ({
    variant,
    sku,
    name,
    toDo,
    before: good + damaged,
    isExtra: false,
    good: 0,
    damaged: 0,
  }));
}

/** So many pieces more or less of an article; one that nobody asked for joins the list. */
export function counted(
  all: readonly Counted[],
  article: Article,
  { by, to }: { readonly by: number; readonly to: Condition },
): readonly Counted[] {
  const isListed = all.some(({ variant }) => variant === article.variant);
  const { variant, sku, name } = article;
  const extra = { variant, sku, name, toDo: null, before: 0, isExtra: true, good: 0, damaged: 0 };
  return (isListed ? all : [...all, extra]).map((each) =>
    each.variant === variant
      ? { ...each, [to]: Math.min(MAX_DELIVERY_PIECES, Math.max(0, each[to] + by)) }
      : each,
  );
}

/** The lines of a delivery as it is now, with what was counted of it before it was put aside. */
export function resumed(lines: readonly Counted[], begun: readonly Counted[]): readonly Counted[] {
  return begun
    .filter(({ good, damaged }) => good + damaged > 0)
    .reduce(
      (all, each) =>
        counted(counted(all, each, { by: each.good, to: "good" }), each, { by: each.damaged, to: "damaged" }),
      lines,
    );
}

/** Everything as it should be: what was counted damaged stays so. */
export function asExpected(all: readonly Counted[]): readonly Counted[] {
  return all.map((each) =>
    each.toDo === null ? each : { ...each, good: Math.max(0, each.toDo - each.damaged) },
  );
}

export function piecesOf(all: readonly Counted[]): number {
  return all.reduce((sum, { good, damaged }) => sum + good + damaged, 0);
}
