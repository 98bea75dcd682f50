import { useEffect, useState } from "react";
import type { BasketView } from "#protocol/till/basket.ts";

/** How long a removal can be taken back on screen, milliseconds. */
export const UNDO_MS = 5_000;

/** The removed line while its time to be brought back runs; null before and after. */
export function useUndoable(basket: BasketView): BasketView["undo"] {
  const [expired, setExpired] = useState<number | null>(null);
  const at = basket.undo?.at ?? null;
  useEffect(() => {
    if (at === null) return;
    const timer = setTimeout(() => setExpired(at), UNDO_MS);
    return () => clearTimeout(timer);
  }, [at]);
  return at === null || at === expired ? null : basket.undo;
}
