import type { Customer } from "../customer/customer.ts";
import type { LoyaltyProgramme, LoyaltyTier } from "./programme.ts";

/** A profile in the group of its tier and in no other tier's: prices and promotions for a group then hold for the tier, wherever something is priced. The same profile where nothing changes. */
export function withTierGroup(
  customer: Customer,
  { tiers }: Pick<LoyaltyProgramme, "tiers">,
  tier: LoyaltyTier | null,
): Customer {
  const before = customer.groups ?? [];
  const ofTiers = tiers.flatMap(({ group }) => (group === undefined ? [] : [group]));
  const wanted = tier?.group;
  const kept = before.filter((group) => !ofTiers.includes(group) || group === wanted);
  const groups = wanted === undefined || kept.includes(wanted) ? kept : [...kept, wanted];
  if (groups.length === before.length && groups.every((group, index) => group === before[index]))
    return customer;
  return { ...customer, groups };
}
