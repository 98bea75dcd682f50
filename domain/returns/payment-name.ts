import type { RefundTo } from "../ticket/ticket.ts";

/** Which payment a refund gives back: the approval code of a card payment, or an order paid online. Null in cash, as credit, and where nobody said. */
export function paymentOfRefund(to: RefundTo): string | null {
  switch (to.kind) {
    case "card":
      return to.paidBy ?? null;
    case "online":
      return to.order;
    case "cash":
    case "credit":
      return null;
  }
}
