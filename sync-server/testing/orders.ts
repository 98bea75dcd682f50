import type { Exception } from "#domain/exceptions/exceptions.ts";
import { type FulfilmentId, idOf, instant, type StoreId, type VariantId } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { money } from "#domain/money/money.ts";
import type { PickedLine, ShortChoice } from "#domain/orders/act.ts";
import { allThatIsDue } from "#domain/orders/goods.ts";
import type { Fulfilment, Order, StoreOrder } from "#domain/orders/order.ts";
import type { OrderPolicy } from "#domain/orders/policy.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { storeOrderSchema } from "#protocol/documents/order.ts";
import { type ShopOrderRequest, shopOrderRequestSchema } from "#protocol/shop/order.ts";
import type { PushAnswer } from "#protocol/sync/journal.ts";
import { EVENT_TYPES } from "../events/event-types.ts";
import { PRODUCT_EVENTS } from "../events/product-events.ts";
import type { OrderDesk, Placed } from "../orders/order-desk.ts";
import type { DeviceRecord, Storage } from "../storage/port.ts";
import { setClosed } from "../stores/save-store.ts";
import type { Ingestion } from "../sync/ingest.ts";
import type { Publisher } from "../sync/publisher.ts";
import { BERLIN, EUR, price, product, TEA } from "./shop.ts";
import type { TestTill } from "./till.ts";

/** The parts of a server that orders go through. */
interface Parts {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly ingestion: Ingestion;
  readonly orders: OrderDesk;
}

/** A till that the server knows. */
interface KnownTill {
  readonly till: TestTill;
  record(): Promise<DeviceRecord>;
}

/** A shop's order in few words: two teas, collected in Berlin and paid. */
export function shopOrder(changes: Readonly<Record<string, unknown>> = {}): ShopOrderRequest {
  return shopOrderRequestSchema.parse({
    channel: "web",
    id: "1042",
    number: "T-1042",
    currency: "EUR",
    customer: { name: "Anna Ahrens" },
    lines: [{ sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR) }],
    payment: { kind: "paid" },
    delivery: { kind: "pickup", store: "BER1" },
    ...changes,
  });
}

/** A moment for what does not depend on it. */
const ALWAYS = instant(1_800_000_000_000);

export const TO_SHIP = {
  delivery: {
    kind: "ship",
    address: {
      name: "Anna Ahrens",
      lines: ["Beispielallee 3"],
      postcode: "10115",
      city: "Berlin",
      country: "DE",
    },
  },
} as const;

