import { create } from "zustand";
import type { Disposition, GoodsCondition, ReturnReason } from "#domain/returns/goods.ts";
import { usualDisposition } from "#domain/returns/goods.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import type { ReturningView } from "#protocol/till/returns.ts";
import { type Goods, type ReturnedRow, returnedRows } from "../../app/returning.ts";

interface GoodsState {
  /** What is said of the next article. */
  readonly last: Goods;
  /** The article in front, by `rowKey`. */
  readonly inFront: string | null;
}

const FRESH: GoodsState = {
  last: { reason: "changedMind", condition: "asNew", disposition: usualDisposition("asNew") },
  inFront: null,
};

/** What the cashier says of the goods; what was said already is in the basket, at the engine. */
export const useGoods = create<GoodsState>(() => FRESH);

/** A customer's return begins: nothing was said yet. */
export function beginGoods(): void {
  useGoods.setState(FRESH);
}

/** Names an article that comes back, whatever becomes of its line. */
export function rowKey({ of, sku }: Pick<ReturnedRow, "of" | "sku">): string {
  return of === null ? `without:${sku}` : `${purchaseKey(of.purchase)}/${of.position}`;
}

export function putInFront(key: string): void {
  useGoods.setState({ inFront: key });
}

/** The article in front, as it comes back now; null where none is. */
export function rowInFront(
  returning: ReturningView | null,
  { inFront }: Pick<GoodsState, "inFront"> = useGoods.getState(),
): ReturnedRow | null {
  return returnedRows(returning).find((row) => rowKey(row) === inFront) ?? null;
}

/** What was said, with one thing said anew. Another condition usually sends the goods elsewhere. */
export function saidAnew(
  goods: Goods,
  said: {
    readonly reason?: ReturnReason;
    readonly condition?: GoodsCondition;
    readonly disposition?: Disposition;
  },
): Goods {
  const condition = said.condition ?? goods.condition;
  const usual = said.condition === undefined ? goods.disposition : usualDisposition(condition);
  return { reason: said.reason ?? goods.reason, condition, disposition: said.disposition ?? usual };
}

/** The next article comes back for the same reason; its condition is looked at anew. */
export function remember(reason: ReturnReason): void {
  useGoods.setState({ last: { ...FRESH.last, reason } });
}

/** What is said before an article is chosen is said of that. */
export function sayOfNext({ reason, condition, disposition }: Goods): void {
  useGoods.setState({ last: { reason, condition, disposition } });
}
