import type { VariantId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { foldStock } from "#domain/journal/fold.ts";

/** Pieces that the till's own entries moved and the replica does not know of yet, per variant. */
export class StockOverlay {
  #entries: readonly JournalEntry[] = [];
  readonly #moved = new Map<VariantId, number>();

  moved(variant: VariantId): number | null {
    return this.#moved.get(variant) ?? null;
  }

  /**
   * Brings the overlay to the pending entries of now. Entries join at the end and leave at the front, so only those are
   * folded: a till that sold for days without the server does not fold its days again at every sale.
   */
  refresh(pending: readonly JournalEntry[]): void {
    if (pending === this.#entries) return;
    const gone = this.#leftBehind(pending);
    this.#fold(this.#entries.slice(0, gone), -1);
    this.#fold(pending.slice(this.#entries.length - gone), 1);
    this.#entries = pending;
  }

  /** How many of the entries at the front are no longer pending; all of them when the rest does not match. */
  #leftBehind(pending: readonly JournalEntry[]): number {
    const first = pending[0];
    const gone = first === undefined ? -1 : this.#entries.findIndex((entry) => entry.hash === first.hash);
    const kept = this.#entries.length - gone;
    const matches = gone !== -1 && pending[kept - 1]?.hash === this.#entries.at(-1)?.hash;
    return matches ? gone : this.#entries.length;
  }

  #fold(entries: readonly JournalEntry[], sign: 1 | -1): void {
    for (const [variant, level] of foldStock({ levels: new Map(), pending: entries })) {
      const now = (this.#moved.get(variant) ?? 0) + sign * level.onHand;
      if (now === 0) this.#moved.delete(variant);
      else this.#moved.set(variant, now);
    }
  }
}
