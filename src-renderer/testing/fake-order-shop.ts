import { type Instant, idOf, instant } from "#domain/ids.ts";
import { subtractMoney, sumMoney, timesMoney } from "#domain/money/arithmetic.ts";
import type { Fulfilment, OrderLease, OrderLine, StoreOrder } from "#domain/orders/order.ts";
import { CURRENCY, euros, item, TAX_CLASS } from "./fake-shop.ts";

export const THIS_TILL = idOf<"Device">("till-1");
export const OTHER_TILL = idOf<"Device">("till-2");
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** An order of the fake shop in short: what differs from one to the next. */
export interface Sketch {
  readonly number: string;
  readonly name: string;
  readonly phone?: string;
  readonly kind?: Fulfilment["kind"];
  readonly state?: Fulfilment["state"];
  /** SKU and pieces. */
  readonly goods: Readonly<Record<string, number>>;
  readonly promisedInMs?: number;
  readonly shelf?: string;
  /** What was paid online, cents; none: all of it. */
  readonly paid?: number;
  readonly claimedBy?: "me" | "other";
  readonly lease?: "mine" | "other";
  readonly code?: string;
  readonly restocked?: boolean;
  readonly note?: string;
}

/** The code a customer of the fake shop shows for any order that has one. */
export const PICKUP_CODE = "K7M4PQ";

export const SKETCHES: readonly Sketch[] = [
  {
    number: "FEN-1047",
    name: "Anna-Lena Brandstetter-Hohenfels",
    phone: "+49 30 5550 1047",
    goods: { MUG: 2, OIL: 1, "TEE-S": 1 },
    promisedInMs: -25 * MINUTE_MS,
    note: "Please wrap the mugs as a gift.",
  },
  { number: "FEN-1048", name: "Jonas Weber", goods: { OIL: 3 }, promisedInMs: 35 * MINUTE_MS },
  {
    number: "FEN-1049",
    name: "Priya Raman",
    kind: "ship",
    state: "accepted",
    goods: { "TEE-M": 1, MUG: 1 },
    promisedInMs: 3 * HOUR_MS,
  },
  {
    number: "FEN-1045",
    name: "Tom Okafor",
    state: "picking",
    goods: { MUG: 3, "TEE-S": 2 },
    promisedInMs: 15 * MINUTE_MS,
    claimedBy: "me",
  },
  {
    number: "FEN-1044",
    name: "Sofia Lindqvist",
    state: "picking",
    goods: { OIL: 1 },
    promisedInMs: 20 * MINUTE_MS,
    claimedBy: "other",
  },
  {
    number: "FEN-1042",
    name: "Marta Kowalska",
    phone: "+49 171 555 0142",
    state: "ready",
    goods: { MUG: 1, OIL: 2 },
    shelf: "A3",
    paid: 0,
    lease: "mine",
  },
  {
    number: "FEN-1041",
    name: "Emil Schuster",
    state: "ready",
    goods: { "TEE-S": 2 },
    shelf: "B1",
    lease: "mine",
    phone: "+49 160 555 0141",
  },
  {
    number: "FEN-1040",
    name: "Yuki Tanaka",
    state: "ready",
    goods: { MUG: 4 },
    shelf: "A1",
    lease: "other",
  },
  {
    number: "FEN-1043",
    name: "Hanna Vogel",
    kind: "ship",
    state: "ready",
    goods: { OIL: 2 },
    shelf: "S2",
    promisedInMs: 40 * MINUTE_MS,
  },
  { number: "FEN-1038", name: "Carla Rossi", state: "cancelled", goods: { MUG: 2 }, shelf: "C2" },
  { number: "FEN-1031", name: "Ben Achterberg", state: "expired", goods: { "TEE-M": 1 }, shelf: "C4" },
  { number: "FEN-1039", name: "Lotte Jansen", state: "collected", goods: { OIL: 1 } },
  { number: "FEN-1037", name: "Karim Haddad", kind: "ship", state: "shipped", goods: { MUG: 1 } },
];

const PICKED: readonly Fulfilment["state"][] = ["ready", "collected", "shipped", "cancelled", "expired"];
const GONE: readonly Fulfilment["state"][] = ["collected", "shipped"];

