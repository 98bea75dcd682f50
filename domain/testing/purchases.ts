import { type BusinessDay, type Instant, idOf } from "../ids.ts";
import { type Purchase, type PurchasedLine, purchaseKey } from "../returns/purchase.ts";
import type { ReturnAct } from "../returns/returned.ts";
import { nothingReturned, type Standing, withReturn } from "../returns/returned.ts";
import type { BasketReturn } from "../returns/returning.ts";
import { NOON } from "./arbitrary-baskets.ts";
import { EUR, eur, rate, variantOf } from "./shop.ts";
import { BERLIN } from "./written-chain.ts";

export const DAY = idOf<"BusinessDay">("2027-01-15");

/** A line of a purchase: so many pieces for so much in all, 19 % in it. */
export function boughtLine(
  position: number,
  {
    name = "tea",
    quantity = 1,
    paid = 1_190,
    returnBy = "2027-02-14",
    ...changes
  }: Partial<Omit<PurchasedLine, "returnBy">> & {
    readonly paid?: number;
    readonly returnBy?: string | null;
  } = {},
): PurchasedLine {
  const tax = Math.round((paid * 19) / 119);
  return {
    position,
    variant: variantOf(name),
    sku: idOf<"Sku">(name.toUpperCase()),
    name,
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    quantity,
    unitPrice: eur(Math.round(paid / quantity)),
    total: eur(paid),
    taxes: [{ rate: rate("de-19", 190_000), net: eur(paid - tax), tax: eur(tax) }],
    returnBy: returnBy === null ? null : idOf<"BusinessDay">(returnBy),
    discounts: [],
    ...changes,
  };
}

/** A purchase at a till, paid in cash unless said otherwise. */
export function purchaseOf(lines: readonly PurchasedLine[], changes: Partial<Purchase> = {}): Purchase {
  const settled = eur(lines.reduce((sum, { total }) => sum + total.minor, 0));
  return {
    ref: { kind: "ticket", id: idOf<"Ticket">("ticket-1") },
    number: "BER1-03-000001",
    channel: idOf<"Channel">("till"),
    store: BERLIN,
    at: NOON,
    day: DAY,
    currency: EUR,
    taxMode: "inclusive",
    customer: null,
    lines,
    paidWith: [{ kind: "cash", amount: settled }],
    settled,
    ...changes,
  };
}

/** A purchase of which these came back already: pieces of a line by its place, at what was given back for them. */
export function standingWith(
  purchase: Purchase,
  ...back: readonly { readonly position: number; readonly pieces: number; readonly given: number }[]
): Standing {
  return {
    purchase,
    returned: back.map((each, index) => actOf(index, each)).reduce(withReturn, nothingReturned(purchase.ref)),
  };
}

function actOf(
  index: number,
  { position, pieces, given }: { readonly position: number; readonly pieces: number; readonly given: number },
): ReturnAct {
  return {
    id: `return-${index}`,
    at: NOON,
    store: BERLIN,
    device: null,
    staff: null,
    lines: [{ position, pieces, total: eur(given), taxes: [eur(Math.round((given * 19) / 119))] }],
    settled: eur(given),
  };
}

/** So many pieces of a purchase's line, as new and back on the shelf. */
export function backOf(
  { ref }: Purchase,
  position: number,
  quantity = 1,
  changes: Partial<Pick<BasketReturn, "condition" | "disposition">> = {},
): Extract<BasketReturn, { readonly kind: "receipted" }> {
  return {
    kind: "receipted",
    id: idOf<"Line">(`back-${purchaseKey(ref).replace(":", "-")}-${position}`),
    of: { purchase: ref, position },
    quantity,
    reason: "changedMind",
    condition: "asNew",
    disposition: "stock",
    ...changes,
  };
}

export function day(text: string): BusinessDay {
  return idOf<"BusinessDay">(text);
}

export function later(ms: number): Instant {
  return (NOON + ms) as Instant;
}
