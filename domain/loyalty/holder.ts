import { type Customer, customerIdsOf } from "../customer/customer.ts";
import type { CustomerId } from "../ids.ts";

/** The accounts of a profile: its own, and those of profiles that were merged into it. All of them are one balance. */
export function pointsIdsOf(
  profile: Pick<Customer, "id" | "formerIds">,
): readonly [CustomerId, ...CustomerId[]] {
  return customerIdsOf(profile);
}
