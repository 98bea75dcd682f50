import { idOf } from "#domain/ids.ts";
import { shopOrderRequestSchema } from "#protocol/shop/order.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import {
  cents,
  EUR,
  MANAGER,
  MANAGER_PIN,
  priceOf,
  REGULARS,
  regular,
  STORES,
  skuOf,
  VARIANTS,
} from "../retailer.ts";
import type { Place } from "../world/world.ts";
import { clear, front, pay, ready } from "./counter.ts";
import { someone } from "./customers.ts";
import { type Act, atTill, type Day } from "./day.ts";

export const CHANNEL = idOf<"Channel">("web");

/** What the web shop does, and what the stores do with its orders. */
export const ORDERS: readonly Act[] = [
  {
    name: "web order",
    weight: 8,
    async run(day) {
      const { random, told } = day;
      const id = `web-${day.nextNumber()}`;
      const lines = random.some(VARIANTS, random.between({ from: 1, to: 3 })).map((variant) => ({
        sku: skuOf(variant),
        quantity: random.between({ from: 1, to: 3 }),
        unitPrice: cents(priceOf(variant)),
      }));
      const isPickup = random.chance(80);
      const request = shopOrderRequestSchema.parse({
        channel: CHANNEL,
        id,
        currency: EUR,
        customer: buyer(day),
        lines,
        payment: { kind: isPickup ? random.pick(["paid", "atPickup"] as const) : "paid" },
        delivery: isPickup
          ? { kind: "pickup", store: random.pick(STORES).code }
          : {
              kind: "ship",
              address: { name: "Anna", lines: ["Weg 1"], postcode: "10115", city: "Berlin", country: "DE" },
            },
      });
      const place = async (): Promise<void> => {
        const placed = await day.atServer(({ orders }) => orders.place(request));
        if (!placed.ok) throw new Error(`the order ${id} was refused: ${placed.reason}`);
        const { order, pickupCode } = placed.value;
        const before = told.orders.get(id)?.pickupCode ?? null;
        told.orders.set(id, { externalId: id, order: order.id, pickupCode: pickupCode ?? before, place });
        told.unanswered.delete(id);
      };
      // A shop that gets no answer asks again, under the same id, until it has one.
      told.unanswered.set(id, place);
      await place();
      return id;
    },
  },
  {
    name: "web orders again",
    weight: 2,
    async run({ told }) {
      for (const again of [...told.unanswered.values()]) await again();
      return "none is left";
    },
  },
  {
    name: "web cancellation",
    weight: 2,
    async run(day) {
      const order = day.random.pick([...day.told.orders.values(), null]);
      if (order === null) return "nobody wants to";
      const cancelled = await day.atServer(({ orders }) =>
        orders.cancel({
          name: { channel: CHANNEL, externalId: order.externalId },
          reason: "changed my mind",
          by: { kind: "shop", channel: CHANNEL },
        }),
      );
      return `${order.externalId} ${cancelled.ok ? "cancelled" : cancelled.reason}`;
    },
  },
  atTill("order", 22, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const { orders } = place.till.engine.views.orders.current();
    const todo = orders.filter(({ state, toRestock }) => toRestock || STATES_TO_DO.has(state));
    if (todo.length === 0) return "no order is there";
    const order = day.random.pick(todo);
    return `${order.number} ${order.state}: ${await moveOn(day, place, order)}`;
  }),
];

/** Who orders: mostly nobody whom the shop knows; somebody by what they are known as, or by the address of one of the regulars. */
function buyer({ random, told }: Day): {
  readonly id?: string;
  readonly name: string;
  readonly email?: string;
} {
  if (random.chance(60)) return { name: "Anna Ahrens" };
  const known = random.chance(50) ? someone({ random, told }) : null;
  return known === null ? regular(random.pick(REGULARS)) : { id: known, name: "A. Regular" };
}

const STATES_TO_DO: ReadonlySet<OrderCard["state"]> = new Set(["allocated", "accepted", "picking", "ready"]);

/** Does the next thing with an order. */
async function moveOn(day: Day, place: Place, order: OrderCard): Promise<string> {
  const { random } = day;
  const fulfilment = order.id;
  if (order.toRestock) {
    const back = await day.ask(place, (verbs) => verbs.restockOrder({ fulfilment }));
    return back.ok ? "put back on the shelf" : back.reason;
  }
  if (order.state === "allocated" && random.chance(15)) {
    const declined = await day.ask(place, (verbs) => verbs.declineOrder({ fulfilment, reason: "too busy" }));
    return declined.ok ? "declined" : declined.reason;
  }
  if (order.state === "allocated" || order.state === "accepted") {
    const started = await day.ask(place, (verbs) => verbs.startPicking({ fulfilment }));
    return started.ok ? "picking" : started.reason;
  }
  if (order.state === "picking") return pick(day, place, order);
  if (order.kind === "ship") {
    const parcels = [{ carrier: "DHL", tracking: `T${day.nextNumber()}` }];
    const shipped = await day.ask(place, (verbs) => verbs.shipOrder({ fulfilment, parcels }));
    return shipped.ok ? "shipped" : shipped.reason;
  }
  return handOver(day, place, order);
}

async function pick(day: Day, place: Place, { id: fulfilment, lines }: OrderCard): Promise<string> {
  const isShort = day.random.chance(15);
  for (const { line, quantity } of lines) {
    const found = isShort ? quantity - 1 : quantity;
    await day.ask(place, (verbs) => verbs.pickCount({ fulfilment, line, quantity: found }));
  }
  const rest = isShort ? day.random.pick(["refundRest", "rerouteRest"] as const) : null;
  const picked = await day.ask(place, (verbs) =>
    verbs.finishPicking({ fulfilment, shelf: "A1", rest, substitutes: [] }),
  );
  return picked.ok ? "picked" : picked.reason;
}

async function handOver(day: Day, place: Place, order: OrderCard): Promise<string> {
  const code = [...day.told.orders.values()].find((each) => each.order === order.order)?.pickupCode ?? null;
  const proof =
    code === null || day.random.chance(20)
      ? ({ kind: "idCheck", reason: "no phone", collector: "" } as const)
      : ({ kind: "code", code } as const);
  const override =
    order.lease !== "mine" && day.random.chance(25)
      ? { manager: MANAGER, pin: MANAGER_PIN, reason: "the customer waits" }
      : null;
  if (override !== null) day.told.overridden.add(order.order);
  const handed = await day.ask(place, (verbs) =>
    verbs.handOver({
      fulfilment: order.id,
      proof,
      lines: null,
      signature: null,
      withSale: false,
      override,
    }),
  );
  if (!handed.ok) return handed.reason;
  if (handed.value.next === "done") return "handed over";
  const said = await pay(day, place);
  if (front(place).collecting !== null) await day.ask(place, (verbs) => verbs.stopCollecting({}));
  await clear(day, place);
  return `handed over, ${said}`;
}
