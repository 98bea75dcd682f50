import { createHash } from "node:crypto";
import { type Instant, idOf, instant, type VariantId } from "#domain/ids.ts";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import type { FulfilmentLine, OrderLease, OrderLine, StoreOrder } from "#domain/orders/order.ts";
import { verifierOf } from "#domain/orders/pickup-code.ts";
import { DEVICE, EUR, euros, MUG, STANDARD, STORE, TEE_S } from "./shop-fixture.ts";

/** What the customer was sent. */
export const CODE = "34ACDE";
export const OTHER_TILL = idOf<"Device">("device-2");
const HOUR_MS = 3_600_000;
/** When orders of the fixture were placed: half an hour before the clock of the tests starts. */
export const PLACED_AT: Instant = instant(Date.UTC(2026, 10, 24, 9, 0));

interface Wanted {
  readonly variant: VariantId;
  readonly quantity: number;
  /** Of all pieces, minor units. */
  readonly total: number;
}
const TWO_MUGS_AND_A_TEE: readonly Wanted[] = [
  { variant: MUG, quantity: 2, total: 1_600 },
  { variant: TEE_S, quantity: 1, total: 1_999 },
];

/** Two mugs and a T-shirt for Ada Brandt, 35.99 paid online, to be collected here within two hours; just come in unless said otherwise. */
export function storeOrder({
  number = "WEB-1001",
  wanted = TWO_MUGS_AND_A_TEE,
  fulfilment = {},
  ...changes
}: Partial<Omit<StoreOrder, "fulfilment">> & {
  readonly wanted?: readonly Wanted[];
  readonly fulfilment?: Partial<StoreOrder["fulfilment"]>;
} = {}): StoreOrder {
  const id = idOf<"Fulfilment">(`f-${number}`);
  const lines = wanted.map(orderLine);
  const total = euros(wanted.reduce((sum, each) => sum + each.total, 0));
  return {
    id,
    order: idOf<"Order">(`o-${number}`),
    number,
    channel: idOf<"Channel">("web"),
    placedAt: PLACED_AT,
    contact: { customer: null, name: "Ada Brandt", email: "ada@example.org", phone: "+49 30 1234567" },
    address: null,
    payment: { state: "paid", total, paid: total, refunded: zeroMoney(EUR) },
    shipping: zeroMoney(EUR),
    lines,
    lease: null,
    note: "",
    ...changes,
    fulfilment: {
      id,
      kind: "pickup",
      store: STORE,
      state: "allocated",
      lines: lines.map((line) => dueLine(line)),
      promisedAt: instant(PLACED_AT + 2 * HOUR_MS),
      collectBy: null,
      shelf: null,
      claimedBy: null,
      pickup: verifierOf({ code: CODE, salt: "salt-of-8-chars", sha256Hex }),
      parcels: [],
      restocked: false,
      trace: [],
      ...fulfilment,
    },
  };
}

/** Picked and on the shelf, leased to this till unless said otherwise. */
export function readyOrder(changes: Parameters<typeof storeOrder>[0] = {}): StoreOrder {
  const order = storeOrder({ lease: leaseOf(DEVICE), ...changes });
  const lines = order.fulfilment.lines.map((line) => ({ ...line, picked: line.quantity }));
  return {
    ...order,
    fulfilment: { ...order.fulfilment, state: "ready", shelf: "A3", lines, ...changes.fulfilment },
  };
}

/** A ready order of which nothing, or a part, is paid yet. */
export function unpaidOrder(paidMinor = 0, changes: Parameters<typeof storeOrder>[0] = {}): StoreOrder {
  const order = readyOrder(changes);
  return { ...order, payment: { ...order.payment, state: "toPayAtPickup", paid: euros(paidMinor) } };
}

export function leaseOf(holder: typeof DEVICE, changes: Partial<OrderLease> = {}): OrderLease {
  return {
    holder,
    register: holder === DEVICE ? 3 : 4,
    expiresAt: instant(PLACED_AT + 24 * HOUR_MS),
    wantedBy: null,
    ...changes,
  };
}

function orderLine({ variant, quantity, total }: Wanted, index: number): OrderLine {
  const isMug = variant === MUG;
  return {
    id: idOf<"Line">(`l${index + 1}`),
    variant,
    sku: idOf<"Sku">(`SKU-${variant}`),
    name: isMug ? "Emaille-Becher" : "Baumwoll-T-Shirt",
    options: isMug ? [] : ["S"],
    taxClass: STANDARD,
    quantity,
    unitPrice: euros(isMug ? 850 : 1_999),
    total: euros(total),
  };
}

function dueLine({ id, variant, quantity }: OrderLine): FulfilmentLine {
  if (variant === null) throw new Error("an order of the fixture knows its articles");
  return { line: id, variant, quantity, picked: 0, handed: 0, missing: 0, insteadOf: null };
}

function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
