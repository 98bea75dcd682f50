/**
 * What sums are kept by, per day and store. Those of lines each hold every line once, by another word of it (`channel`: by nothing more than all have); the others hold what their name
 * says: payments, tax by rate, money off by its reason, lines of promotions, money given back by its way.
 */
export const FAMILIES = [
  "channel",
  "category",
  "brand",
  "hour",
  "seller",
  "tender",
  "tax",
  "discount",
  "promotion",
  "refund",
] as const;
export type Family = (typeof FAMILIES)[number];

export const LINE_FAMILIES = [
  "channel",
  "category",
  "brand",
  "hour",
  "seller",
] as const satisfies readonly Family[];
export type LineFamily = (typeof LINE_FAMILIES)[number];

/** One number of a family in a day and a store. */
export interface SumKey {
  readonly family: Family;
  /** A sales channel, or "" where the family knows none. */
  readonly channel: string;
  readonly value: string;
}

export function sumKeyOf({ family, channel, value }: SumKey): string {
  return `${family}\u0000${channel}\u0000${value}`;
}

export function isLineFamily(family: Family | "article"): family is LineFamily {
  return LINE_FAMILIES.some((each) => each === family);
}
