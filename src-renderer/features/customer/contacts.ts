import type { Customer } from "#domain/customer/customer.ts";

/** How a customer can be reached and known, as far as the profile says. */
export function contactsOf({ phone, email, cardNumber }: Customer): readonly string[] {
  return [phone, email, cardNumber].filter((each) => each !== null);
}
