import type { Instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { alreadyCounted } from "#domain/stock/counting.ts";
import { causeOf } from "#domain/stock/movements.ts";
import { isOversoldBy } from "#domain/stock/oversold.ts";
import { shelfKey } from "#domain/stock/shelf.ts";
import type { StockLevel, StockMovement } from "#domain/stock/stock.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { StockMove } from "../storage/port.ts";
import type { Publication } from "./publisher.ts";

/** A movement as an entry brings it: once by what caused it, else by the entry. */
export function moveOf(movement: StockMovement, { id }: JournalEntry, actedAt: Instant): StockMove {
  return { movement, cause: causeOf(movement.reason) ?? id, actedAt };
}

/**
 * Books movements in their order, each once by its cause. Answers the levels of all their shelves as they are after that, of one that was moved before as well: whoever told of it once more
 * counts it on top of what they have read until they read that again. They are not told to the tills: the caller does.
 */
export async function bookMovements(
  publication: Publication,
  moves: readonly StockMove[],
): Promise<readonly StockLevel[]> {
  if (moves.length === 0) return [];
  const { tx, at } = publication;
  const counted = await tx.everCounted(moves.map(({ movement }) => movement));
  const levels = new Map<string, StockLevel>();
  const note = ({ store, variant }: StockMovement, onHand: number) =>
    levels.set(shelfKey({ store, variant }), { store, variant, onHand });
  const plain = moves.filter(({ movement }) => !counted.has(shelfKey(movement)));
  const booked = plain.length === 0 ? [] : await tx.addMovements(plain, at);
  for (const [place, { movement, cause }] of plain.entries()) {
    const onHand = booked[place] ?? null;
    if (onHand === null) continue;
    note(movement, onHand);
    await raiseOversold(publication, { movement, cause, onHand });
  }
  for (const { movement, cause, actedAt } of moves) {
    if (!counted.has(shelfKey(movement))) continue;
    if (await bookMovement(publication, movement, { cause, actedAt }))
      note(movement, await tx.onHand(movement));
  }
  for (const { movement } of moves)
    if (!levels.has(shelfKey(movement))) note(movement, await tx.onHand(movement));
  return [...levels.values()];
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
  if (!isOversoldBy({ quantity: movement.quantity, onHand })) return;
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
