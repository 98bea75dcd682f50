import type { BusinessDay, Instant, StoreId } from "../ids.ts";
import { type AttributionRules, type Credit, creditsOf } from "../orders/attribution.ts";
import { totalOfPieces } from "../orders/line-total.ts";
import type { Fulfilment, FulfilmentLine, Order, Trace } from "../orders/order.ts";
import { returnsOf } from "../orders/order-return.ts";
import { type FulfilmentState, isOpen } from "../orders/transitions.ts";
import { businessDayOf } from "../store/business-day.ts";
import { type AcrossFact, type AcrossName, factsInPlace, type UnplacedFact } from "./across.ts";
import type { SalesChannel } from "./facts.ts";

/** What an order does not say by itself. */
export interface OrderSurroundings {
  readonly timeZoneOf: (store: StoreId) => string;
  /** For orders that were placed before rules were kept with them. */
  readonly attribution: AttributionRules;
}

const SECOND_MS = 1_000;
const NOBODYS_CLOCK = "UTC";

/** Through which channel an order is sold, as tickets of it have it. */
export function channelOfOrder({ delivery, placedBy }: Pick<Order, "delivery" | "placedBy">): SalesChannel {
  if (delivery.kind === "pickup") return "collect";
  return placedBy === null ? "online" : "shipFromStore";
}

/** What reports across channels count of an order as it stands: its parts in stores, what was sent, who is credited, and what came back by mail. */
export function orderFactsOf(order: Order, around: OrderSurroundings): readonly AcrossFact[] {
  const of = factOf(order, around);
  return factsInPlace([
    ...order.fulfilments.flatMap((part) => promiseFacts(order, part, of)),
    ...order.fulfilments.flatMap((_, place) => sentFacts(order, place, of)),
    ...creditsOf(order, around.attribution).map((credit) => creditFact(order, credit, of)),
    ...mailedBack(order, of),
  ]);
}

type Of = (
  report: AcrossName,
  at: Instant,
  store: StoreId | null,
  rest: Pick<AcrossFact, "measures"> & Partial<AcrossFact>,
) => UnplacedFact;

function factOf(order: Order, { timeZoneOf }: OrderSurroundings): Of {
  const anyStore = order.placedBy?.store ?? order.fulfilments[0]?.store ?? null;
  const dayOf = (at: Instant, store: StoreId | null): BusinessDay => {
    const clock = store ?? anyStore;
    return businessDayOf({ at, timeZone: clock === null ? NOBODYS_CLOCK : timeZoneOf(clock) });
  };
  return (report, at, store, rest) => ({
    report,
    about: { kind: "order", id: order.id },
    number: order.number,
    at,
    day: dayOf(at, store),
    store,
    currency: order.currency,
    channel: channelOfOrder(order),
    value: "",
    person: "",
    other: order.channel,
    ...rest,
  });
}

/** When a part first came into a state; null: it never did. */
function reached({ trace }: Pick<Fulfilment, "trace">, state: FulfilmentState): Instant | null {
  return trace.find(({ to }) => to === state)?.at ?? null;
}

function seconds(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((to - from) / SECOND_MS));
}

/** A part to be collected: how long it took and whether it was ready as promised, on the day it was ordered. What ended before it was ready made no promise come true or fail. */
function promiseFacts(order: Order, part: Fulfilment, of: Of): readonly UnplacedFact[] {
  if (part.kind !== "pickup") return [];
  const ready = reached(part, "ready");
  const collected = reached(part, "collected");
  const open = ready === null && isOpen(part.state) ? 1 : 0;
  return [
    of("promise", order.placedAt, part.store, {
      measures: [
        1,
        ready === null ? 0 : 1,
        ready !== null && ready <= part.promisedAt ? 1 : 0,
        ready === null ? 0 : seconds(order.placedAt, ready),
        ready === null || collected === null ? 0 : 1,
        ready === null || collected === null ? 0 : seconds(ready, collected),
        open,
      ],
    }),
  ];
}

