import type { CustomerId, Instant } from "../ids.ts";
import { isBeingPaid } from "../payments/card-request.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Basket } from "../ticket/basket.ts";

/** The customer the basket is sold to; null: to nobody known. Once payment has begun it stays as it is, since prices may depend on it. */
export function attachCustomer({
  basket,
  customer,
  at,
}: {
  readonly basket: Basket;
  readonly customer: CustomerId | null;
  readonly at: Instant;
}): Result<Basket, "paymentStarted"> {
  if (basket.customer === customer) return ok(basket);
  return isBeingPaid(basket) ? refused("paymentStarted") : ok({ ...basket, customer, updatedAt: at });
}

/**
 * The basket without whoever is gone: erased customers leave no name in it. An order in the making is theirs, and goes with them. The same basket where it is
 * nobody's of them.
 */
export function withoutCustomers({
  basket,
  gone,
  at,
}: {
  readonly basket: Basket;
  readonly gone: ReadonlySet<CustomerId>;
  readonly at: Instant;
}): Basket {
  if (basket.customer === null || !gone.has(basket.customer)) return basket;
  const { ordering: _theirs, taxExemption, ...plain } = basket;
  // Once money was taken, the prices stand.
  const kept = isBeingPaid(basket) && taxExemption !== undefined ? { ...plain, taxExemption } : plain;
  return { ...kept, customer: null, updatedAt: at };
}
