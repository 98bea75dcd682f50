import { type Instant, idOf } from "#domain/ids.ts";
import { subtractMoney, timesMoney } from "#domain/money/arithmetic.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import type { SaleLine, Ticket } from "#domain/ticket/ticket.ts";

const RATE = { id: "sample", name: "19 %", ppm: 190_000 };
const TAX_IN_TOTAL = 19 / 119;

/** A made-up sale, to show what a receipt looks like. */
export function sampleTicket({
  currency,
  at,
}: {
  readonly currency: Currency;
  readonly at: Instant;
}): Ticket {
  const lines = [
    line({ id: "1", name: "Sample article", quantity: 1, unitPrice: money(2_490, currency) }),
    line({ id: "2", name: "Another article", quantity: 2, unitPrice: money(450, currency) }),
  ];
  const total = money(
    lines.reduce((sum, each) => sum + each.total.minor, 0),
    currency,
  );
  const tax = taxIn(total);
  const none = money(0, currency);
  return {
    id: idOf<"Ticket">("sample"),
    number: idOf<"ReceiptNumber">("SAMPLE-01-000001"),
    basket: idOf<"Basket">("sample"),
    store: idOf<"Store">("sample"),
    device: idOf<"Device">("sample"),
    staff: idOf<"Staff">("sample"),
    customer: null,
    completedAt: at,
    businessDay: idOf<"BusinessDay">("2026-01-01"),
    currency,
    taxMode: "inclusive",
    taxRounding: "ticket",
    lines,
    taxes: [{ rate: RATE, net: subtractMoney(total, tax), tax }],
    totals: {
      gross: total,
      discount: none,
      net: subtractMoney(total, tax),
      tax,
      total,
      cashRounding: none,
      due: total,
    },
    tenders: [{ id: idOf<"Tender">("sample"), kind: "cash", tendered: total, change: none }],
  };
}

function line({
  id,
  name,
  quantity,
  unitPrice,
}: Pick<SaleLine, "name" | "quantity" | "unitPrice"> & { readonly id: string }): SaleLine {
  const total = timesMoney(unitPrice, quantity);
  const tax = taxIn(total);
  return {
    id: idOf<"Line">(id),
    kind: "sale",
    variant: idOf<"Variant">(id),
    sku: idOf<"Sku">(`SAMPLE-${id}`),
    name,
    options: [],
    taxClass: idOf<"TaxClass">("sample"),
    quantity,
    unitPrice,
    gross: total,
    discounts: [],
    total,
    taxes: [{ rate: RATE, net: subtractMoney(total, tax), tax }],
  };
}

function taxIn({ minor, currency }: Money): Money {
  return money(Math.round(minor * TAX_IN_TOTAL), currency);
}