/** A part to be sent: what left the store, on the day it left, and what it gave up, on the day it did. */
function sentFacts(order: Order, place: number, of: Of): readonly UnplacedFact[] {
  const part = order.fulfilments[place];
  if (part === undefined || part.kind !== "ship") return [];
  const facts: UnplacedFact[] = [];
  const shipped = reached(part, "shipped");
  if (shipped !== null) {
    const pieces = part.lines.reduce((sum, { handed }) => sum + handed, 0);
    const value = part.lines.reduce((sum, line) => sum + worthHanded(order, place, line), 0);
    const onTime = shipped <= part.promisedAt ? 1 : 0;
    const toSend = seconds(order.placedAt, shipped);
    facts.push(
      of("sent", shipped, part.store, { measures: [1, pieces, value, toSend, onTime, 0, 0, 0] }),
      ...basketSent(order, part, shipped, { pieces, value }, of),
    );
  }
  const declined = actOf(part, (trace) => trace.to === "declined" && trace.from !== "declined");
  if (declined !== null) {
    const rerouted = isRerouted(order, place) ? 1 : 0;
    facts.push(of("sent", declined, part.store, { measures: [0, 0, 0, 0, 0, 1, rerouted, 0] }));
  }
  const short = actOf(part, (trace) => trace.act === "picked");
  const missing = part.lines.reduce((sum, line) => sum + line.missing, 0);
  if (declined === null && short !== null && missing > 0)
    facts.push(of("sent", short, part.store, { measures: [0, 0, 0, 0, 0, 0, 0, missing] }));
  return facts;
}

function actOf({ trace }: Fulfilment, is: (trace: Trace) => boolean): Instant | null {
  return trace.findLast(is)?.at ?? null;
}

/** Whether another store was given something of what a part was to do, after it. */
function isRerouted({ fulfilments }: Order, place: number): boolean {
  const lines = new Set(fulfilments[place]?.lines.map(({ line }) => line));
  return fulfilments.slice(place + 1).some((later) => later.lines.some(({ line }) => lines.has(line)));
}

/** What the pieces that a part handed over cost; those of all parts of a line come to the line's total, to the cent. */
function worthHanded(order: Order, place: number, { line: id, handed }: FulfilmentLine): number {
  const line = order.lines.find((each) => each.id === id);
  if (line === undefined) return 0;
  const earlier = order.fulfilments
    .slice(0, place)
    .flatMap(({ lines }) => lines.filter((each) => each.line === id))
    .reduce((sum, each) => sum + each.handed, 0);
  return totalOfPieces(line, earlier + handed).minor - totalOfPieces(line, earlier).minor;
}

/** What was ordered online and sent has no ticket: each part that was sent is a basket. */
function basketSent(
  order: Order,
  { store }: Fulfilment,
  at: Instant,
  { pieces, value }: { readonly pieces: number; readonly value: number },
  of: Of,
): readonly UnplacedFact[] {
  if (channelOfOrder(order) !== "online" || pieces === 0) return [];
  const person = order.contact.customer ?? "";
  return [of("baskets", at, store, { person, measures: [1, pieces, value, person === "" ? 0 : 1] })];
}

/** Each role has a measure of its own: what one store placed and another fulfilled is never added up. */
function creditFact(order: Order, { to, amount }: Credit, of: Of): UnplacedFact {
  const { minor } = amount;
  const at = order.placedAt;
  const by = order.placedBy;
  switch (to.kind) {
    case "channel":
      return of("attribution", at, null, { value: "online", measures: [minor, 0, 0, 0, 0] });
    case "staff":
      return of("attribution", at, by?.store ?? null, {
        value: "helped",
        person: to.staff,
        measures: [0, 0, 0, minor, 0],
      });
    case "store":
      return of("attribution", at, to.store, {
        value: to.role,
        measures: [
          0,
          to.role === "placed" ? minor : 0,
          to.role === "fulfilled" ? minor : 0,
          0,
          to.role === "returned" ? minor : 0,
        ],
      });
  }
}

/** What came back to no store; what a store took back is on its ticket. */
function mailedBack(order: Order, of: Of): readonly UnplacedFact[] {
  return returnsOf(order)
    .filter(({ store }) => store === null)
    .map(({ at, number, lines }) =>
      of("returns", at, null, {
        other: "mail",
        number: number === "" ? order.number : number,
        measures: [
          lines.reduce((sum, { quantity }) => sum + quantity, 0),
          lines.reduce((sum, { total }) => sum + total.minor, 0),
        ],
      }),
    );
}
