import type { CustomerChanges } from "#domain/customer/changes.ts";
import { type CustomerProblem, problemsOf, tidyChanges } from "#domain/customer/check.ts";
import { CONSENT_PURPOSES, type ConsentPurpose, type Customer } from "#domain/customer/customer.ts";
import { emailKey } from "#domain/customer/email.ts";
import { phoneDigits } from "#domain/customer/phone.ts";
import type { InvoiceRecipient } from "#domain/invoice/recipient.ts";
import type { PostalAddress } from "#domain/orders/order.ts";
import { wordsOf } from "#domain/text/fold.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";

/** What is typed of a customer. Empty: nothing, and of a field that was known it takes that away. */
export interface CustomerForm {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly cardNumber: string;
  /** BCP 47; empty: as the store. */
  readonly language: string;
  readonly consents: Readonly<Record<ConsentPurpose, boolean>>;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly company: string;
  readonly companyStreet: string;
  readonly companyTown: string;
  readonly vatId: string;
  readonly notes: string;
  readonly preferences: string;
}

export type CustomerField = Exclude<keyof CustomerForm, "consents">;
type Said = Pick<VerbArgs<"editCustomer">, "changes" | "consents">;

const NO_CONSENTS = { email: false, sms: false, phone: false, post: false, profiling: false } as const;
const MIN_DIGITS = 6;
/** A first name alone is that of hundreds. */
const MIN_WORDS = 2;

/** Nothing is agreed to until the customer says so. What was searched for in vain is where it belongs already. */
export function emptyForm(locale: string, searched = ""): CustomerForm {
  const text = searched.trim();
  const isPhone = /^[\d\s+()/.-]+$/.test(text) && phoneDigits(text).length >= MIN_DIGITS;
  const isEmail = text.includes("@");
  const isCard = !isPhone && !isEmail && /^\S*\d{4,}\S*$/.test(text);
  return {
    name: isPhone || isEmail || isCard ? "" : text,
    email: isEmail ? text : "",
    phone: isPhone ? text : "",
    cardNumber: isCard ? text : "",
    language: "",
    consents: NO_CONSENTS,
    street: "",
    postcode: "",
    city: "",
    country: new Intl.Locale(locale).region ?? "DE",
    company: "",
    companyStreet: "",
    companyTown: "",
    vatId: "",
    notes: "",
    preferences: "",
  };
}

/** A profile as it is edited. Of several addresses the first is; the others stay. */
export function formOf(customer: Customer, locale: string): CustomerForm {
  const { name, email, phone, cardNumber, language, addresses, company, notes, preferences } = customer;
  const empty = emptyForm(locale);
  const [address] = addresses ?? [];
  const [companyStreet = "", ...town] = company?.address ?? [];
  return {
    ...empty,
    name,
    email: email ?? "",
    phone: phone ?? "",
    cardNumber: cardNumber ?? "",
    language: language ?? "",
    consents: consentsOf(customer),
    street: address?.lines.join(", ") ?? "",
    postcode: address?.postcode ?? "",
    city: address?.city ?? "",
    country: address?.country ?? empty.country,
    company: company?.name ?? "",
    companyStreet,
    companyTown: town.join(", "),
    vatId: company?.vatId ?? "",
    notes: notes ?? "",
    preferences: preferences ?? "",
  };
}

/** What holds of each consent: the newest word, and none means no. */
export function consentsOf({ consents = [] }: Pick<Customer, "consents">): CustomerForm["consents"] {
  return { ...NO_CONSENTS, ...Object.fromEntries(consents.map(({ purpose, given }) => [purpose, given])) };
}

/** Only what differs from what is known (null: from nobody), as the till takes it. */
export function saidBy(form: CustomerForm, known: Customer | null, locale: string): Said {
  const before = known === null ? emptyForm(locale) : formOf(known, locale);
  const isChanged = (...fields: readonly CustomerField[]) =>
    fields.some((field) => form[field].trim() !== before[field].trim());
  const { name, email, phone, cardNumber, language, notes, preferences } = form;
  const plain = Object.entries({ email, phone, cardNumber, language, notes, preferences }).filter(([field]) =>
    isChanged(field as CustomerField),
  );
  const changes: CustomerChanges = tidyChanges({
    ...(known === null || isChanged("name") ? { name } : {}),
    ...Object.fromEntries(plain),
    ...(isChanged("street", "postcode", "city") || (isChanged("country") && form.street !== "")
      ? { addresses: addressesOf(form, known) }
      : {}),
    ...(isChanged("company", "companyStreet", "companyTown", "vatId") ? { company: companyOf(form) } : {}),
  });
  const consents = CONSENT_PURPOSES.filter(
    (purpose) => form.consents[purpose] !== before.consents[purpose],
  ).map((purpose) => ({ purpose, given: form.consents[purpose] }));
  return { changes: changes as Said["changes"], consents };
}

export function formProblems(
  form: CustomerForm,
  known: Customer | null,
  locale: string,
): readonly CustomerProblem[] {
  return problemsOf(saidBy(form, known, locale).changes as CustomerChanges);
}

/** What to look for among the customers who are known, while a new one is typed: the most telling of it. Null while that is too little. */
export function likelyText({ name, email, phone, cardNumber }: CustomerForm): string | null {
  if (emailKey(email) !== null) return email.trim();
  if (cardNumber.trim() !== "") return cardNumber.trim();
  if (phoneDigits(phone).length >= MIN_DIGITS) return phone.trim();
  return wordsOf(name).length >= MIN_WORDS ? name.trim() : null;
}

/** Whether more than what is typed first is filled in. */
export function hasDetails(form: CustomerForm): boolean {
  const { street, company, vatId, notes, preferences } = form;
  return [street, company, vatId, notes, preferences].some((text) => text !== "");
}

function addressesOf(form: CustomerForm, known: Customer | null): readonly PostalAddress[] {
  const others = (known?.addresses ?? []).slice(1);
  const { street, postcode, city, country, name } = form;
  if ([street, postcode, city].every((text) => text.trim() === "")) return others;
  return [{ name, lines: street.split(","), postcode, city, country }, ...others];
}

function companyOf({ company, companyStreet, companyTown, vatId }: CustomerForm): InvoiceRecipient | null {
  if ([company, companyStreet, companyTown, vatId].every((text) => text.trim() === "")) return null;
  return { name: company, address: [companyStreet, companyTown], vatId };
}
