import type { FastifyRequest } from "fastify";
import type { ChannelId } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import type { OrderName } from "../orders/order-desk.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { keyOf } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { noSuchOrder } from "./order-refusals.ts";

/** Whether a shop's key is for a channel; one that HQ bound to none is for all. */
export function reaches({ channels }: Pick<ApiKeyRecord, "channels">, channel: ChannelId): boolean {
  return channels.length === 0 || channels.includes(channel);
}

/** The order of a name, or the first of several that it may have. Throws the same refusal when there is none and when it is of a channel that the key does not reach. */
export async function orderNamed(
  deps: Pick<ServerDeps, "orders">,
  request: FastifyRequest,
  ...names: readonly OrderName[]
): Promise<Order> {
  for (const name of names) {
    const found = await deps.orders.find(name);
    if (found !== null && reaches(keyOf(request), found.channel)) return found;
  }
  throw noSuchOrder();
}
