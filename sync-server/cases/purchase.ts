import type { CaseProduct } from "#domain/cases/case.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { CasePurchaseFound } from "#protocol/sync/cases.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** What a receipt or an order of this number sold. */
export async function purchaseNumbered(tx: ReadTransaction, number: string): Promise<CasePurchaseFound> {
  const wanted = number.trim().toUpperCase();
  const ticket = await tx.ticketNumbered(wanted);
  if (ticket !== null) return ofTicket(ticket);
  const order = await tx.orderNumbered(wanted);
  return order === null ? null : ofOrder(order);
}

function ofTicket({ id, number, customer, completedAt, lines }: Ticket): CasePurchaseFound {
  const products = lines
    .filter(({ kind }) => kind === "sale")
    .map(({ variant, sku, name, options }): CaseProduct => ({ variant, sku, name, options }));
  return found({ kind: "ticket", id }, { number, customer, boughtAt: completedAt, products });
}

function ofOrder({ id, number, contact, placedAt, lines }: Order): CasePurchaseFound {
  const products = lines.map(
    ({ variant, sku, name, options }): CaseProduct => ({ variant, sku, name, options }),
  );
  return found({ kind: "order", id }, { number, customer: contact.customer, boughtAt: placedAt, products });
}

type Found = NonNullable<CasePurchaseFound>;

function found(
  ref: Found["purchase"]["ref"],
  { number, ...rest }: Omit<Found, "purchase"> & { readonly number: string },
): Found {
  return { purchase: { ref, number }, ...rest };
}
