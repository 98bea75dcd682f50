import type { Instant, LineId, Sku } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Result } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import type { OrderEventType } from "../events/order-events.ts";

export const PLATFORMS = ["shopify", "woocommerce", "shopware", "medusa"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A web shop that is connected: its orders come in by webhook, and what becomes of them is written back by its API. */
export interface Connector {
  readonly id: string;
  readonly platform: Platform;
  /** The channel that its orders come by. */
  readonly channel: ShopOrderRequest["channel"];
  /** What its webhooks are signed with. Kept as it is, for verifying needs it. */
  readonly webhookSecret: string;
  /** Where its API is, without a slash at its end, e.g. `https://fen.myshopify.com`. */
  readonly apiUrl: string;
  /** What its API asks for; each platform has its own names (`accessToken`; `consumerKey` and `consumerSecret` …). */
  readonly credentials: Readonly<Record<string, string>>;
  /** Which of our stores (code) the platform's location, pickup point or shipping method stands for, by the platform's own id or code. */
  readonly locations: Readonly<Record<string, string>>;
  readonly createdAt: Instant;
}

/** A webhook as it arrived. Header names are in lower case. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** What a genuine webhook says of itself. */
export interface Envelope {
  /** The platform's id of this delivery, the same when it is sent again; made of topic and body where a platform gives none. */
  readonly delivery: string;
  /** As the platform calls it, e.g. `orders/create`. */
  readonly topic: string;
  readonly body: unknown;
}

/** A refund as the platform booked it. */
export interface SeenRefund {
  readonly id: string;
  /** All that was given back, shipping and tax in it. */
  readonly amount: Money;
  /** Pieces that it takes off the order; empty for a gesture. */
  readonly lines: readonly { readonly line: LineId; readonly quantity: number }[];
}

/**
 * An order as the platform has it at one moment, whole: platforms send it whole on each change, so what changed is found by comparing, and it does not
 * matter in which order messages arrive or how often.
 */
export interface SeenOrder {
  /** The order as it was placed; each line with the platform's own line id, its total after all discounts, with tax where the store's prices have it in them. */
  readonly request: ShopOrderRequest & {
    readonly lines: readonly (ShopOrderRequest["lines"][number] & { readonly id: LineId })[];
  };
  /** When the platform changed it last. */
  readonly updatedAt: Instant;
  /** Pieces of a line that are still wanted, where that is fewer than were ordered (edited away, or refunded). A line that is not named is wanted whole. */
  readonly stillWanted: readonly { readonly line: LineId; readonly quantity: number }[];
  /** By the platform, in all so far: not what was given back over a counter, where the platform was told of that. */
  readonly refunded: Money;
  readonly cancelled: { readonly reason: string } | null;
  /** `waiting`: the customer has not paid yet and the platform holds it back; it is not to be done before that. */
  readonly release: "toDo" | "waiting";
  /** How much of it the platform has down as handed over or sent, by whomever. */
  readonly fulfilledThere: "nothing" | "part" | "all";
}

/** What a message means. */
export type Reading =
  | { readonly kind: "order"; readonly order: SeenOrder }
  /** Messages that name the order but do not carry it whole. */
  | { readonly kind: "refund"; readonly externalId: string; readonly refund: SeenRefund }
  | {
      readonly kind: "cancelled";
      readonly externalId: string;
      readonly reason: string;
      readonly at: Instant | null;
    }
  /** Genuine, and nothing to us: a test message, an order of another kind. */
  | { readonly kind: "nothing"; readonly why: string };

/** Why a message that is genuine cannot be read; in words for whoever set the connector up. */
export interface Unreadable {
  readonly problem: string;
}

/** One platform's webhooks: pure, but for hashing. */
export interface WebhookReader {
  /** Judges the signature over the raw bytes in constant time, then parses. `forged`: missing or wrong signature; `malformed`: genuine, but no JSON or no envelope. */
  open(webhook: RawWebhook, connector: Connector): Result<Envelope, "forged" | "malformed">;
  read(envelope: Envelope, connector: Connector): Reading | Unreadable;
}

/** How telling the platform went. `later`: it may work another time; `refused`: it never will as it is. */
export type Told =
  | { readonly kind: "told" }
  | { readonly kind: "later"; readonly failure: string; readonly afterMs: number | null }
  | { readonly kind: "refused"; readonly failure: string };

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Redirects are not followed. Never throws: a machine that cannot be reached or is too slow is an answer. */
export type Http = (request: HttpRequest) => Promise<
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string | undefined>>;
      readonly body: string;
    }
  | { readonly failure: string }
>;

/** News of an order, to be told to the platform. The order is as it is now, which may be later than the event. */
export interface OrderNews {
  /** The same on every try: the key by which a platform knows a repeated call again. */
  readonly id: string;
  readonly type: OrderEventType;
  readonly order: Order;
  readonly stores: readonly StoreSettings[];
}

export interface StockLevel {
  readonly sku: Sku;
  /** The platform's own id of the location, the key in `Connector.locations`. */
  readonly location: string;
  /** on hand - reserved - safety stock, never below zero. */
  readonly available: number;
}

/** One platform's API. Every call makes the platform's state what it should be, so that calling it again does nothing. */
export interface ShopApi {
  tellOrder(news: OrderNews): Promise<Told>;
  /** A SKU that the platform does not sell is passed over and is no refusal: a shop that refuses every level is taken to refuse the call, and is told them again. */
  tellStock(levels: readonly StockLevel[]): Promise<Told>;
}

/** All that one platform is to us. */
export interface PlatformDriver {
  readonly platform: Platform;
  /** Names of the credentials its API needs. */
  readonly credentialNames: readonly string[];
  readonly webhooks: WebhookReader;
  api(parts: { readonly connector: Connector; readonly http: Http; readonly now: () => Instant }): ShopApi;
}
