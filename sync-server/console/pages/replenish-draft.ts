import { idOf } from "#domain/ids.ts";
import type { WantDelivery } from "#protocol/hq/deliveries.ts";
import type { Proposal, PutReorderRule } from "#protocol/hq/replenish.ts";
import { piecesTyped } from "./delivery-lines.ts";

/** Where goods come from when it is no store. */
export const SUPPLIER = "";

/** Pieces that were typed instead of those that are proposed, by the article. */
export type TypedPieces = ReadonlyMap<string, string>;

/** Pieces of a proposal as they stand in its field. */
export function piecesText({ variant, proposed }: Proposal, typed: TypedPieces): string {
  return typed.get(variant) ?? String(proposed);
}

/** Stores that can spare some of what is taken, with of how many articles; those with most articles first. */
export function givingStores(
  taken: readonly Proposal[],
): readonly { readonly store: string; readonly articles: number }[] {
  const articles = new Map<string, number>();
  for (const { store } of taken.flatMap(({ spare }) => spare))
    articles.set(store, (articles.get(store) ?? 0) + 1);
  return [...articles]
    .map(([store, count]) => ({ store, articles: count }))
    .toSorted((a, b) => b.articles - a.articles || (a.store < b.store ? -1 : 1));
}

export interface OrderDraft {
  /** Code of the store that sends, or `SUPPLIER`. */
  readonly from: string;
  readonly supplier: string;
  readonly expectedOn: string;
}

/** The delivery that brings what is taken: of a store no more than it can spare. Null where nothing is, or pieces are no number. */
export function deliveryOf(
  taken: readonly Proposal[],
  { to, draft, typed }: { readonly to: string; readonly draft: OrderDraft; readonly typed: TypedPieces },
): WantDelivery | null {
  const lines: { sku: Proposal["sku"]; pieces: number }[] = [];
  for (const proposal of taken) {
    const pieces = piecesTyped(piecesText(proposal, typed));
    if (pieces === null) return null;
    const most = draft.from === SUPPLIER ? pieces : sparedBy(proposal, draft.from);
    if (most > 0) lines.push({ sku: proposal.sku, pieces: Math.min(pieces, most) });
  }
  if (lines.length === 0 || (draft.from === SUPPLIER && draft.supplier.trim() === "")) return null;
  return {
    supplier: draft.from === SUPPLIER ? draft.supplier.trim() : "",
    from: draft.from === SUPPLIER ? null : draft.from,
    to,
    expectedOn: draft.expectedOn === "" ? null : idOf<"BusinessDay">(draft.expectedOn),
    lines,
  };
}

function sparedBy({ spare }: Proposal, store: string): number {
  return spare.find((each) => each.store === store)?.pieces ?? 0;
}

/** A rule as it is typed. */
export interface RuleDraft {
  readonly kind: "article" | "category";
  readonly category: string;
  readonly sku: string;
  /** Empty: all stores. */
  readonly store: string;
  readonly reorderPoint: string;
  readonly target: string;
  readonly pack: string;
}

/** The rule that was typed; null while it cannot be followed. */
export function ruleOf(draft: RuleDraft): PutReorderRule | null {
  const [reorderPoint, target, pack] = [draft.reorderPoint, draft.target, draft.pack].map((text) =>
    /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN,
  );
  if (reorderPoint === undefined || target === undefined || pack === undefined) return null;
  if (!(target > reorderPoint) || !(pack > 0)) return null;
  const name = (draft.kind === "article" ? draft.sku : draft.category).trim();
  if (name === "") return null;
  return {
    subject:
      draft.kind === "article"
        ? { kind: "article", sku: idOf<"Sku">(name) }
        : { kind: "category", category: name },
    store: draft.store === "" ? null : draft.store,
    rule: { reorderPoint, target, pack },
  };
}
