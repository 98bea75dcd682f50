import { customerOfContact } from "#domain/customer/known-customer.ts";
import type { CustomerId } from "#domain/ids.ts";
import type { OrderContact } from "#domain/orders/order.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** An order's contact with the profile it belongs to: the one that is named, as far as there is such a one, else the one that its address or number tells. */
export async function withKnownCustomer(tx: ReadTransaction, contact: OrderContact): Promise<OrderContact> {
  return { ...contact, customer: (await named(tx, contact)) ?? (await told(tx, contact)) };
}

async function named(tx: ReadTransaction, { customer }: OrderContact): Promise<CustomerId | null> {
  return customer === null ? null : ((await tx.customer(customer))?.id ?? null);
}

async function told(tx: ReadTransaction, contact: OrderContact): Promise<CustomerId | null> {
  return customerOfContact(contact, await tx.customersLike(contact));
}
