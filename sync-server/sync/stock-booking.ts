import type { Instant, StoreId, VariantId } from "#domain/ids.ts";
import { alreadyCounted } from "#domain/stock/counting.ts";
import { causeOf } from "#domain/stock/movements.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { Publication } from "./publisher.ts";

/**
 * Books movements of one store, each of another variant, once by their cause. Answers the levels after those that were not booked before; they are not told to the tills:
 * the caller does.
 */
export async function bookMovements(
  publication: Publication,
  { store, movements }: { readonly store: StoreId; readonly movements: readonly StockMovement[] },
  { cause, actedAt }: { readonly cause: string; readonly actedAt: Instant },
): Promise<ReadonlyMap<VariantId, number>> {
  const { tx, at } = publication;
  const variants = movements.map(({ variant }) => variant);
  const counted = new Set(await tx.everCounted({ store, variants }));
  const levels = new Map<VariantId, number>();
  const plain = movements.filter(({ variant }) => !counted.has(variant));
  const booked = plain.length === 0 ? levels : await tx.addMovements(plain, { cause, at, actedAt });
  for (const movement of plain) {
    const onHand = booked.get(movement.variant);
    if (onHand === undefined) continue;
    levels.set(movement.variant, onHand);
    await raiseOversold(publication, { movement, cause, onHand });
  }
  for (const movement of movements) {
    if (!counted.has(movement.variant)) continue;
    if (await bookMovement(publication, movement, { cause, actedAt }))
      levels.set(movement.variant, await tx.onHand(movement));
  }
  return levels;
}

/**
 * Books a movement once by its cause, and with it what takes it back where a later count had seen it already. `actedAt` is when it happened, by the
 * server's clock. False when it was booked before. The level is not told to the tills: the caller does, once for all of its movements.
 */
export async function bookMovement(
  publication: Publication,
  movement: StockMovement,
  { cause, actedAt }: { readonly cause: string; readonly actedAt: Instant },
): Promise<boolean> {
  const { tx, at } = publication;
  const last = await tx.lastCount(movement);
  const onHand = await tx.addMovement(movement, { cause, at, actedAt });
  if (onHand === null) return false;
  const back = alreadyCounted({ movement, cause, at: actedAt, last });
  if (back === null || last === null) {
    await raiseOversold(publication, { movement, cause, onHand });
    return true;
  }
  await tx.addMovement(back, { cause: causeOf(back.reason) ?? cause, at, actedAt: last.at });
  return true;
}

/** Raises the exception of a level that this movement brought below zero: to `onHand`. */
async function raiseOversold(
  publication: Publication,
  {
    movement,
    cause,
    onHand,
  }: { readonly movement: StockMovement; readonly cause: string; readonly onHand: number },
): Promise<void> {
  if (onHand >= 0 || onHand - movement.quantity < 0) return;
  const { store, variant, reason } = movement;
  const detail = { variant, onHand: String(onHand) };
  await raiseException(publication, {
    id: `oversold:${cause}:${variant}`,
    kind: "oversold",
    store,
    subject: null,
    detail: reason.kind === "sale" ? { ...detail, ticket: cause } : detail,
  });
}
