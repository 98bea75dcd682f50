import type { Ticket } from "../ticket/ticket.ts";
import type { PointsMove } from "./ledger.ts";

/** What a ticket does to points: earned as it says itself, burned and given back by its tenders. What it takes back with goods only the server knows, which has all their returns. */
export function pointsMovesOf(ticket: Ticket): readonly PointsMove[] {
  const { id, number, store, device, staff, completedAt: at, customer, loyalty, tenders } = ticket;
  const told = { at, number, store, device, staff };
  const earned: readonly PointsMove[] =
    customer === null || loyalty === undefined || loyalty.earned <= 0
      ? []
      : [
          {
            ...told,
            id: `earned:ticket:${id}`,
            kind: "earned",
            customer,
            points: loyalty.earned,
            purchase: `ticket:${id}`,
            shares: loyalty.shares,
          },
        ];
  const paid = tenders.flatMap((tender): PointsMove[] => {
    const cause = { ...told, id: `${id}:${tender.id}`, purchase: null };
    if (tender.kind === "points" && tender.points > 0)
      return [
        { ...cause, kind: "burned", customer: tender.customer, points: tender.points, amount: tender.amount },
      ];
    if (tender.kind === "refund" && tender.to.kind === "points" && tender.to.points > 0)
      return [{ ...cause, kind: "givenBack", customer: tender.to.customer, points: tender.to.points }];
    return [];
  });
  return [...earned, ...paid];
}
