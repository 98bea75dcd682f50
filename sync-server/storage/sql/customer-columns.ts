import type { Customer } from "#domain/customer/customer.ts";
import { blockingKeys } from "#domain/customer/duplicates.ts";
import { phoneTail } from "#domain/customer/phone.ts";
import { customerKeys } from "#domain/customer/search.ts";

/** What a customer is found by in the database. */
export const CUSTOMER_COLUMNS = {
  name: (customer: Customer) => customerKeys(customer).name,
  email: (customer: Customer) => customerKeys(customer).email,
  card: (customer: Customer) => customerKeys(customer).card,
  phone: (customer: Customer) => customerKeys(customer).phone,
  phone_tail: ({ phone }: Customer) => phoneTail(phone) ?? "",
  /** Not a column but rows of `customer_blocks`: a list as JSON. */
  blocks: (customer: Customer) => JSON.stringify(blockingKeys(customer)),
} as const satisfies Readonly<Record<string, (customer: Customer) => string>>;

type Column = keyof typeof CUSTOMER_COLUMNS;

/** For the migration that adds the columns: what each holds for a customer that was written before. Throws on a column that is none. */
export function customerColumn(customer: string, column: string): string {
  if (!Object.hasOwn(CUSTOMER_COLUMNS, column)) throw new RangeError(`customers have no column ${column}`);
  return CUSTOMER_COLUMNS[column as Column](JSON.parse(customer) as Customer);
}
