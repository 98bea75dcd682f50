import type { Money } from "../money/money.ts";
import type { TicketTender } from "./ticket.ts";

/** What the shop keeps of cash that was handed over: without the change. Both are in one currency; where somebody tampered with a journal, that of what was handed over. */
export function cashKept({
  tendered,
  change,
}: Pick<Extract<TicketTender, { readonly kind: "cash" }>, "tendered" | "change">): Money {
  return { minor: tendered.minor - change.minor, currency: tendered.currency };
}
