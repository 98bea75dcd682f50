import { idOf, instant, type StoreId } from "#domain/ids.ts";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_ATTRIBUTION } from "#domain/orders/attribution.ts";
import type { Fulfilment, Order, Trace } from "#domain/orders/order.ts";
import type { FulfilmentState } from "#domain/orders/transitions.ts";
import type { AcrossFact } from "#domain/reports/across.ts";
import { basketFactsOf, shiftFactsOf } from "#domain/reports/basket-facts.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import { orderFactsOf } from "#domain/reports/order-facts.ts";
import { daysAfter } from "#domain/store/business-day.ts";
import { demoUuid, type Random, seededRandom } from "../../sync-server/demo/random.ts";
import { CURRENCY } from "../../sync-server/demo/retailer.ts";
import { SALES_YEAR, storeAt } from "./sales.ts";

const DAYS = 365;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const YEAR_BEGINS = Date.UTC(2026, 0, 1);
const ORDERS_SEED = 5_000_000;
const CUSTOMERS = 80_000;
const KNOWN_ONE_IN = 3;
const PLACED_ONE_IN = 10;
const PERCENT_COLLECTED = 50;
const ZONE = "Europe/Berlin";

interface Size {
  readonly stores: number;
  readonly orders: number;
}

/** What reports across channels count of a ticket: every third buyer is a known one. */
export function basketOf(facts: TicketFacts, number: number): readonly AcrossFact[] {
  const customer = number % KNOWN_ONE_IN === 0 ? customerAt((number * 7_919) % CUSTOMERS) : null;
  return basketFactsOf({ ...facts, customer });
}

function customerAt(number: number) {
  return idOf<"Customer">(`customer-${number}`);
}

/** What they count of so many orders over the year, half of them collected and half sent, each done by one store. */
export function* orderFacts({ stores, orders }: Size): Iterable<AcrossFact> {
  const ids = Array.from({ length: stores }, (_, number) => storeAt(number));
  const around = { timeZoneOf: () => ZONE, attribution: DEFAULT_ATTRIBUTION };
  for (let number = 0; number < orders; number += 1)
    yield* orderFactsOf(orderAt(number, { orders, stores: ids }), around);
}

function orderAt(
  number: number,
  { orders, stores }: { readonly orders: number; readonly stores: readonly StoreId[] },
): Order {
  const random = seededRandom(ORDERS_SEED + number);
  const store = random.pick(stores);
  const placedAt = instant(YEAR_BEGINS + Math.floor((number * DAYS) / orders) * DAY_MS + 10 * 60 * MINUTE_MS);
  const price = money(random.between({ from: 500, to: 20_000 }), CURRENCY);
  const isCollected = random.between({ from: 1, to: 100 }) <= PERCENT_COLLECTED;
  const line = idOf<"Line">(`line-${number}`);
  const variant = idOf<"Variant">(`variant-${number}`);
  const none = zeroMoney(CURRENCY);
  return {
    id: idOf<"Order">(demoUuid(random)),
    number: `W-${number}`,
    channel: idOf<"Channel">("web"),
    externalId: String(number),
    placedAt,
    placedBy: number % PLACED_ONE_IN === 0 ? { store, staff: idOf<"Staff">(`staff-${store}`) } : null,
    currency: CURRENCY,
    contact: { customer: customerAt(number % CUSTOMERS), name: "Ada", email: null, phone: null },
    lines: [
      {
        id: line,
        variant,
        sku: idOf<"Sku">("SKU"),
        name: "Tea",
        options: [],
        taxClass: idOf<"TaxClass">("standard"),
        quantity: 1,
        unitPrice: price,
        total: price,
      },
    ],
    shipping: none,
    payment: { state: "paid", total: price, paid: price, refunded: none },
    delivery: isCollected ? { kind: "pickup", store } : { kind: "ship", address: null },
    maySplit: false,
    note: "",
    fulfilments: [partOf(number, { store, line, variant, placedAt, isCollected, random })],
    declinedBy: [],
    givenUp: [],
    cancelledAt: null,
  };
}

function partOf(
  number: number,
  {
    store,
    line,
    variant,
    placedAt,
    isCollected,
    random,
  }: Pick<Fulfilment, "store"> &
    Pick<Order, "placedAt"> & {
      readonly line: Fulfilment["lines"][number]["line"];
      readonly variant: Fulfilment["lines"][number]["variant"];
      readonly isCollected: boolean;
      readonly random: Random;
    },
): Fulfilment {
  const minutes = (most: number) => random.between({ from: 1, to: most }) * MINUTE_MS;
  const ready = instant(placedAt + minutes(240));
  const gone = instant(ready + minutes(2_880));
  const end = isCollected ? "collected" : "shipped";
  const traced = (
    at: typeof ready,
    act: Trace["act"],
    from: FulfilmentState,
    to: FulfilmentState,
  ): Trace => ({
    at,
    act,
    by: { kind: "server" },
    from,
    to,
    reason: null,
    fits: true,
  });
  return {
    id: idOf<"Fulfilment">(`part-${number}`),
    kind: isCollected ? "pickup" : "ship",
    store,
    state: end,
    lines: [{ line, variant, quantity: 1, picked: 1, handed: 1, missing: 0, insteadOf: null }],
    promisedAt: instant(placedAt + 120 * MINUTE_MS),
    collectBy: null,
    shelf: null,
    claimedBy: null,
    pickup: null,
    parcels: [],
    restocked: false,
    trace: [
      traced(ready, "picked", "picking", "ready"),
      traced(gone, isCollected ? "handedOver" : "shipped", "ready", end),
    ],
  };
}

/** One drawer a day in each store. */
export function* shiftFacts({ stores }: Pick<Size, "stores">): Iterable<AcrossFact> {
  for (let day = 0; day < DAYS; day += 1)
    for (let number = 0; number < stores; number += 1) {
      const at = instant(YEAR_BEGINS + day * DAY_MS);
      const counted = money(50_000 + ((day * number) % 300) - 150, CURRENCY);
      const expected = money(50_000, CURRENCY);
      const none = zeroMoney(CURRENCY);
      yield* shiftFactsOf({
        shift: idOf<"Shift">(`shift-${day}-${number}`),
        store: storeAt(number),
        device: idOf<"Device">(`till-${number}`),
        register: 1,
        owner: idOf<"Staff">(`staff-${number}`),
        openedAt: at,
        openedBy: null,
        businessDay: daysAfter(SALES_YEAR.from, day),
        float: none,
        acts: [],
        closed: {
          at,
          by: null,
          approvedBy: null,
          counted,
          expected,
          variance: none,
          reason: null,
          kept: none,
        },
      });
    }
}
