import { type BusinessDay, type Instant, idOf } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { PurchaseRef } from "#domain/returns/purchase.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { TaxAmount, TaxRate } from "#domain/tax/tax.ts";
import type { GrantedDiscount, SaleLine, Ticket, TicketLine } from "#domain/ticket/ticket.ts";

const EUR = idOf<"Currency">("EUR");
const VAT: TaxRate = { id: "de-19", name: "MwSt.", ppm: 190_000 };
const BOUGHT: PurchaseRef = { kind: "ticket", id: idOf<"Ticket">("ticket-bought") };

function euros(minor: number): Money {
  return money(minor, EUR);
}

/** A shop in Berlin, as every till of it knows it. */
export const SHOP: StoreSettings = {
  store: idOf<"Store">("store-ber"),
  code: "BER1",
  name: "Kreuzberg",
  retailer: "Nordlicht",
  address: ["Oranienstr. 1", "10999 Berlin"],
  vatId: "DE123456789",
  currency: EUR,
  locale: "de-DE",
  timeZone: "Europe/Berlin",
  priceLists: [idOf<"PriceList">("standard")],
  tax: { mode: "inclusive", rounding: "ticket", classes: [], cashRounding: null },
  receiptHeader: ["Willkommen"],
  receiptFooter: ["Danke und bis bald"],
  offlinePolicy: { warnAfterDays: 3, managerAfterDays: 7, rosterMaxAgeDays: 7, maxRefund: euros(10_000) },
};

interface LineInWords {
  readonly name: string;
  readonly options?: readonly string[];
  readonly each: number;
  readonly quantity?: number;
  readonly discounts?: readonly GrantedDiscount[];
}

/** A line that was sold. */
export function sold({ name, options = [], each, quantity = 1, discounts = [] }: LineInWords): SaleLine {
  const off = discounts.reduce((sum, { amount }) => sum + amount.minor, 0);
  const total = each * quantity - off;
  return {
    kind: "sale",
    id: idOf<"Line">(`line-${name}`),
    variant: idOf<"Variant">(`variant-${name}`),
    sku: idOf<"Sku">(`SKU-${name}`),
    name,
    options,
    taxClass: idOf<"TaxClass">("standard"),
    quantity,
    unitPrice: euros(each),
    gross: euros(each * quantity),
    discounts,
    total: euros(total),
    taxes: [taxIn(total)],
  };
}

/** The same line, brought back: every amount is below zero. */
export function broughtBack(words: LineInWords): TicketLine {
  const line = sold(words);
  const turned = ({ minor }: Money): Money => euros(-minor);
  return {
    ...line,
    kind: "return",
    of: { purchase: BOUGHT, position: 0 },
    reason: "wrongSize",
    condition: "asNew",
    disposition: "stock",
    gross: turned(line.gross),
    total: turned(line.total),
    discounts: line.discounts.map(({ reason, amount }) => ({
      source: "returned",
      reason,
      amount: turned(amount),
    })),
    taxes: line.taxes.map((tax) => ({ ...tax, net: turned(tax.net), tax: turned(tax.tax) })),
  };
}

/** Kept pieces that cost more now. */
export function repriced(name: string, more: number): TicketLine {
  const { order: _, returnDays: __, ...line } = sold({ name, each: more });
  return { ...line, kind: "repriced", of: { purchase: BOUGHT, position: 1 } };
}

export function off(minor: number, reason: string): GrantedDiscount {
  return {
    source: "promotion",
    reason,
    amount: euros(minor),
    promotion: idOf<"Promotion">("p-1"),
    needs: null,
  };
}

/** A ticket of some lines, paid in cash with a note of fifty, or given back to the card. */
export function ticketOf(lines: readonly TicketLine[]): Ticket {
  const sum = (amountOf: (line: TicketLine) => number): number =>
    lines.reduce((total, line) => total + amountOf(line), 0);
  const due = sum(({ total }) => total.minor);
  const gross = sum((line) => line.gross.minor);
  const tax = taxIn(due);
  return {
    id: idOf<"Ticket">("ticket-1"),
    number: idOf<"ReceiptNumber">("BER1-03-000123"),
    basket: idOf<"Basket">("basket-1"),
    store: SHOP.store,
    device: idOf<"Device">("till-3"),
    staff: idOf<"Staff">("mira"),
    customer: null,
    completedAt: Date.UTC(2026, 10, 24, 9, 30) as Instant,
    businessDay: "2026-11-24" as BusinessDay,
    currency: EUR,
    taxMode: "inclusive",
    taxRounding: "ticket",
    lines,
    taxes: [tax],
    totals: {
      gross: euros(gross),
      discount: euros(gross - due),
      net: tax.net,
      tax: tax.tax,
      total: euros(due),
      cashRounding: euros(0),
      due: euros(due),
    },
    tenders: [tenderOf(due)],
  };
}

function tenderOf(due: number): Ticket["tenders"][number] {
  const id = idOf<"Tender">("tender-1");
  const note = Math.ceil(due / 5_000) * 5_000;
  return due < 0
    ? { id, kind: "refund", amount: euros(-due), to: { kind: "card", approvalCode: "471100" } }
    : { id, kind: "cash", tendered: euros(note), change: euros(note - due) };
}

/** The tax within an amount, to the nearest cent. */
function taxIn(total: number): TaxAmount {
  const tax = Math.round((total * VAT.ppm) / (1_000_000 + VAT.ppm));
  return { rate: VAT, net: euros(total - tax), tax: euros(tax) };
}
