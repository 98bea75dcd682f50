import type { RefundTo } from "../ticket/ticket.ts";
import type { PaidWith } from "./purchase.ts";

/** Which payment a refund gives back: the approval code of a card payment, or an order paid online, or whose points. Null in cash, as credit, and where nobody said. */
export function paymentOfRefund(to: RefundTo): string | null {
  switch (to.kind) {
    case "card":
      return to.paidBy ?? null;
    case "points":
      return to.customer;
    case "online":
      return to.order;
    case "cash":
    case "credit":
      return null;
  }
}

/** The same for how something was paid. */
export function paymentOfPaid(paid: PaidWith): string | null {
  switch (paid.kind) {
    case "card":
      return paid.approvalCode;
    case "online":
      return paid.order;
    case "points":
      return paid.customer;
    case "cash":
    case "credit":
      return null;
  }
}
