import type { CustomerId } from "#domain/ids.ts";
import { type PointsMove, pointsAccount, pointsEntryOf } from "#domain/loyalty/ledger.ts";
import { raiseOrRetell } from "../exceptions/raise.ts";
import { tillsOf } from "../exceptions/till-names.ts";
import { endLease } from "../orders/standing-lease.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { holderOf } from "./account.ts";
import { type SettledPoints, settlePoints } from "./settle.ts";

/** What a lease on spending a customer's points is about. */
export function pointsLease(customer: string): string {
  return `balance:points:${customer}`;
}

/** Books what a ticket did to points, each move once, whatever it contradicts. Tills of the whole chain learn how its customers stand. */
export async function bookTicketPoints(
  publication: Publication,
  device: DeviceRecord,
  moves: readonly PointsMove[],
): Promise<void> {
  const { tx } = publication;
  const spenders = new Set<CustomerId>();
  for (const move of moves) {
    const isNew = await tx.addPointsEntry(pointsEntryOf(move), publication.at);
    if (isNew && move.kind === "burned") spenders.add(move.customer);
  }
  for (const customer of new Set(moves.map((move) => move.customer))) {
    const settled = await settlePoints(publication, customer);
    if (!spenders.has(customer)) continue;
    await endLease(publication, device, pointsLease((await holderOf(tx, customer)).customer));
    if (settled !== null && settled.standing.balance < 0) await raiseOverdrawn(publication, device, settled);
  }
}

/** Books one move that no ticket tells; false where it was booked before. */
export async function bookPoints(publication: Publication, move: PointsMove): Promise<boolean> {
  const isNew = await publication.tx.addPointsEntry(pointsEntryOf(move), publication.at);
  if (isNew) await settlePoints(publication, move.customer);
  return isNew;
}

/** Names the exception that more points of a customer were taken than there were. */
export function overdrawnId(customer: CustomerId): string {
  return `overdrawn:${pointsAccount(customer)}`;
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
