import type { AdjustmentId, StaffId, StoreId, VariantId } from "../ids.ts";
import type { StockMovement } from "./stock.ts";

/** Why pieces are there or gone though nobody bought, sold or counted them; `direction` says which of both it can be. */
export interface AdjustmentReason {
  readonly id: string;
  /** What people read; of the usual ones each program knows words in its own language. */
  readonly name: string;
  readonly direction: "out" | "in" | "both";
}

/** What every shop has; a retailer may add more. */
export const USUAL_REASONS = [
  { id: "damaged", name: "Damaged", direction: "out" },
  { id: "stolen", name: "Stolen", direction: "out" },
  { id: "found", name: "Found", direction: "in" },
  { id: "ownUse", name: "Own use", direction: "out" },
  { id: "expired", name: "Expired", direction: "out" },
  { id: "sample", name: "Sample", direction: "out" },
] as const satisfies readonly AdjustmentReason[];

export const MAX_ADJUSTMENT_REASONS = 30;
/** More pieces at once than any shelf holds: a slip of the finger. */
export const MAX_ADJUSTED = 100_000;

/** All reasons of a store: the usual ones, then those that the retailer added. */
export function adjustmentReasonsOf(
  added: readonly AdjustmentReason[] | undefined,
): readonly AdjustmentReason[] {
  const usual: readonly AdjustmentReason[] = USUAL_REASONS;
  return [...usual, ...(added ?? []).filter(({ id }) => usual.every((each) => each.id !== id))];
}

/** Why an adjustment is not taken. */
export type AdjustmentRefusal = "noSuchReason" | "wrongDirection" | "noPieces" | "tooMany";

/** What is wrong with an adjustment; null: nothing. A reason by which goods leave takes no pieces in. */
export function checkAdjustment(
  { quantity, why }: { readonly quantity: number; readonly why: string },
  reasons: readonly AdjustmentReason[],
): AdjustmentRefusal | null {
  const reason = reasons.find(({ id }) => id === why);
  if (reason === undefined) return "noSuchReason";
  if (!Number.isSafeInteger(quantity) || quantity === 0) return "noPieces";
  if (Math.abs(quantity) > MAX_ADJUSTED) return "tooMany";
  if (reason.direction === "out" && quantity > 0) return "wrongDirection";
  if (reason.direction === "in" && quantity < 0) return "wrongDirection";
  return null;
}

/** Who adjusted: a colleague at a till, or somebody at HQ by the name the audit log knows. */
export type AdjustedBy =
  | { readonly kind: "staff"; readonly staff: StaffId | null }
  | { readonly kind: "hq"; readonly name: string };

/** What a till tells of an adjustment. */
export interface StockAdjusted {
  readonly type: "stock.adjusted";
  readonly id: AdjustmentId;
  readonly variant: VariantId;
  /** Pieces; negative when they are gone. */
  readonly quantity: number;
  readonly why: string;
  readonly note: string;
}

/** What an adjustment does to a store's stock. */
export function movementOfAdjustment({
  store,
  variant,
  quantity,
  ...told
}: {
  readonly store: StoreId;
  readonly variant: VariantId;
  readonly quantity: number;
  readonly act: AdjustmentId;
  readonly why: string;
  readonly note: string;
  readonly by: AdjustedBy;
}): StockMovement {
  const { act, why, note, by } = told;
  return { store, variant, quantity, reason: { kind: "adjusted", act, why, note, by } };
}
