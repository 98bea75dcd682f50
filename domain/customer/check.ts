import { tidyRecipient } from "../invoice/recipient.ts";
import type { PostalAddress } from "../orders/order.ts";
import type { CustomerChanges } from "./changes.ts";
import { emailKey } from "./email.ts";
import { phoneDigits } from "./phone.ts";

/** What is wrong with what was typed of a customer. */
export const CUSTOMER_PROBLEMS = [
  "nameMissing",
  "emailNotValid",
  "phoneNotValid",
  "addressIncomplete",
  "companyIncomplete",
  "vatIdNotValid",
] as const;
export type CustomerProblem = (typeof CUSTOMER_PROBLEMS)[number];

const MIN_PHONE_DIGITS = 6;
/** E.164 has 15 digits at most; an extension comes on top. */
const MAX_PHONE_DIGITS = 20;
/** Two letters of the country (Greece: EL), then two characters or more: Directive 2006/112/EC, article 215. */
const VAT_ID = /^[A-Z]{2}[0-9A-Z+*]{2,13}$/;

/** What was typed, without blanks around it; what was left empty takes the field away. */
export function tidyChanges(changes: CustomerChanges): CustomerChanges {
  const tidy = Object.entries(changes).map(([field, value]): [string, unknown] => [
    field,
    typeof value === "string" ? emptied(field, value.trim()) : value,
  ]);
  const { company, addresses, ...rest } = Object.fromEntries(tidy) as CustomerChanges;
  return {
    ...rest,
    ...(company === undefined ? {} : { company: company === null ? null : tidyRecipient(company) }),
    ...(addresses === undefined ? {} : { addresses: tidyAddresses(addresses) }),
  };
}

function emptied(field: string, value: string): string | null {
  return value === "" && field !== "name" ? null : value;
}

function tidyAddresses(addresses: readonly PostalAddress[] | null): readonly PostalAddress[] | null {
  const tidy = (addresses ?? []).map(({ name, lines, postcode, city, country }) => ({
    name: name.trim(),
    lines: lines.map((line) => line.trim()).filter((line) => line !== ""),
    postcode: postcode.trim(),
    city: city.trim(),
    country: country.trim().toUpperCase(),
  }));
  return tidy.length === 0 ? null : tidy;
}

/** Everything that is wrong with (tidied) changes; a field that is not changed is not looked at. */
export function problemsOf({
  name,
  email,
  phone,
  addresses,
  company,
}: CustomerChanges): readonly CustomerProblem[] {
  const digits = phoneDigits(phone ?? null).length;
  const problems: readonly [boolean, CustomerProblem][] = [
    [name === "", "nameMissing"],
    [typeof email === "string" && !isEmail(email), "emailNotValid"],
    [
      typeof phone === "string" &&
        (!/^[+\d][\d\s()/.-]*$/.test(phone) || digits < MIN_PHONE_DIGITS || digits > MAX_PHONE_DIGITS),
      "phoneNotValid",
    ],
    [(addresses ?? []).some((address) => !isWhole(address)), "addressIncomplete"],
    [company != null && (company.name === "" || company.address.length === 0), "companyIncomplete"],
    [company != null && company.vatId !== "" && !VAT_ID.test(company.vatId), "vatIdNotValid"],
  ];
  return problems.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
}

function isEmail(text: string): boolean {
  const key = emailKey(text);
  return key !== null && /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(key);
}

function isWhole({ name, lines, postcode, city, country }: PostalAddress): boolean {
  return name !== "" && lines.length > 0 && postcode !== "" && city !== "" && /^[A-Z]{2}$/.test(country);
}
