import type { CustomerId, TicketId } from "#domain/ids.ts";
import { type PointsEntry, type PointsMove, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import { raiseOrRetell } from "../exceptions/raise.ts";
import { tillsOf } from "../exceptions/till-names.ts";
import { endLease } from "../orders/standing-lease.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { holderOf } from "./account.ts";
import { overdrawnId, pointsLease } from "./book.ts";
import { type PointsTurn, type SettledPoints, settleInTurn } from "./settle.ts";
import { takenBackOf } from "./take-back.ts";

/** What a ticket does to points, and the till that it is of. */
export interface TicketPoints {
  readonly device: DeviceRecord;
  readonly ticket: TicketId;
  readonly moves: readonly PointsMove[];
}

/** A turn of somebody's points, and the till that took some of them by it; null: none did. */
interface TillsTurn extends PointsTurn {
  readonly spentAt: DeviceRecord | null;
}

/**
 * Books what tickets did to points, each move once, whatever it contradicts: as one after the other in their order. Tills of the whole chain learn how its customers stand.
 * Of what came back already, at a till that told of that earlier, what it had earned is taken back.
 */
export async function bookTicketPoints(
  publication: Publication,
  tickets: readonly TicketPoints[],
): Promise<void> {
  const told = tickets.filter(({ moves }) => moves.length > 0);
  if (told.length === 0) return;
  const { tx, at } = publication;
  const moved = told.flatMap(({ moves }) => moves.map(pointsEntryOf));
  const fresh = new Set(await tx.addPointsEntries(moved, at));
  const cameBack = new Map(await takenBackAlready(publication, told));
  const turns: TillsTurn[] = [];
  for (const { device, ticket, moves } of told) {
    // The first that was told counts.
    const added = moves.map(pointsEntryOf).filter(({ id }) => fresh.delete(id));
    for (const customer of new Set(moves.map((move) => move.customer))) {
      const own = added.filter((entry) => entry.customer === customer);
      const isSpent = own.some(({ kind }) => kind === "burned");
      turns.push({ customer, added: own, spentAt: isSpent ? device : null });
    }
    const back = cameBack.get(ticket);
    if (back === undefined) continue;
    cameBack.delete(ticket);
    turns.push({ customer: back.customer, added: [back], spentAt: null });
  }
  const settled = await settleInTurn(publication, turns);
  for (const [place, { customer, spentAt }] of turns.entries())
    if (spentAt !== null)
      await noteSpent(publication, spentAt, { customer, settled: settled[place] ?? null });
}

/** What is taken back of tickets of which something came back before they were told, by their ids. Of nearly all nothing did. */
async function takenBackAlready(
  publication: Publication,
  told: readonly TicketPoints[],
): Promise<ReadonlyMap<TicketId, PointsEntry>> {
  const { tx, at } = publication;
  const earning = told.filter(({ moves }) => moves.some(({ kind }) => kind === "earned"));
  const ids = new Set(earning.map(({ ticket }) => ticket));
  const back = new Map<TicketId, PointsEntry>();
  for (const purchase of await tx.everReturned([...ids].map((id) => ({ kind: "ticket", id }) as const))) {
    const move = await takenBackOf(publication, purchase);
    if (move === null || purchase.kind !== "ticket") continue;
    const entry = pointsEntryOf(move);
    if ((await tx.addPointsEntries([entry], at)).has(entry.id)) back.set(purchase.id, entry);
  }
  return back;
}

/** A till took points: it holds them no longer, and where there were not as many it is raised. */
async function noteSpent(
  publication: Publication,
  device: DeviceRecord,
  { customer, settled }: { readonly customer: CustomerId; readonly settled: SettledPoints | null },
): Promise<void> {
  await endLease(publication, device, pointsLease((await holderOf(publication.tx, customer)).customer));
  if (settled !== null && settled.standing.balance < 0) await raiseOverdrawn(publication, device, settled);
}

async function raiseOverdrawn(
  publication: Publication,
  device: DeviceRecord,
  { customer, standing, entries }: SettledPoints,
): Promise<void> {
  const { tx } = publication;
  const id = overdrawnId(customer);
  const burnings = entries.filter(({ kind }) => kind === "burned");
  const detail = {
    customer: (await tx.customer(customer))?.name ?? customer,
    points: String(-standing.balance),
    tills: (await tillsOf(tx, burnings)).join(", "),
  };
  await raiseOrRetell(publication, {
    id,
    kind: "pointsOverdrawn",
    store: device.store,
    subject: null,
    detail,
  });
}
