import type { LineId } from "../ids.ts";
import type { Basket } from "../ticket/basket.ts";
import type { Ticket, TicketLoyalty } from "../ticket/ticket.ts";
import { earnedOn, earningGoods, paidWithPoints } from "./earn.ts";
import type { LoyaltyProgramme, LoyaltyTier } from "./programme.ts";

/** By what a sale earns: the programme as the till has it, and how its customer stands as far as the till knows. */
export interface LoyaltyAtSale {
  readonly programme: LoyaltyProgramme;
  readonly tier: LoyaltyTier | null;
  /** Before this sale; null: not known here. */
  readonly balance: { readonly points: number; readonly word: "server" | "till" } | null;
}

/**
 * A ticket with what its customer earns, worked out here once and for all: the receipt says it, and the server books what the ticket says, whatever the programme
 * has become meanwhile.
 */
export function withLoyalty(
  ticket: Ticket,
  { basket, programme, tier, balance }: LoyaltyAtSale & { readonly basket: Pick<Basket, "lines"> },
): Ticket {
  if (ticket.customer === null) return ticket;
  const categories = new Map(basket.lines.map(({ id, category }) => [id, category ?? null]));
  const { points, shares } = earnedOn({
    goods: earningGoods(ticket, (line: LineId) => categories.get(line) ?? null),
    programme,
    tier,
    withPoints: paidWithPoints(ticket),
  });
  const loyalty: TicketLoyalty = {
    earned: points,
    shares,
    ...(balance === null
      ? {}
      : { balance: { points: balance.points + points + movedBy(ticket), word: balance.word } }),
  };
  return { ...ticket, loyalty };
}

/** What the ticket's tenders do to its customer's points. */
function movedBy({ tenders, customer }: Ticket): number {
  return tenders.reduce((sum, tender) => {
    if (tender.kind === "points") return sum - tender.points;
    if (tender.kind !== "refund" || tender.to.kind !== "points" || tender.to.customer !== customer)
      return sum;
    return sum + tender.to.points;
  }, 0);
}
