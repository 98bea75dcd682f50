import type { CaseId, Instant, OrderId } from "#domain/ids.ts";

/** Something that happened, to be told to other programs. */
export interface OutgoingEvent {
  /** The same on every try and at every endpoint: a receiver knows it again by this. */
  readonly id: string;
  /** e.g. `order.ready` */
  readonly type: string;
  /** Events of one order, or of one case, are told in the order they happened. */
  readonly order: OrderId | CaseId | null;
  readonly at: Instant;
  /** JSON text. */
  readonly data: string;
}

export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** `whsec_…`; kept as it is, for signing needs it. */
  readonly secret: string;
  /** Types of events it wants; empty: all. */
  readonly types: readonly string[];
  readonly createdAt: Instant;
  /** Since when nothing is sent; what happens meanwhile waits. Null: it is sent. */
  readonly pausedAt: Instant | null;
}

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  /** Id of the endpoint, or of the connector. */
  readonly endpoint: string;
  readonly event: OutgoingEvent;
  readonly failures: number;
  /** Null: given up, a dead letter. */
  readonly nextTryAt: Instant | null;
  readonly lastFailure: string | null;
}

/** One try to hand an event over. */
export interface DeliveryAttempt {
  readonly endpoint: string;
  readonly event: string;
  readonly type: string;
  readonly at: Instant;
  /** Milliseconds until the answer. */
  readonly tookMs: number;
  /** Why it was not taken; null: it was. */
  readonly failure: string | null;
}

/** An event with its place among all of them. */
export interface FeedEvent {
  readonly cursor: number;
  readonly event: OutgoingEvent;
}

/** The two kinds of receivers of events; their ids never clash. */
export type Receivers = "webhooks" | "connectors";

export interface EventReads {
  webhookEndpoints(): Promise<readonly WebhookEndpoint[]>;
  /** Deliveries whose time has come and that no earlier event of the same order waits before, the oldest first. */
  dueDeliveries(ask: {
    readonly endpoint: string;
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly WebhookDelivery[]>;
  /** Newest first; to endpoints that HQ named, or to connected shops. */
  deadDeliveries(ask: {
    readonly to: Receivers;
    readonly limit: number;
  }): Promise<readonly WebhookDelivery[]>;
  /** Events in the order in which they were added, after a cursor; of these types where there are any. */
  events(ask: {
    readonly after: number;
    readonly types: readonly string[];
    readonly limit: number;
  }): Promise<readonly FeedEvent[]>;
  /** The newest event's cursor, and that of the newest which was forgotten; 0 where there was none. */
  eventsHead(): Promise<{ readonly head: number; readonly purgedTo: number }>;
  /** The newest first, below `before` where given. */
  deliveryAttempts(ask: {
    readonly endpoint: string;
    readonly onlyFailed: boolean;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly (DeliveryAttempt & { readonly cursor: number })[]>;
  deliveryCounts(endpoint: string): Promise<{ readonly waiting: number; readonly dead: number }>;
}

export interface EventWrites {
  /** Events are told in the order in which they are added. */
  addEvent(event: OutgoingEvent): Promise<void>;
  addEvents(events: readonly OutgoingEvent[]): Promise<void>;
  /**
   * Adds an event that says all that earlier ones of its type said: it takes the place of those that no endpoint has taken yet, so that one at most waits
   * for each, however much happens.
   */
  addLatest(event: OutgoingEvent & { readonly order: null }): Promise<void>;
  addWebhookEndpoint(endpoint: WebhookEndpoint): Promise<void>;
  /** Changes address, types and pause of an endpoint; false when there is none such. */
  changeWebhookEndpoint(change: Pick<WebhookEndpoint, "id" | "url" | "types" | "pausedAt">): Promise<boolean>;
  /** Sends an event to an endpoint once more, due at once; false when the event was forgotten. */
  sendAgain(what: {
    readonly endpoint: string;
    readonly event: string;
    readonly at: Instant;
  }): Promise<boolean>;
  noteAttempt(attempt: DeliveryAttempt): Promise<void>;
  /** Drops what waits for it, too. False when there is none such. */
  removeWebhookEndpoint(id: string): Promise<boolean>;
  /** Makes deliveries, due at once, of the events that were added since, for the endpoints there are now and for the connector of the order's channel. */
  spreadEvents(at: Instant): Promise<void>;
  putDelivery(delivery: WebhookDelivery): Promise<void>;
  dropDelivery(delivery: Pick<WebhookDelivery, "endpoint" | "event">): Promise<void>;
  /** Makes dead letters due again; those of one endpoint (or connector) or one event where it is named. Answers how many. */
  reviveDeliveries(ask: {
    readonly to: Receivers;
    readonly endpoint: string | null;
    readonly event: string | null;
    readonly at: Instant;
  }): Promise<number>;
  /** Forgets events from before then that nothing waits for any more, and what was tried before then. */
  purgeEvents(before: Instant): Promise<void>;
}
