import type { CaseProduct } from "#domain/cases/case.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { CasePurchaseFound } from "#protocol/sync/cases.ts";
import type { OrderBook } from "../orders/order-book.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

/** Sales of this till that are looked through for a receipt's number. */
const TICKETS_LOOKED_AT = 500;

/** What was bought, by the number on a receipt of this till or an order of this store; the chain's others are asked for where there is a connection. Null: nobody here knows. */
export async function purchaseNumbered(
  { journal, server }: Pick<ShopPorts, "journal" | "server">,
  { book, number: typed }: { readonly book: OrderBook; readonly number: string },
): Promise<CasePurchaseFound> {
  const number = typed.trim().toUpperCase();
  const tickets = await journal.recentTickets(TICKETS_LOOKED_AT);
  const ticket = tickets.find((each) => each.ticket.number === number)?.ticket;
  if (ticket !== undefined) return ofTicket(ticket);
  const order = book.all().find((each) => each.number.toUpperCase() === number);
  if (order !== undefined) return ofOrder(order);
  if (!server.online()) return null;
  return server.casePurchase(number).catch(() => null);
}

function ofTicket({ id, number, customer, completedAt, lines }: Ticket): CasePurchaseFound {
  return {
    purchase: { ref: { kind: "ticket", id }, number },
    customer,
    boughtAt: completedAt,
    products: lines.filter(({ kind }) => kind === "sale").map(productOf),
  };
}

function ofOrder({ order: id, number, contact, placedAt, lines }: StoreOrder): CasePurchaseFound {
  return {
    purchase: { ref: { kind: "order", id }, number },
    customer: contact.customer,
    boughtAt: placedAt,
    products: lines.map(productOf),
  };
}

function productOf({ variant, sku, name, options }: CaseProduct): CaseProduct {
  return { variant, sku, name, options };
}
