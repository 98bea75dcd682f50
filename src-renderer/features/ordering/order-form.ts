import type { Customer } from "#domain/customer/customer.ts";
import type { StoreId } from "#domain/ids.ts";
import type { DeliveryWish, OrderContact } from "#domain/orders/order.ts";
import type { MessageKey } from "../../i18n/messages.ts";

/** What is typed of an order for a customer. */
export interface OrderForm {
  readonly kind: DeliveryWish["kind"];
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly extra: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly store: StoreId | null;
}

export interface OrderWish {
  readonly contact: OrderContact;
  readonly delivery: DeliveryWish;
}

const MIN_PHONE_DIGITS = 5;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^[+\d][\d\s()/-]*$/;
const COUNTRY = /^[A-Z]{2}$/;

/** A fresh form; the country is the store's own until somebody says otherwise. */
export function emptyForm(locale: string): OrderForm {
  const region = new Intl.Locale(locale).region ?? "DE";
  return {
    kind: "ship",
    name: "",
    email: "",
    phone: "",
    street: "",
    extra: "",
    postcode: "",
    city: "",
    country: region,
    store: null,
  };
}

/** The form with what is known of the customer on the basket, where nothing was typed yet. */
export function withKnown(
  form: OrderForm,
  { name, email, phone }: Pick<Customer, "name" | "email" | "phone">,
): OrderForm {
  const isTyped = [form.name, form.email, form.phone].some((each) => each !== "");
  return isTyped ? form : { ...form, name, email: email ?? "", phone: phone ?? "" };
}

/** What is still missing or wrong, the first thing first; empty when the form is an order. */
export function problemsOf(form: OrderForm): readonly MessageKey[] {
  const { name, email, phone, kind } = form;
  const problems: MessageKey[] = [];
  if (name.trim() === "") problems.push("ordering.needName");
  if (email.trim() === "" && phone.trim() === "") problems.push("ordering.needContact");
  if (email.trim() !== "" && !EMAIL.test(email.trim())) problems.push("ordering.badEmail");
  if (phone.trim() !== "" && !isPhone(phone.trim())) problems.push("ordering.badPhone");
  return [...problems, ...(kind === "ship" ? addressProblems(form) : storeProblems(form))];
}

function isPhone(phone: string): boolean {
  return PHONE.test(phone) && phone.replace(/\D/g, "").length >= MIN_PHONE_DIGITS;
}

function addressProblems({ street, postcode, city, country }: OrderForm): readonly MessageKey[] {
  const problems: MessageKey[] = [];
  if (street.trim() === "") problems.push("ordering.needStreet");
  if (postcode.trim() === "") problems.push("ordering.needPostcode");
  if (city.trim() === "") problems.push("ordering.needCity");
  if (!COUNTRY.test(country.trim().toUpperCase())) problems.push("ordering.badCountry");
  return problems;
}

function storeProblems({ store }: OrderForm): readonly MessageKey[] {
  return store === null ? ["ordering.needStore"] : [];
}

/** The order that the form describes; null while something is missing. */
export function wishOf(form: OrderForm): OrderWish | null {
  if (problemsOf(form).length > 0) return null;
  const delivery = deliveryOf(form);
  if (delivery === null) return null;
  const contact = {
    customer: null,
    name: form.name.trim(),
    email: form.email.trim() === "" ? null : form.email.trim(),
    phone: form.phone.trim() === "" ? null : form.phone.trim(),
  };
  return { contact, delivery };
}

function deliveryOf(form: OrderForm): DeliveryWish | null {
  if (form.kind === "pickup") return form.store === null ? null : { kind: "pickup", store: form.store };
  const lines = [form.street.trim(), form.extra.trim()].filter((line) => line !== "");
  return {
    kind: "ship",
    address: {
      name: form.name.trim(),
      lines,
      postcode: form.postcode.trim(),
      city: form.city.trim(),
      country: form.country.trim().toUpperCase(),
    },
  };
}
