import type { CustomerId } from "../ids.ts";
import type { Customer } from "./customer.ts";
import { keptConsents } from "./merge.ts";

/** What a till may say of a customer; groups, tax exemption and what the server counts are not for tills. */
type EditableFields = Pick<
  Customer,
  | "name"
  | "email"
  | "phone"
  | "cardNumber"
  | "language"
  | "addresses"
  | "notes"
  | "preferences"
  | "consents"
  | "company"
>;

/** Only the fields that changed. `consents` are those given or withdrawn now: they are added, never replaced. Null takes away what may be absent. */
export type CustomerChanges = {
  readonly [Field in keyof EditableFields]?:
    | EditableFields[Field]
    | (undefined extends EditableFields[Field] ? null : never);
};

/** What HQ may say: besides that, what prices depend on. */
export type ProfileChanges = CustomerChanges & {
  readonly groups?: Customer["groups"] | null;
  readonly taxExemption?: Customer["taxExemption"] | null;
};

/**
 * What a till tells of a customer in its journal: the changes are encrypted (AES-256-GCM), since a journal is kept for as long as the law says and names nobody.
 * The key, made for this one entry, is told to the server beside it and destroyed when the customer is erased.
 */
export interface SealedChanges {
  /** base64url of the nonce (12 bytes), the ciphertext and the tag (16 bytes). */
  readonly sealed: string;
}

export type CustomerFact =
  | ({ readonly type: "customer.registered"; readonly customer: CustomerId } & SealedChanges)
  | ({ readonly type: "customer.edited"; readonly customer: CustomerId } & SealedChanges);

/** A profile with changes. Of a field the last change counts, by the order in which the server hears of them; consents are added to those there are. */
export function withChanges(customer: Customer, changes: ProfileChanges): Customer {
  const { consents, ...fields } = changes;
  const kept = Object.entries({ ...customer, ...fields }).filter(
    ([field, value]) => value !== undefined && (value !== null || NULLABLE.has(field)),
  );
  const merged = Object.fromEntries(kept) as unknown as Customer;
  return consents === undefined || consents === null || consents.length === 0
    ? merged
    : { ...merged, consents: keptConsents([...(customer.consents ?? []), ...consents]) };
}

/** What stood where the changes are: null where nothing did. Of consents nothing: none is ever replaced. */
export function replacedBy(
  customer: Customer | null,
  { consents: _, ...changes }: ProfileChanges,
): ProfileChanges {
  const before: Readonly<Partial<Record<string, unknown>>> = customer === null ? {} : { ...customer };
  return Object.fromEntries(Object.keys(changes).map((field) => [field, before[field] ?? null]));
}

const NULLABLE: ReadonlySet<string> = new Set(["email", "phone", "cardNumber"]);

/** Whom a till registers: nothing but what was typed. */
export function newCustomer(id: CustomerId, changes: ProfileChanges): Customer {
  return withChanges({ id, name: "", email: null, phone: null, cardNumber: null }, changes);
}
