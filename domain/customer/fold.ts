import type { CustomerId } from "../ids.ts";
import { type CustomerChanges, newCustomer, withChanges } from "./changes.ts";
import type { Customer } from "./customer.ts";

/** A fact about a customer, opened. */
export interface OpenedFact {
  readonly type: "customer.registered" | "customer.edited";
  readonly customer: CustomerId;
  readonly changes: CustomerChanges;
}

/**
 * fold(replica, pending): a profile with what its till has said of it that the replica does not contain yet. Null where there is none: what is said of somebody
 * who is not known (any more) makes nobody.
 */
export function foldCustomer(customer: Customer | null, facts: readonly OpenedFact[]): Customer | null {
  return facts.reduce<Customer | null>((known, { type, customer: id, changes }) => {
    if (known !== null) return withChanges(known, changes);
    return type === "customer.registered" ? newCustomer(id, changes) : null;
  }, customer);
}
