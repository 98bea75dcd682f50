import type { ProfileChanges } from "#domain/customer/changes.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerGroupId, idOf } from "#domain/ids.ts";
import type { PostalAddress } from "#domain/orders/order.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { businessDaySchema } from "#protocol/scalars.ts";

/** A profile as it is typed. */
export interface CustomerDraft {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly cardNumber: string;
  readonly language: string;
  readonly addresses: readonly AddressDraft[];
  readonly groups: readonly CustomerGroupId[];
  readonly companyName: string;
  readonly companyAddress: string;
  readonly vatId: string;
  readonly certificate: string;
  readonly validUntil: string;
  readonly notes: string;
  readonly preferences: string;
}

export interface AddressDraft extends Omit<PostalAddress, "lines"> {
  /** One line each. */
  readonly lines: string;
}

const NOBODY: Pick<Customer, "name" | "email" | "phone" | "cardNumber"> = {
  name: "",
  email: null,
  phone: null,
  cardNumber: null,
};

export const NEW_ADDRESS: AddressDraft = { name: "", lines: "", postcode: "", city: "", country: "DE" };

/** Null: somebody new. */
export function draftOf(customer: Customer | null): CustomerDraft {
  const known: Omit<Customer, "id"> = customer ?? NOBODY;
  return {
    name: known.name,
    email: known.email ?? "",
    phone: known.phone ?? "",
    cardNumber: known.cardNumber ?? "",
    language: known.language ?? "",
    addresses: (known.addresses ?? []).map((each) => ({ ...each, lines: each.lines.join("\n") })),
    groups: known.groups ?? [],
    companyName: known.company?.name ?? "",
    companyAddress: (known.company?.address ?? []).join("\n"),
    vatId: known.company?.vatId ?? "",
    certificate: known.taxExemption?.certificate ?? "",
    validUntil: known.taxExemption?.validUntil ?? "",
    notes: known.notes ?? "",
    preferences: known.preferences ?? "",
  };
}

export type DraftComplaint = "nameMissing" | "companyMissing";

/** Only what differs from what was there as it was opened, so that nothing is undone that somebody else says meanwhile. */
export function changesOf(
  draft: CustomerDraft,
  opened: CustomerDraft,
): Result<ProfileChanges, DraftComplaint> {
  if (draft.name.trim() === "") return refused("nameMissing");
  const hasCompany = draft.companyName.trim() !== "";
  if (!hasCompany && (draft.companyAddress.trim() !== "" || draft.vatId.trim() !== ""))
    return refused("companyMissing");
  if (draft.certificate.trim() === "" && draft.validUntil !== "") return refused("companyMissing");
  const now = fieldsOf(draft);
  const before: Readonly<Record<string, unknown>> = { ...fieldsOf(opened) };
  const changed = Object.entries(now).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field]),
  );
  return ok(Object.fromEntries(changed));
}

function fieldsOf(draft: CustomerDraft): ProfileChanges {
  const validUntil = businessDaySchema.safeParse(draft.validUntil);
  return {
    name: draft.name.trim(),
    email: typed(draft.email),
    phone: typed(draft.phone),
    cardNumber: typed(draft.cardNumber),
    language: typed(draft.language),
    addresses: draft.addresses.map((each) => ({
      ...each,
      country: each.country.trim().toUpperCase(),
      lines: linesOf(each.lines),
    })),
    groups: draft.groups,
    company:
      draft.companyName.trim() === ""
        ? null
        : {
            name: draft.companyName.trim(),
            address: linesOf(draft.companyAddress),
            vatId: draft.vatId.trim(),
          },
    taxExemption:
      draft.certificate.trim() === ""
        ? null
        : { certificate: draft.certificate.trim(), validUntil: validUntil.data ?? null },
    notes: typed(draft.notes),
    preferences: typed(draft.preferences),
  };
}

function typed(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** In or out of a group. */
export function withGroup(draft: CustomerDraft, id: string, isIn: boolean): CustomerDraft {
  const group = idOf<"CustomerGroup">(id);
  const others = draft.groups.filter((each) => each !== group);
  return { ...draft, groups: isIn ? [...others, group] : others };
}
