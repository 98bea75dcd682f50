import type { CustomerId } from "../ids.ts";
import type { OrderContact } from "../orders/order.ts";
import { wordsOf } from "../text/fold.ts";
import type { Customer } from "./customer.ts";
import { emailKey } from "./email.ts";
import { isSamePhone } from "./phone.ts";

/**
 * Whose order this is, where the shop named nobody: the one profile with the contact's e-mail address; of several, the one with its telephone number too;
 * where none has the address, the one with the number. A number is shared in a household: under two different addresses it is one person's only if the name
 * is the same as well. Null where nobody or more than one fits: a wrong history is worse than none.
 */
export function customerOfContact(
  { name, email, phone }: Pick<OrderContact, "name" | "email" | "phone">,
  candidates: readonly Customer[],
): CustomerId | null {
  const address = emailKey(email);
  const byAddress = candidates.filter((each) => address !== null && emailKey(each.email) === address);
  const hasNumber = (each: Customer): boolean =>
    phone !== null && each.phone !== null && isSamePhone(each.phone, phone);
  if (byAddress.length === 1) return only(byAddress);
  if (byAddress.length > 1) return only(byAddress.filter(hasNumber));
  return only(
    candidates.filter(
      (each) =>
        hasNumber(each) && (address === null || emailKey(each.email) === null || isSameName(each.name, name)),
    ),
  );
}

function only(found: readonly Customer[]): CustomerId | null {
  const [one, another] = found;
  return one === undefined || another !== undefined ? null : one.id;
}

/** In whatever order first and last name are written. */
function isSameName(one: string, other: string): boolean {
  const sorted = (name: string): string => wordsOf(name).toSorted().join(" ");
  return sorted(one) !== "" && sorted(one) === sorted(other);
}
