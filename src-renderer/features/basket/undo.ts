import { useEffect, useState } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { type Dropped, useReturn } from "../../app/returning.ts";

/** How long a removal can be taken back on screen, milliseconds. */
const UNDO_MS = 5_000;

/** The removed line while its time to be brought back runs; null before and after. */
export function useUndoable(basket: BasketView): BasketView["undo"] {
  return useWhileFresh(basket.undo);
}

/** The goods that were to come back and now stay with the customer, for as long. */
export function useDropped({ id }: Pick<BasketView, "id">): Dropped | null {
  return useWhileFresh(useReturn(({ dropped }) => (dropped?.basket === id ? dropped : null)));
}

function useWhileFresh<Change extends { readonly at: number }>(change: Change | null): Change | null {
  const [expired, setExpired] = useState<number | null>(null);
  const at = change?.at ?? null;
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => setExpired(at), UNDO_MS);
    return () => clearTimeout(timer);
  }, [at]);
  return at === null || at === expired ? null : change;
}
