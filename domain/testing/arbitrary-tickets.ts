import fc from "fast-check";
import { idOf } from "../ids.ts";
import type { Basket, BasketLine } from "../ticket/basket.ts";
import { completeTicket } from "../ticket/complete.ts";
import { paymentOf } from "../ticket/payment.ts";
import { formatReceiptNumber } from "../ticket/receipt-number.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { basketOf, MIRA, NOON } from "./arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf } from "./shop.ts";
import { BERLIN, TILL } from "./written-chain.ts";

/** A sale in Berlin paid with the exact amount in cash. */
export function ticketOf(
  lines: readonly BasketLine[],
  counter = 1,
  exempt: Pick<Basket, "taxExemption"> = {},
): Ticket {
  const basket = { ...basketOf(lines), ...exempt };
  const { dueInCash } = paymentOf({ basket, tax: GERMANY, currency: EUR });
  const completed = completeTicket({
    basket: { ...basket, tenders: [{ id: idOf<"Tender">("coins"), kind: "cash", tendered: dueInCash }] },
    tax: GERMANY,
    currency: EUR,
    timeZone: "Europe/Berlin",
    id: idOf<"Ticket">(`ticket-${counter}`),
    number: formatReceiptNumber({ storeCode: "BER1", register: 3, counter }),
    store: BERLIN,
    device: TILL,
    staff: MIRA,
    at: NOON,
  });
  if (!completed.ok) throw new Error(`the sale was not completed: ${completed.reason}`);
  return completed.value;
}

/** One to twelve sales of a few articles; the same article often stands on several lines and tickets. */
export const arbitraryTickets: fc.Arbitrary<readonly Ticket[]> = fc
  .array(
    fc.array(fc.record({ article: fc.nat(4), quantity: fc.integer({ min: 1, max: 20 }) }), {
      minLength: 1,
      maxLength: 6,
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((sales) =>
    sales.map((sale, index) =>
      ticketOf(
        sale.map(({ article, quantity }, line) => ({
          ...lineOf({ name: `article-${article}`, price: eur(100 + article), quantity }),
          id: idOf<"Line">(`line-${line}`),
        })),
        index + 1,
      ),
    ),
  );
