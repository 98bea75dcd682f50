import { type Instant, idOf } from "#domain/ids.ts";
import { ORDER_EVENTS, type OrderEventType } from "../events/order-events.ts";
import type { WebhookDelivery } from "../events/port.ts";
import { createServing, type Delivery, type Handed } from "../events/serving.ts";
import type { Storage } from "../storage/port.ts";
import type { ShopApi, Told } from "./port.ts";
import { askedSafely, type ShopApis } from "./shop-apis.ts";

/** Orders in flight to one shop: their APIs allow few calls at a time. */
const AT_ONCE = 2;

/** Tells shops what became of their orders, by the outbox that webhooks go by: each order as it is when it is told, one piece of news after the other. */
export function createSender({
  storage,
  apis,
  now,
  chance,
}: {
  readonly storage: Storage;
  readonly apis: ShopApis;
  readonly now: () => Instant;
  /** Answers a number from 0 to 1. */
  readonly chance: () => number;
}): Delivery {
  return createServing({
    storage,
    now,
    chance,
    atOnce: AT_ONCE,
    receivers: async () =>
      (await storage.read((tx) => tx.connectors())).flatMap((connector) => {
        const api = apis(connector);
        return api === null
          ? []
          : [{ id: connector.id, hand: (delivery: WebhookDelivery) => tell(delivery, api, storage) }];
      }),
  });
}

async function tell({ event }: WebhookDelivery, api: ShopApi, storage: Storage): Promise<Handed> {
  const { id, type, order: subject } = event;
  if (subject === null || !isOrderEvent(type)) return { kind: "taken" };
  const orderId = idOf<"Order">(subject);
  const news = await storage.read(async (tx) => ({
    order: await tx.order(orderId),
    stores: await tx.stores(),
  }));
  const { order, stores } = news;
  if (order === null) return { kind: "taken" };
  return handed(await askedSafely(() => api.tellOrder({ id, type, order, stores })));
}

function isOrderEvent(type: string): type is OrderEventType {
  return type in ORDER_EVENTS;
}

function handed(told: Told): Handed {
  if (told.kind === "told") return { kind: "taken" };
  const { kind, failure } = told;
  const afterMs = kind === "later" ? told.afterMs : null;
  return { kind: "failed", failure, isFinal: kind === "refused", afterMs };
}
