import { z } from "zod";
import type { Order, StoreOrder } from "#domain/orders/order.ts";
import { storeOrderSchema } from "#protocol/documents/order.ts";
import type { RecordedExchange } from "#protocol/testing/recorded-exchange.ts";
import { saveOrder } from "../orders/ledger.ts";
import type { Publisher } from "../sync/publisher.ts";

/** `data`: absent where the document is gone. */
const rowSchema = z.looseObject({ data: z.unknown().optional() });

/** What a recorded till was told of a collection: the data of each row, in the order in which it came. */
function recordedRows(exchanges: readonly RecordedExchange[], collection: string): readonly unknown[] {
  const rows = exchanges.flatMap(({ path, answer }): readonly unknown[] => {
    if (path.startsWith(`/sync/v1/snapshot/${collection}`))
      return answer
        .trimEnd()
        .split("\n")
        .slice(1, -1)
        .map((line): unknown => JSON.parse(line));
    if (!path.startsWith(`/sync/v1/replica/${collection}`)) return [];
    return z.object({ documents: z.array(z.unknown()) }).parse(JSON.parse(answer)).documents;
  });
  return rows.map((row) => rowSchema.parse(row).data);
}

/** Each document of a collection as a recorded till was first told of it, as far as today's schema knows it. */
export function recordedFirst<T extends { readonly id: string }>(
  exchanges: readonly RecordedExchange[],
  collection: string,
  schema: z.ZodType<T>,
): readonly T[] {
  const first = new Map<string, T>();
  for (const data of recordedRows(exchanges, collection)) {
    const told = schema.safeParse(data);
    if (told.success && !first.has(told.data.id)) first.set(told.data.id, told.data);
  }
  return [...first.values()];
}

/** The orders that a recorded till was told, as they were before anybody at a till touched them. */
export function recordedOrders(exchanges: readonly RecordedExchange[]): readonly StoreOrder[] {
  const first = recordedFirst(exchanges, "orders", storeOrderSchema).map(untouched);
  // What a till sold to be sent comes with that till's own journal.
  return first.filter(({ fulfilment }) => fulfilment.trace.length > 0);
}

function untouched(told: StoreOrder): StoreOrder {
  const { fulfilment } = told;
  const trace = fulfilment.trace.filter(({ by }) => by.kind === "server");
  if (trace.length === fulfilment.trace.length) return told;
  const lines = fulfilment.lines.map((line) => ({ ...line, picked: 0, handed: 0, missing: 0 }));
  const state = trace.at(-1)?.to ?? fulfilment.state;
  return { ...told, fulfilment: { ...fulfilment, trace, lines, state, claimedBy: null } };
}

/** Places them at a server as its web shop did, each whole at its one store. */
export async function placeRecorded(publisher: Publisher, orders: readonly StoreOrder[]): Promise<void> {
  await publisher.publish(async (publication) => {
    let made = 0;
    const newId = () => {
      made += 1;
      return `recorded-${made}`;
    };
    for (const told of orders)
      await saveOrder(publication, {
        before: null,
        after: orderOf(told),
        pickup: told.fulfilment.pickup,
        newId,
      });
  });
}

function orderOf(told: StoreOrder): Order {
  const { fulfilment, order, number, channel, placedAt, contact, address, payment, shipping, lines, note } =
    told;
  return {
    id: order,
    number,
    channel,
    externalId: number,
    placedAt,
    placedBy: null,
    currency: payment.total.currency,
    contact: { ...contact, customer: null },
    lines,
    shipping,
    payment,
    delivery:
      fulfilment.kind === "pickup" ? { kind: "pickup", store: fulfilment.store } : { kind: "ship", address },
    maySplit: false,
    note,
    fulfilments: [fulfilment],
    declinedBy: [],
    givenUp: [],
    cancelledAt: null,
  };
}
