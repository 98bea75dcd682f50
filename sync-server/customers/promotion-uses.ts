import { grantedPromotions } from "#domain/coupons/uses.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf, type PromotionId } from "#domain/ids.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { promotionOf } from "../catalog/promotions.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";

const MAX_LOOKED_AT = 1_000;

/** That somebody bought something, and which promotions were granted for it. */
export interface PromotionUse {
  /** Null: nobody known. */
  readonly customer: CustomerId | null;
  /** The ticket's or order's id: counted once by it. */
  readonly subject: string;
  readonly granted: Iterable<PromotionId>;
  /** Whether anything was bought; goods that come back are no purchase. */
  readonly buys: boolean;
}

export function ticketPromotionUse({ id, customer, lines }: Ticket): PromotionUse {
  const sold = lines.filter(({ kind }) => kind === "sale");
  return { customer, subject: id, granted: grantedPromotions(sold), buys: sold.length > 0 };
}

/**
 * Counts by customer on which tickets and orders each promotion was granted, and that they have bought, each once. Tills hear of it where it matters to them: the
 * first purchase, and promotions that are capped per customer.
 */
export async function bookPromotionUses(
  publication: Publication,
  { customer, subject, granted, buys }: PromotionUse,
): Promise<void> {
  if (customer === null || !buys) return;
  const { tx } = publication;
  let isCounted = false;
  for (const promotion of granted)
    isCounted = (await tx.addPromotionUse({ customer, promotion, subject })) || isCounted;
  const known = await tx.customer(customer);
  if (known === null || (known.hasBought === true && !isCounted)) return;
  const bought = await withPromotionUses(tx, { ...known, hasBought: true });
  if (known.hasBought !== true || !isSameUses(known, bought)) await publication.putCustomer(bought);
}

/** A profile with what was counted of it, under former ids as well: also what a merged profile is to say. */
export async function withPromotionUses(tx: ReadTransaction, customer: Customer): Promise<Customer> {
  const counted = await tx.promotionUses([customer.id, ...(customer.formerIds ?? [])]);
  const promotionUses = [];
  for (const use of counted) if (await isCapped(tx, use.promotion)) promotionUses.push(use);
  const { promotionUses: _before, ...plain } = customer;
  return promotionUses.length === 0 ? plain : { ...plain, promotionUses };
}

/** A profile with what was counted of it alone, as after it came apart from another: its uses, and whether it has bought. */
export async function recounted(tx: ReadTransaction, customer: Customer): Promise<Customer> {
  const { hasBought: _before, ...plain } = customer;
  const counted = await withPromotionUses(tx, plain);
  return (await hasBought(tx, customer.id)) ? { ...counted, hasBought: true } : counted;
}

/** By the newest of the history: who came in so often with nothing but goods that come back has hardly bought them elsewhere. */
async function hasBought(tx: ReadTransaction, customer: CustomerId): Promise<boolean> {
  for (const { kind, id } of await tx.historyOf({ customer, channels: [], limit: MAX_LOOKED_AT })) {
    if (kind === "order") return true;
    const ticket = await tx.ticket(idOf<"Ticket">(id));
    if (ticket !== null && ticketPromotionUse(ticket.ticket).buys) return true;
  }
  return false;
}

async function isCapped(tx: ReadTransaction, id: PromotionId): Promise<boolean> {
  return (await promotionOf(tx, id))?.limits?.perCustomer !== undefined;
}

function isSameUses({ promotionUses: a = [] }: Customer, { promotionUses: b = [] }: Customer): boolean {
  return (
    a.length === b.length &&
    a.every(({ promotion, times }) => b.some((each) => each.promotion === promotion && each.times === times))
  );
}
