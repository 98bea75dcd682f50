import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Fulfilment, FulfilmentLine, Order, Parcel } from "#domain/orders/order.ts";

const EUR = idOf<"Currency">("EUR");

/** A part of an order in few words: so many pieces of one line, so many of them handed out. */
export function part({
  line = "13456789012345",
  quantity = 2,
  handed = 0,
  ...changes
}: Partial<Omit<Fulfilment, "lines">> & {
  readonly line?: string;
  readonly quantity?: number;
  readonly handed?: number;
  readonly parcels?: readonly Parcel[];
} = {}): Fulfilment {
  const piece: FulfilmentLine = {
    line: idOf<"Line">(line),
    variant: idOf<"Variant">("shirt-m"),
    quantity,
    picked: quantity,
    handed,
    missing: 0,
    insteadOf: null,
  };
  return {
    id: idOf<"Fulfilment">("f1"),
    kind: "pickup",
    store: idOf<"Store">("berlin"),
    state: "ready",
    promisedAt: instant(1_795_000_000_000),
    collectBy: null,
    shelf: null,
    claimedBy: null,
    pickup: null,
    parcels: [],
    restocked: false,
    trace: [],
    ...changes,
    lines: [piece],
  };
}

/** Two shirts of 19.99, paid, to be collected in Berlin. */
export function orderHere(changes: Partial<Order> & { readonly line?: string } = {}): Order {
  const { line = "13456789012345", ...rest } = changes;
  return {
    id: idOf<"Order">("o1"),
    number: "#1042",
    channel: idOf<"Channel">("fen"),
    externalId: "5678901234567",
    placedAt: instant(1_795_000_000_000),
    placedBy: null,
    currency: EUR,
    contact: { customer: null, name: "Anna Ahrens", email: null, phone: null },
    lines: [
      {
        id: idOf<"Line">(line),
        variant: idOf<"Variant">("shirt-m"),
        sku: idOf<"Sku">("SHIRT-M"),
        name: "Linen shirt",
        options: ["M"],
        taxClass: idOf<"TaxClass">("standard"),
        quantity: 2,
        unitPrice: money(1_999, EUR),
        total: money(3_998, EUR),
      },
    ],
    shipping: money(0, EUR),
    payment: { state: "paid", total: money(3_998, EUR), paid: money(3_998, EUR), refunded: money(0, EUR) },
    delivery: { kind: "pickup", store: idOf<"Store">("berlin") },
    maySplit: false,
    note: "",
    fulfilments: [part({ line })],
    declinedBy: [],
    givenUp: [],
    cancelledAt: null,
    ...rest,
  };
}
