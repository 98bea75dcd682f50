import type { CustomerId } from "../ids.ts";
import type { Consent, Customer } from "./customer.ts";
import { lastConsents } from "./last-consents.ts";

/** As many as a profile keeps. */
export const MAX_CONSENTS_KEPT = 200;
const MAX_ADDRESSES_KEPT = 10;

type Uses = NonNullable<Customer["promotionUses"]>;

/**
 * Two profiles as the one that stays: what it lacks comes from the other, where they differ its own word counts; groups, addresses and consents are those of
 * both, and what was used of promotions is added up. Its former ids are those of both and the other's id.
 */
export function mergedProfile(survivor: Customer, former: Customer): Customer {
  const { consents: _c, addresses: _a, groups: _g, promotionUses: _u, formerIds: _f, ...plain } = survivor;
  const {
    consents: _c2,
    addresses: _a2,
    groups: _g2,
    promotionUses: _u2,
    formerIds: _f2,
    ...others
  } = former;
  const lacking = Object.entries(others).filter(([field]) => isLacking(plain[field as keyof typeof plain]));
  return {
    ...plain,
    ...Object.fromEntries(lacking),
    ...listed(
      "addresses",
      distinct([...(survivor.addresses ?? []), ...(former.addresses ?? [])]).slice(0, MAX_ADDRESSES_KEPT),
    ),
    ...listed("groups", distinct([...(survivor.groups ?? []), ...(former.groups ?? [])])),
    ...listed("consents", keptConsents([...(survivor.consents ?? []), ...(former.consents ?? [])])),
    ...listed("promotionUses", addedUses(survivor.promotionUses ?? [], former.promotionUses ?? [])),
    formerIds: distinct([...(survivor.formerIds ?? []), former.id, ...(former.formerIds ?? [])]),
  };
}

/** What was merged, so that it can be taken back. */
export interface MergedPair {
  readonly survivor: Customer;
  readonly former: Customer;
  /** What the two became. */
  readonly merged: Customer;
}

/**
 * Both profiles as they were before they were merged; whatever was changed of the merged one since stays with the survivor: fields, consents, and what was
 * used of promotions. Of lists each entry that came of the other one alone goes, also where others were added since by another merge.
 */
export function unmergedProfiles(
  { survivor, former, merged }: MergedPair,
  now: Customer,
): { readonly survivor: Customer; readonly former: Customer } {
  const fields = new Set([...Object.keys(survivor), ...Object.keys(merged), ...Object.keys(now)]);
  const kept = [...fields].flatMap((name) => {
    const field = name as keyof Customer;
    if (COUNTED.has(field) || LISTED.has(field)) return [];
    const value = isEqual(now[field], merged[field]) ? survivor[field] : now[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  const gone = new Set<CustomerId>([former.id, ...(former.formerIds ?? [])]);
  const own = { survivor, merged, now };
  // Those for which the merged profile had no room.
  const letGo = (survivor.consents ?? []).filter(
    (each) => !(merged.consents ?? []).some((kept) => isEqual(kept, each)),
  );
  return {
    survivor: {
      ...(Object.fromEntries(kept) as unknown as Customer),
      ...listed(
        "addresses",
        withoutOthers(own, ({ addresses }) => addresses),
      ),
      ...listed(
        "groups",
        withoutOthers(own, ({ groups }) => groups),
      ),
      ...listed("consents", keptConsents([...letGo, ...withoutOthers(own, ({ consents }) => consents)])),
      ...listed(
        "promotionUses",
        usesSince(survivor.promotionUses ?? [], merged.promotionUses ?? [], now.promotionUses ?? []),
      ),
      ...listed(
        "formerIds",
        (now.formerIds ?? []).filter((id) => !gone.has(id)),
      ),
    },
    former,
  };
}

const COUNTED: ReadonlySet<keyof Customer> = new Set(["consents", "promotionUses", "formerIds"]);
const LISTED: ReadonlySet<keyof Customer> = new Set(["addresses", "groups"]);

/** What a list has now, save what the merged profile had of the other one alone. */
function withoutOthers<T>(
  { survivor, merged, now }: { readonly [Profile in "survivor" | "merged" | "now"]: Customer },
  listOf: (customer: Customer) => readonly T[] | undefined,
): readonly T[] {
  const has = (customer: Customer, value: T): boolean =>
    (listOf(customer) ?? []).some((each) => isEqual(each, value));
  return (listOf(now) ?? []).filter((each) => has(survivor, each) || !has(merged, each));
}

/** Consents in the order in which they were said, each once. Beyond what a profile keeps the oldest go, save the last word of each purpose. */
export function keptConsents(consents: readonly Consent[]): readonly Consent[] {
  const inOrder = distinct(consents).toSorted((a, b) => a.at - b.at);
  if (inOrder.length <= MAX_CONSENTS_KEPT) return inOrder;
  const lastWords = new Set(lastConsents(inOrder));
  let surplus = inOrder.length - MAX_CONSENTS_KEPT;
  return inOrder.filter((each) => {
    if (surplus === 0 || lastWords.has(each)) return true;
    surplus -= 1;
    return false;
  });
}

function isLacking(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** Absent where there is nothing in it. */
function listed<Field extends string, T>(
  field: Field,
  values: readonly T[],
): Partial<Readonly<Record<Field, readonly T[]>>> {
  return values.length === 0 ? {} : ({ [field]: values } as Readonly<Record<Field, readonly T[]>>);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [canonical(value), value])).values()];
}

function addedUses(one: Uses, other: Uses): Uses {
  const times = new Map(one.map((each) => [each.promotion, each.times]));
  for (const { promotion, times: more } of other) times.set(promotion, (times.get(promotion) ?? 0) + more);
  return [...times].map(([promotion, sum]) => ({ promotion, times: sum }));
}

function usesSince(before: Uses, merged: Uses, now: Uses): Uses {
  const old = new Map(merged.map((each) => [each.promotion, each.times]));
  const since = now
    .map(({ promotion, times }) => ({ promotion, times: times - (old.get(promotion) ?? 0) }))
    .filter(({ times }) => times > 0);
  return addedUses(before, since);
}

function isEqual(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** The same text for the same value, in whatever order its fields stand. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === "object" && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? ""
  );
}
