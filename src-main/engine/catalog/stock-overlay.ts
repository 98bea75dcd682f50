import type { VariantId } from "#domain/ids.ts";
import { effectsOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { foldStock } from "#domain/journal/fold.ts";

/** What the till's own entries did to stock that the replica does not know of yet, per variant. */
export class StockOverlay {
  #entries: readonly JournalEntry[] = [];
  readonly #moved = new Map<VariantId, number>();
  /** How many of the entries are counts. */
  #counts = 0;
  /** Levels of what was counted: whatever the replica says is older. */
  #counted: ReadonlyMap<VariantId, number> = new Map();

  /** Pieces on hand where the replica says `known`; null when neither knows of the variant. */
  onHand(variant: VariantId, known: number | null): number | null {
    const counted = this.#counted.get(variant);
    if (counted !== undefined) return counted;
    const moved = this.#moved.get(variant) ?? null;
    return known === null ? moved : known + (moved ?? 0);
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
    // Counts are rare; only while one is pending are all entries folded again.
    this.#counted = this.#counts === 0 ? new Map() : countedLevels(pending);
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
    for (const entry of entries) {
      const { movements, counted } = effectsOf(entry);
      if (counted !== null) this.#counts += sign;
      for (const { variant, quantity } of movements) {
        const now = (this.#moved.get(variant) ?? 0) + sign * quantity;
        if (now === 0) this.#moved.delete(variant);
        else this.#moved.set(variant, now);
      }
    }
  }
}

function countedLevels(pending: readonly JournalEntry[]): ReadonlyMap<VariantId, number> {
  const levels = foldStock({ levels: new Map(), pending });
  const counted = pending.flatMap(({ fact }) => (fact.type === "stock.counted" ? [fact.variant] : []));
  return new Map(counted.map((variant) => [variant, levels.get(variant)?.onHand ?? 0]));
}