/** The order as the server would tell this store of it. */
export function sketched(sketch: Sketch, now: Instant): StoreOrder {
  const { number, name, phone, kind = "pickup", note = "", paid } = sketch;
  const lines = Object.entries(sketch.goods).map(([sku, quantity]) => orderedLine(number, sku, quantity));
  const total = sumMoney(
    lines.map((line) => line.total),
    CURRENCY,
  );
  return {
    id: idOf<"Fulfilment">(`${number}-f`),
    order: idOf<"Order">(number),
    number,
    channel: idOf<"Channel">("webshop"),
    placedAt: instant(now - 2 * HOUR_MS),
    contact: { customer: null, name, email: null, phone: phone ?? null },
    address:
      kind === "ship"
        ? { name, lines: ["Torstraße 140"], postcode: "10119", city: "Berlin", country: "DE" }
        : null,
    payment: {
      state: paid === undefined ? "paid" : "toPayAtPickup",
      total,
      paid: paid === undefined ? total : euros(paid),
      refunded: subtractMoney(total, total),
    },
    shipping: euros(0),
    lines,
    fulfilment: fulfilmentOf(sketch, lines, now),
    lease: sketch.lease === undefined ? null : leaseOf(sketch.lease, now),
    note,
  };
}

function orderedLine(number: string, sku: string, quantity: number): OrderLine {
  const { variant, name, options, price } = item(sku);
  const unitPrice = price ?? euros(0);
  return {
    id: idOf<"Line">(`${number}-${sku}`),
    variant,
    sku: idOf<"Sku">(sku),
    name,
    options,
    taxClass: TAX_CLASS,
    quantity,
    unitPrice,
    total: timesMoney(unitPrice, quantity),
  };
}

function fulfilmentOf(sketch: Sketch, lines: readonly OrderLine[], now: Instant): Fulfilment {
  const { number, kind = "pickup", state = "allocated", promisedInMs = HOUR_MS } = sketch;
  const isPicked = PICKED.includes(state);
  return {
    id: idOf<"Fulfilment">(`${number}-f`),
    kind,
    store: idOf<"Store">("BER1"),
    state,
    lines: lines.map((line) => ({
      line: line.id,
      variant: line.variant ?? idOf<"Variant">(line.sku),
      quantity: line.quantity,
      picked: isPicked ? line.quantity : 0,
      handed: GONE.includes(state) ? line.quantity : 0,
      missing: 0,
      insteadOf: null,
    })),
    promisedAt: instant(now + promisedInMs),
    collectBy: isPicked ? instant(now + 5 * DAY_MS) : null,
    shelf: sketch.shelf ?? null,
    claimedBy: sketch.claimedBy === undefined ? null : claimOf(sketch.claimedBy),
    pickup: kind === "pickup" ? { salt: "salt-of-it", hash: "0".repeat(64) } : null,
    parcels: state === "shipped" ? [{ carrier: "DHL", tracking: "JJD0001" }] : [],
    restocked: sketch.restocked ?? false,
    trace: historyOf(state, now),
  };
}

function claimOf(who: "me" | "other"): Fulfilment["claimedBy"] {
  return who === "me"
    ? { staff: idOf<"Staff">("mira"), device: THIS_TILL }
    : { staff: idOf<"Staff">("johanna"), device: OTHER_TILL };
}

function leaseOf(who: "mine" | "other", now: Instant): OrderLease {
  return {
    holder: who === "mine" ? THIS_TILL : OTHER_TILL,
    register: who === "mine" ? 1 : 2,
    expiresAt: instant(now + 8 * HOUR_MS),
    wantedBy: null,
  };
}

function historyOf(state: Fulfilment["state"], now: Instant): Fulfilment["trace"] {
  const staff = { kind: "staff", staff: idOf<"Staff">("johanna"), device: OTHER_TILL } as const;
  const base = { from: "allocated", to: "allocated", reason: null, fits: true } as const;
  const placed = {
    ...base,
    at: instant(now - 2 * HOUR_MS),
    act: "allocated",
    by: { kind: "server" },
  } as const;
  if (state === "allocated") return [placed];
  const accepted = { ...base, at: instant(now - HOUR_MS), act: "accepted", by: staff } as const;
  if (!PICKED.includes(state)) return [placed, accepted];
  const picked = { ...base, at: instant(now - 40 * MINUTE_MS), act: "picked", by: staff } as const;
  if (state !== "cancelled") return [placed, accepted, picked];
  const cancelled = {
    ...base,
    at: instant(now - 10 * MINUTE_MS),
    act: "cancelled",
    by: { kind: "shop", channel: idOf<"Channel">("webshop") },
    reason: "Changed my mind",
  } as const;
  return [placed, accepted, picked, cancelled];
}
