import type { TaxRate } from "../tax/tax.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import type { GrantedDiscount, RefundTo, Ticket, TicketTender } from "../ticket/ticket.ts";
import { valueKindOf } from "../value/credit-code.ts";
import type { ReportLine, ReportPart } from "./facts.ts";
import { NO_SUMS, type Sums } from "./sums.ts";

/** A part before it has its place among those of its family. */
export type Unplaced = Omit<ReportPart, "place">;

/** Payments, taxes by rate, money off by its reason, the lines of promotions and money given back. */
export function reportPartsOf(ticket: Ticket, lines: readonly ReportLine[]): readonly ReportPart[] {
  const families: readonly (readonly Unplaced[])[] = [
    ticket.tenders.map(tenderPart),
    ticket.tenders.flatMap(refundPart),
    ticket.taxes.map(({ rate, net, tax }) => {
      const isBack = net.minor < 0;
      const total = net.minor + tax.minor;
      return part("tax", rateValue(rate), rate.name, {
        sold: isBack ? 0 : total,
        returned: isBack ? total : 0,
        net: net.minor,
        tax: tax.minor,
      });
    }),
    ...discountParts(ticket, lines),
  ];
  return families.flatMap(inPlace);
}

/** Parts of one family, each in its place. */
export function inPlace(parts: readonly Unplaced[]): readonly ReportPart[] {
  return parts.map((each, place) => ({ ...each, place }));
}

/** A rate as reports tell it apart: by its size and its id. */
export function rateValue({ ppm, id }: TaxRate): string {
  return `${ppm} ${id}`;
}

/** One part of a family that adds up so much of each of its sums. */
export function part(
  family: Unplaced["family"],
  value: string,
  label: string,
  sums: Partial<Sums>,
): Unplaced {
  return { family, channel: "", value, variant: "", label, sums: { ...NO_SUMS, parts: 1, ...sums } };
}

function tenderPart(tender: TicketTender): Unplaced {
  if (tender.kind === "refund")
    return part("tender", wayBack(tender.to), "", {
      returned: tender.amount.minor === 0 ? 0 : -tender.amount.minor,
    });
  const taken = tender.kind === "cash" ? cashKept(tender).minor : tender.amount.minor;
  return part("tender", tender.kind === "credit" ? valueKindOf(tender.code) : tender.kind, "", {
    sold: taken,
  });
}

function refundPart(tender: TicketTender): readonly Unplaced[] {
  if (tender.kind !== "refund") return [];
  return [
    part("refund", wayBack(tender.to), "", {
      returned: tender.amount.minor === 0 ? 0 : -tender.amount.minor,
    }),
  ];
}

/** Money goes back by the ways that it comes by, under the same names. */
function wayBack(to: RefundTo): string {
  if (to.kind === "credit") return valueKindOf(to.code);
  return to.kind === "online" ? "paidOnline" : to.kind;
}

function discountParts(ticket: Ticket, lines: readonly ReportLine[]): readonly (readonly Unplaced[])[] {
  const discounts: Unplaced[] = [];
  const promotions: Unplaced[] = [];
  for (const { position, channel, variant, sums } of lines) {
    const granted = ticket.lines[position]?.discounts ?? [];
    for (const discount of granted) {
      const amount = { discount: discount.amount.minor };
      discounts.push({ ...part("discount", reasonOf(discount), discount.reason, amount), channel });
    }
    for (const promotion of promotionsOf(granted)) {
      const given = { ...sums, discount: promotion.amount };
      promotions.push({
        family: "promotion",
        channel,
        value: promotion.id,
        variant,
        label: promotion.name,
        sums: given,
      });
    }
  }
  return [discounts, promotions];
}

/** Typed reasons are what people wrote; a promotion is known by its id. */
function reasonOf(discount: GrantedDiscount): string {
  return discount.source === "promotion"
    ? `promotion ${discount.promotion}`
    : `${discount.source} ${discount.reason}`;
}

function promotionsOf(granted: readonly GrantedDiscount[]) {
  const all = new Map<string, { readonly id: string; readonly name: string; readonly amount: number }>();
  for (const discount of granted) {
    if (discount.source !== "promotion") continue;
    const { promotion: id, reason: name, amount } = discount;
    all.set(id, { id, name, amount: (all.get(id)?.amount ?? 0) + amount.minor });
  }
  return all.values();
}
