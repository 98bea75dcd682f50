import { grantedPromotions } from "#domain/coupons/uses.ts";
import { type Customer, customerIdsOf } from "#domain/customer/customer.ts";
import { type CustomerId, idOf, type PromotionId } from "#domain/ids.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { promotionsNamed } from "../catalog/promotions.ts";
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
  uses: readonly PromotionUse[],
): Promise<void> {
  const { tx } = publication;
  const bought = uses.flatMap(({ customer, buys, ...use }) =>
    customer === null || !buys ? [] : [{ customer, ...use }],
  );
  if (bought.length === 0) return;
  const counted = await tx.addPromotionUses(
    bought.flatMap(({ customer, subject, granted }) =>
      [...granted].map((promotion) => ({ customer, promotion, subject })),
    ),
  );
  const profiles = new Map<CustomerId, Customer>();
  for (const [asked, profile] of await tx.customersNamed(bought.map(({ customer }) => customer)))
    if (profile.hasBought !== true || counted.has(asked)) profiles.set(profile.id, profile);
  const before = [...profiles.values()];
  const after = await withPromotionUses(
    tx,
    before.map((profile): Customer => ({ ...profile, hasBought: true })),
  );
  await publication.putCustomers(
    after.filter((profile, place) => {
      const was = before[place];
      return was?.hasBought !== true || !isSameUses(was, profile);
    }),
  );
}

/** Profiles with what was counted of each, under former ids as well: also what a merged profile is to say. */
export async function withPromotionUses(
  tx: ReadTransaction,
  customers: readonly Customer[],
): Promise<readonly Customer[]> {
  const counted = await tx.promotionUses(customers.map(customerIdsOf));
  const granted = new Set(counted.flat().map(({ promotion }) => promotion));
  const known = await promotionsNamed(tx, [...granted]);
  const capped = new Set(known.filter(({ limits }) => limits?.perCustomer !== undefined).map(({ id }) => id));
  return customers.map(({ promotionUses: _before, ...plain }, place) => {
    const promotionUses = (counted[place] ?? []).filter(({ promotion }) => capped.has(promotion));
    return promotionUses.length === 0 ? plain : { ...plain, promotionUses };
  });
}

/** A profile with what was counted of it alone, as after it came apart from another: its uses, and whether it has bought. */
export async function recounted(tx: ReadTransaction, customer: Customer): Promise<Customer> {
  const { hasBought: _before, ...plain } = customer;
  const [counted = plain] = await withPromotionUses(tx, [plain]);
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

function isSameUses({ promotionUses: a = [] }: Customer, { promotionUses: b = [] }: Customer): boolean {
  return (
    a.length === b.length &&
    a.every(({ promotion, times }) => b.some((each) => each.promotion === promotion && each.times === times))
  );
}
