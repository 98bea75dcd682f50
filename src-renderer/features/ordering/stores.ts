import type { StoreId, VariantId } from "#domain/ids.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { Elsewhere } from "#protocol/till/orders.ts";
import { client } from "../../app/till.ts";

/** What the other stores have of an article; `offline` while nobody can be asked. */
export type Asked = { readonly kind: "here"; readonly stores: Elsewhere } | { readonly kind: "offline" };

export async function askElsewhere(variant: VariantId): Promise<Asked> {
  try {
    const answer = await client.call("elsewhere", { variant });
    return answer.ok ? { kind: "here", stores: answer.value } : { kind: "offline" };
  } catch {
    return { kind: "offline" };
  }
}

/** A store that could do the whole basket, or a part of it. */
export interface StoreChoice {
  readonly store: StoreId;
  readonly name: string;
  /** Pieces of the basket that it has. */
  readonly pieces: number;
  readonly hasAll: boolean;
}

/** How much of the basket each store has, those with all of it first. */
export function choicesFor(
  lines: BasketView["lines"],
  stock: ReadonlyMap<VariantId, Elsewhere>,
): readonly StoreChoice[] {
  const wanted = new Map<VariantId, number>();
  for (const { variant, quantity } of lines) wanted.set(variant, (wanted.get(variant) ?? 0) + quantity);
  const total = [...wanted.values()].reduce((sum, each) => sum + each, 0);
  const names = new Map([...stock.values()].flat().map(({ store, name }) => [store, name]));
  const choices = [...names].map(([store, name]) => {
    const pieces = [...wanted].reduce((sum, [variant, quantity]) => {
      const there = stock.get(variant)?.find((each) => each.store === store)?.available ?? 0;
      return sum + Math.min(quantity, there);
    }, 0);
    return { store, name, pieces, hasAll: pieces === total };
  });
  return choices.sort((a, b) => b.pieces - a.pieces || a.name.localeCompare(b.name));
}

/** Asks for every article of the basket; null while offline. */
export async function askForBasket(lines: BasketView["lines"]): Promise<readonly StoreChoice[] | null> {
  const variants = [...new Set(lines.map(({ variant }) => variant))];
  const asked = await Promise.all(
    variants.map(async (variant) => [variant, await askElsewhere(variant)] as const),
  );
  const stock = new Map<VariantId, Elsewhere>();
  for (const [variant, answer] of asked) {
    if (answer.kind === "offline") return null;
    stock.set(variant, answer.stores);
  }
  return choicesFor(lines, stock);
}
