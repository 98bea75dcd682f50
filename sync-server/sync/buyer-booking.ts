import { pointsMovesOf } from "#domain/loyalty/moves.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { noteKnownAt } from "../customers/known-at.ts";
import { bookPromotionUses, ticketPromotionUse } from "../customers/promotion-uses.ts";
import { bookTicketPoints } from "../loyalty/ticket-points.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "./publisher.ts";

/** Books what tickets, each of a till, do to the customers that they name: as one after the other in their order. */
export async function bookBuyers(
  publication: Publication,
  rungUp: readonly { readonly device: DeviceRecord; readonly ticket: Ticket }[],
): Promise<void> {
  const tickets = rungUp.map(({ ticket }) => ticket);
  await bookPromotionUses(publication, tickets.map(ticketPromotionUse));
  await bookTicketPoints(
    publication,
    rungUp.map(({ device, ticket }) => ({ device, ticket: ticket.id, moves: pointsMovesOf(ticket) })),
  );
  await noteKnownAt(publication, tickets);
}
