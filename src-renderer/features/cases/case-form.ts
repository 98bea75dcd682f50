import type { CaseProduct } from "#domain/cases/case.ts";
import type { CaseKind } from "#domain/cases/status.ts";
import { type CustomerId, instant } from "#domain/ids.ts";
import type { CasePurchaseFound } from "#protocol/sync/cases.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { MessageKey } from "../../i18n/messages.ts";
import { endOfDay } from "./day-value.ts";
import type { TakenPhoto } from "./photos.ts";

export interface CaseForm {
  readonly kind: CaseKind;
  /** What it was bought with, once it was found. */
  readonly purchase: CasePurchaseFound;
  /** An article that was scanned or chosen; null: it is what was typed. */
  readonly product: CaseProduct | null;
  readonly productText: string;
  readonly customer: { readonly id: CustomerId; readonly name: string } | null;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly serial: string;
  readonly fault: string;
  readonly condition: string;
  readonly accessories: string;
  /** As a date field writes it; empty: by the store's policy. */
  readonly day: string;
  readonly photos: readonly TakenPhoto[];
}

export const EMPTY_CASE_FORM: CaseForm = {
  kind: "complaint",
  purchase: null,
  product: null,
  productText: "",
  customer: null,
  name: "",
  phone: "",
  email: "",
  serial: "",
  fault: "",
  condition: "",
  accessories: "",
  day: "",
  photos: [],
};

/** A purchase was found: an only article of it is what the case is about, and whoever bought it is who comes with it. */
export function withPurchase(form: CaseForm, purchase: NonNullable<CasePurchaseFound>): CaseForm {
  const [only, ...others] = purchase.products;
  const customer =
    purchase.customer === null ? form.customer : (form.customer ?? { id: purchase.customer, name: "" });
  return {
    ...form,
    purchase,
    customer,
    product: others.length === 0 ? (only ?? form.product) : form.product,
  };
}

/** What is still missing, the first thing first; empty when the form is a case. */
export function problemsOf({ product, productText, fault }: CaseForm): readonly MessageKey[] {
  const problems: MessageKey[] = [];
  if (product === null && productText.trim() === "") problems.push("cases.needProduct");
  if (fault.trim() === "") problems.push("cases.needFault");
  return problems;
}

/** The case that the form describes; null while something is missing. */
export function argsOf(form: CaseForm): VerbArgs<"openCase"> | null {
  if (problemsOf(form).length > 0) return null;
  const { kind, purchase, product, customer, serial, fault, condition, accessories, photos } = form;
  const typed = { variant: null, sku: null, name: form.productText.trim(), options: [] };
  const end = endOfDay(form.day);
  return {
    kind,
    customer: customer?.id ?? null,
    contact: customer === null ? contactOf(form) : null,
    product: product === null ? typed : { ...product, options: [...product.options] },
    serial: serial.trim(),
    purchase: purchase?.purchase ?? null,
    fault: fault.trim(),
    condition: condition.trim(),
    accessories: accessories.trim(),
    deadline: end === null ? null : instant(end),
    photos: photos.map(({ mime, bytes }) => ({ mime, bytes })),
  };
}

function contactOf({ name, phone, email }: CaseForm): VerbArgs<"openCase">["contact"] {
  const filled = (text: string): string | null => (text.trim() === "" ? null : text.trim());
  if ([name, phone, email].every((text) => filled(text) === null)) return null;
  return { name: name.trim(), phone: filled(phone), email: filled(email) };
}