/** A server's orders as a test looks at them and works with them. */
export class OrderBench {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Puts a variant on sale with so much of it in one store. */
  async stock(store: StoreSettings, variant: VariantId, onHand: number): Promise<void> {
    await this.#parts.publisher.publish(async (publication) => {
      await publication.putProduct(product(variant));
      await publication.putPrice(price(variant));
      const place = { store: store.store, variant };
      await publication.tx.addMovement(
        { ...place, quantity: onHand, reason: { kind: "initial" } },
        { cause: "initial", at: publication.at },
      );
      await publication.republishStock(place);
    });
  }

  async policy(store: StoreSettings, changes: Partial<OrderPolicy>): Promise<void> {
    const orders = { ...DEFAULT_ORDER_POLICY, ...changes };
    await this.#parts.publisher.publish((publication) => publication.putStore({ ...store, orders }));
  }

  /** For good. */
  async close(store: StoreSettings): Promise<void> {
    await this.#parts.publisher.publish((publication) => setClosed(publication, store, true));
  }

  async place(changes: Readonly<Record<string, unknown>> = {}): Promise<Placed> {
    const placed = await this.#parts.orders.place(shopOrder(changes));
    if (!placed.ok) throw new Error(placed.reason);
    return placed.value;
  }

  /** Writes facts into a till's journal, its first entry before them, and pushes all of it. */
  async push(from: KnownTill, ...facts: readonly Fact[]): Promise<PushAnswer> {
    if (from.till.entries.length === 0) from.till.begin();
    for (const fact of facts) from.till.write(fact);
    return this.pushAgain(from);
  }

  async pushAgain({ till, record }: KnownTill): Promise<PushAnswer> {
    const entries: readonly JournalEntry[] = [...till.entries];
    const answer = await this.#parts.ingestion.ingest(await record(), entries);
    if (!answer.ok) throw new Error(answer.reason);
    return answer;
  }

  async order({ id }: Pick<Order, "id">): Promise<Order> {
    const found = await this.#parts.orders.find({ id });
    if (found === null) throw new Error("the order is gone");
    return found;
  }

  /** The newest part of an order. */
  async part(order: Pick<Order, "id">): Promise<Fulfilment> {
    return partOf(await this.order(order));
  }

  /** What a store's tills see of a fulfilment; null when they see nothing of it. */
  async onTills(store: StoreId, fulfilment: FulfilmentId): Promise<StoreOrder | null> {
    const rows = await this.#feed(store, "orders");
    const data = rows.find(({ id }) => id === fulfilment)?.data ?? null;
    return data === null ? null : storeOrderSchema.parse(JSON.parse(data));
  }

  /** On hand as the movements say, as the level says, and what is reserved of it. */
  async levels(
    store: StoreSettings = BERLIN,
    variant: VariantId = TEA,
  ): Promise<{ readonly onHand: number; readonly sum: number; readonly reserved: number }> {
    const place = { store: store.store, variant };
    return this.#parts.storage.read(async (tx) => ({
      onHand: await tx.onHand(place),
      sum: await tx.movementSum(place),
      reserved: await tx.reserved(place),
    }));
  }

  /** The stock document that a store's tills have. */
  async stockOnTills(store: StoreId, variant: VariantId): Promise<unknown> {
    const data = (await this.#feed(store, "stock")).find(({ id }) => id === variant)?.data ?? null;
    return data === null ? null : JSON.parse(data);
  }

  exceptions(): Promise<readonly Exception[]> {
    return this.#parts.storage.read((tx) => tx.exceptions(100));
  }

  async exceptionKinds(): Promise<readonly string[]> {
    return (await this.exceptions()).map(({ kind }) => kind).toSorted();
  }

  /** Types of the events that wait to be told, in their order; that there are goods to order is none of them. */
  async events(): Promise<readonly string[]> {
    return this.#parts.storage.write(async (tx) => {
      const endpoint = "bench";
      const known = (await tx.webhookEndpoints()).some(({ id }) => id === endpoint);
      const at = ALWAYS;
      if (!known) {
        const secret = "whsec_AAAA";
        await tx.addWebhookEndpoint({
          id: endpoint,
          url: "https://x.example",
          secret,
          types: Object.keys(EVENT_TYPES).filter((type) => !(type in PRODUCT_EVENTS)),
          createdAt: at,
          pausedAt: null,
        });
      }
      await tx.spreadEvents(at);
      const types: string[] = [];
      for (;;) {
        // Events of one order wait for one another: taking each away shows the next.
        const due = await tx.dueDeliveries({ endpoint, at, limit: 100 });
        if (due.length === 0) return types;
        for (const delivery of due) {
          types.push(delivery.event.type);
          await tx.dropDelivery(delivery);
        }
      }
    });
  }

  #feed(store: StoreId, collection: "orders" | "stock" | "notices") {
    return this.#parts.storage.read((tx) =>
      tx.feedRows({ feed: `store:${store}`, collection, after: 0, limit: 10_000 }),
    );
  }

  /** What the store's tills are told went wrong there. */
  async notices(store: StoreId): Promise<readonly unknown[]> {
    return (await this.#feed(store, "notices")).map(({ data }) => JSON.parse(data ?? "null"));
  }
}

export function partOf({ fulfilments }: Order): Fulfilment {
  const part = fulfilments.at(-1);
  if (part === undefined) throw new Error("no store has the order");
  return part;
}

/** All pieces of it were found, or so many of each line. */
export function picked(
  part: Fulfilment,
  { found, rest = null }: { readonly found?: number; readonly rest?: ShortChoice | null } = {},
): Fact {
  const lines = part.lines.map(
    ({ line, quantity }): PickedLine => ({ line, quantity: found ?? quantity, substitute: null }),
  );
  return { type: "order.picked", fulfilment: part.id, lines, shelf: "A3", rest };
}

/** All that is due changes hands by its code, or with a manager's word. */
export function handedOver(
  part: Fulfilment,
  {
    override = false,
    ticket = null,
    quantity,
  }: { readonly override?: boolean; readonly ticket?: Ticket | null; readonly quantity?: number } = {},
): Fact {
  return {
    type: "order.handedOver",
    fulfilment: part.id,
    ticket,
    lines: allThatIsDue(part).map((line) => ({ ...line, quantity: quantity ?? line.quantity })),
    proof: { kind: "code" },
    override: override ? { manager: idOf<"Staff">("mona"), reason: "The server is away" } : null,
  };
}

export function shipped(part: Fulfilment): Fact {
  const parcels = [{ carrier: "Post", tracking: "RR123" }];
  return { type: "order.shipped", fulfilment: part.id, lines: [...allThatIsDue(part)], parcels };
}
