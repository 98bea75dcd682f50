import type { Instant } from "#domain/ids.ts";
import { alreadyCounted } from "#domain/stock/counting.ts";
import { causeOf } from "#domain/stock/movements.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { Publication } from "./publisher.ts";

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
