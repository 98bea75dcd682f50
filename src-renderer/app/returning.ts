import { create } from "zustand";
import type { BasketId, LineId, Sku } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { Disposition, GoodsCondition, ReturnReason } from "#domain/returns/goods.ts";
import type { PurchaseRef } from "#domain/returns/purchase.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { ReturningView } from "#protocol/till/returns.ts";
import { inTurn } from "./in-turn.ts";
import { ask, useTill } from "./till.ts";

/** What is said of goods that come back. */
export interface Goods {
  readonly reason: ReturnReason;
  readonly condition: GoodsCondition;
  readonly disposition: Disposition;
}

/** Goods that come back with the basket: of a purchase by its line, or without a receipt. */
export interface ReturnedRow extends Goods {
  readonly line: LineId;
  readonly of: { readonly purchase: PurchaseRef; readonly position: number } | null;
  readonly sku: Sku;
  readonly name: string;
  readonly options: readonly string[];
  readonly image: string | null;
  readonly quantity: number;
  /** What is given back for it. */
  readonly refund: Money;
}

export interface Dropped {
  readonly row: ReturnedRow;
  /** Of which basket: in another it cannot be undone. */
  readonly basket: BasketId | null;
  readonly at: number;
}

interface ReturnState {
  /** Whether the return lies over the shelves; without a return in the basket there is none to show. */
  readonly shown: boolean;
  /** What the customer keeps after all, while that can be undone. */
  readonly dropped: Dropped | null;
}

export const useReturn = create<ReturnState>(() => ({ shown: false, dropped: null }));

export function showReturn(): void {
  useReturn.setState({ shown: true });
}

/** Back to the shelves: what comes back stays in the basket. */
export function leaveReturn(): void {
  useReturn.setState({ shown: false });
}

/** The return that lies over the shelves; null while the shelves are in sight. */
export function shownReturn(): ReturningView | null {
  return useReturn.getState().shown ? (useTill.getState().basket?.returning ?? null) : null;
}

export function useShownReturn(): ReturningView | null {
  const shown = useReturn((state) => state.shown);
  const returning = useTill((till) => till.basket?.returning ?? null);
  return shown ? returning : null;
}

/** Everything that comes back, in the order of the purchases. */
export function returnedRows(returning: ReturningView | null): readonly ReturnedRow[] {
  if (returning === null) return [];
  const ofPurchases = returning.purchases.flatMap(({ ref, lines }) =>
    lines.flatMap(({ position, sku, name, options, image, chosen }) =>
      chosen === null ? [] : [{ ...chosen, of: { purchase: ref, position }, sku, name, options, image }],
    ),
  );
  return [...ofPurchases, ...returning.unreceipted.map((row) => ({ ...row, of: null }))];
}

export function comesBack({ returning }: Pick<BasketView, "returning">): boolean {
  return returnedRows(returning).length > 0;
}

/** Whether something is sold or comes back. */
export function isFilled(basket: BasketView): boolean {
  return basket.lines.length > 0 || comesBack(basket);
}

/** What still stands in the way of the basket's return. */
export function openObstacles({ returning }: Pick<BasketView, "returning">): ReturningView["obstacles"] {
  return returning?.obstacles.filter(({ isSettled }) => !isSettled) ?? [];
}

/** What an answer says of the basket counts at once: the next press may come before the view that tells of it. */
export function learn(
  answer: { readonly ok: true; readonly value: BasketView } | { readonly ok: false } | null,
): boolean {
  if (answer?.ok !== true) return false;
  const { value } = answer;
  const { basket } = useTill.getState();
  if (basket?.id === value.id && basket.revision < value.revision) useTill.setState({ basket: value });
  return true;
}

/** It stays with the customer after all; for some seconds that can be undone. */
export function dropReturned(row: ReturnedRow): Promise<void> {
  return inTurn(() => drop(row));
}

/** The same for whoever has the turn already. */
export async function drop(row: ReturnedRow): Promise<void> {
  const basket = useTill.getState().basket?.id ?? null;
  const answer = await ask("dropReturn", { line: row.line });
  if (learn(answer)) useReturn.setState({ dropped: { row, basket, at: Date.now() } });
}

/** What was dropped comes back as it was. */
export function undoDrop(): Promise<void> {
  return inTurn(async () => {
    const { dropped } = useReturn.getState();
    if (dropped === null) return;
    useReturn.setState({ dropped: null });
    await putBack(dropped.row);
  });
}

export function forgetDropped(): void {
  useReturn.setState({ dropped: null });
}

async function putBack({ of, sku, quantity, reason, condition, disposition }: ReturnedRow): Promise<void> {
  const goods = { quantity, reason, condition, disposition };
  if (of !== null) {
    learn(await ask("chooseReturn", { ...of, ...goods }));
    return;
  }
  const found = await ask("variantOf", { code: sku });
  if (found?.variant == null) return;
  learn(await ask("returnWithoutReceipt", { variant: found.variant, ...goods }));
}
