import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Fulfilment, FulfilmentLine, Order } from "#domain/orders/order.ts";
import type { OrderNews } from "./port.ts";

const EUR = idOf<"Currency">("EUR");
const NOON = instant(1_795_000_000_000);

type Part = Partial<Omit<Fulfilment, "lines">> & { readonly handed?: number; readonly missing?: number };

/** A part of an order in few words: so many pieces of one line, so many of them handed out. */
export function part({
  line = "13456789012345",
  quantity = 2,
  handed = 0,
  missing = 0,
  ...changes
}: Part & { readonly line?: string; readonly quantity?: number } = {}): Fulfilment {
  const piece: FulfilmentLine = {
    line: idOf<"Line">(line),
    variant: idOf<"Variant">("shirt-m"),
    quantity,
    picked: quantity - missing,
    handed,
    missing,
    insteadOf: null,
  };
  return {
    id: idOf<"Fulfilment">("f1"),
    kind: "pickup",
    store: idOf<"Store">("berlin"),
    state: "ready",
    promisedAt: NOON,
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
    placedAt: NOON,
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

/** An order of two pieces of one line for 30.00, paid, to be sent from Berlin unless said otherwise. */
export function orderOf({
  externalId,
  line,
  part: only = {},
  parts = [only],
  payment = {},
  ...change
}: {
  readonly externalId: string;
  readonly line: string;
  readonly part?: Part;
  readonly parts?: readonly Part[];
  readonly payment?: {
    readonly state?: Order["payment"]["state"];
    readonly paid?: number;
    readonly refunded?: number;
  };
} & Partial<Pick<Order, "cancelledAt" | "delivery" | "givenUp">>): Order {
  const { state = "paid", paid = 3_000, refunded = 0 } = payment;
  const shirts = orderHere({ line });
  const order: Order = {
    ...shirts,
    externalId,
    lines: shirts.lines.map((each) => ({ ...each, unitPrice: money(1_500, EUR), total: money(3_000, EUR) })),
    payment: { state, total: money(3_000, EUR), paid: money(paid, EUR), refunded: money(refunded, EUR) },
    delivery: { kind: "ship", address: null },
    ...change,
  };
  const usual = {
    id: idOf<"Fulfilment">("fulfilment-1"),
    kind: order.delivery.kind,
    store: idOf<"Store">("store-berlin"),
    state: "allocated",
  } as const;
  return { ...order, fulfilments: parts.map((each) => part({ line, ...usual, ...each })) };
}

/** News of an order; what kind of news does not matter to the drivers, which tell how the order is now. */
export function newsOf(order: Order): OrderNews {
  return { id: "event-1", type: "order.accepted", order, stores: [] };
}

/** The clock of the drivers' tests. */
export function now(): typeof NOON {
  return NOON;
}
