import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import type { OrderNews } from "../port.ts";

const EUR = idOf<"Currency">("EUR");
const NOON = instant(1_795_000_000_000);

type Part = Partial<Omit<Fulfilment, "lines">> & { readonly handed?: number; readonly missing?: number };

/** One store's part of an order of one line, all its pieces picked. */
function partOf(order: Pick<Order, "lines" | "delivery">, change: Part): Fulfilment {
  const { handed = 0, missing = 0, ...rest } = change;
  return {
    id: idOf<"Fulfilment">("fulfilment-1"),
    kind: order.delivery.kind,
    store: idOf<"Store">("store-berlin"),
    state: "allocated",
    lines: order.lines.map(({ id, quantity }) => ({
      line: id,
      variant: idOf<"Variant">(`variant-${id}`),
      quantity,
      picked: quantity - missing,
      handed,
      missing,
      insteadOf: null,
    })),
    promisedAt: NOON,
    collectBy: null,
    shelf: null,
    claimedBy: null,
    pickup: null,
    parcels: [],
    restocked: false,
    trace: [],
    ...rest,
  };
}

/** An order of two pieces of one line for 30.00, paid, to be sent from Berlin unless said otherwise. */
export function orderOf({
  externalId,
  line,
  part = {},
  parts = [part],
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
  const lines: Order["lines"] = [
    {
      id: idOf<"Line">(line),
      variant: idOf<"Variant">(`variant-${line}`),
      sku: idOf<"Sku">("ART-1"),
      name: "Article 1",
      options: [],
      taxClass: idOf<"TaxClass">("standard"),
      quantity: 2,
      unitPrice: money(1_500, EUR),
      total: money(3_000, EUR),
    },
  ];
  const order: Order = {
    id: idOf<"Order">("order-1"),
    number: "10042",
    channel: idOf<"Channel">("web"),
    externalId,
    placedAt: NOON,
    placedBy: null,
    currency: EUR,
    contact: { customer: null, name: "Ada Brandt", email: null, phone: null },
    lines,
    shipping: money(0, EUR),
    payment: { state, total: money(3_000, EUR), paid: money(paid, EUR), refunded: money(refunded, EUR) },
    delivery: { kind: "ship", address: null },
    maySplit: false,
    note: "",
    fulfilments: [],
    declinedBy: [],
    givenUp: [],
    cancelledAt: null,
    ...change,
  };
  return { ...order, fulfilments: parts.map((each) => partOf(order, each)) };
}

/** News of an order; what kind of news does not matter to the drivers, which tell how the order is now. */
export function newsOf(order: Order): OrderNews {
  return { id: "event-1", type: "order.accepted", order, stores: [] };
}

/** The clock of the drivers' tests. */
export function now(): typeof NOON {
  return NOON;
}
