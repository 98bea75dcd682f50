import type { CaseProduct } from "#domain/cases/case.ts";
import type { StoreOrder } from "#domain/orders/order.ts";
import type { Purchase } from "#domain/returns/purchase.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { CasePurchaseFound } from "#protocol/sync/cases.ts";
import type { OrderBook } from "../orders/order-book.ts";
import type { ReceiptCodes } from "../returns/receipt-codes.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";

const MAX_NUMBER_CHARS = 60;
/** Sales of this till that are looked through for a receipt's number. */
const TICKETS_LOOKED_AT = 500;

/** What was bought: by a receipt's own code, whoever of the chain sold it and without asking anybody; or by the number on a receipt of this till or an order of this store; the chain's others are asked for where there is a connection. Null: nobody here knows. */
export async function purchaseNumbered(
  { journal, server }: Pick<ShopPorts, "journal" | "server">,
  {
    book,
    codes,
    number: typed,
  }: {
    readonly book: OrderBook;
    readonly codes: Pick<ReceiptCodes, "read">;
    readonly number: string;
  },
): Promise<CasePurchaseFound> {
  const code = await codes.read(typed.trim());
  const sold = code.ok && code.value.kind === "full" ? code.value.purchase : null;
  const summary = code.ok && code.value.kind === "summary" ? code.value.summary : null;
  const number = (sold?.number ?? summary?.number ?? typed.trim()).toUpperCase();
  // Whose it was is not in a code: whoever knows the purchase knows more.
  const known = number.length > MAX_NUMBER_CHARS ? null : await knownAs(number, { journal, server, book });
  return known ?? (sold === null ? null : ofPurchase(sold));
}

async function knownAs(
  number: string,
  { journal, server, book }: Pick<ShopPorts, "journal" | "server"> & { readonly book: OrderBook },
): Promise<CasePurchaseFound> {
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

/** An article that is sold no more has no name in a code: it is told by its number. */
function ofPurchase({ ref, number, customer, at, lines }: Purchase): CasePurchaseFound {
  const products = lines.map(({ variant, sku, name, options }) =>
    productOf({ variant, sku, name: name === "" ? sku : name, options }),
  );
  return { purchase: { ref, number }, customer, boughtAt: at, products };
}

function productOf({ variant, sku, name, options }: CaseProduct): CaseProduct {
  return { variant, sku, name, options };
}
