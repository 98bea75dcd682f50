import type { ChannelId, Instant, Sku, VariantId } from "#domain/ids.ts";
import type { Connector, SeenRefund } from "./port.ts";

export const MESSAGE_STATES = ["taken", "waiting", "dead", "ignored"] as const;
/** `taken`: acted on. `waiting`: for the order it names. `dead`: given up, people look at it. `ignored`: nothing to us, or older than what is known. */
export type MessageState = (typeof MESSAGE_STATES)[number];

/** A message of a platform, kept with what became of it. */
export interface InboxMessage {
  readonly connector: string;
  /** Unique for its connector. */
  readonly delivery: string;
  readonly topic: string;
  /** JSON text of what the reader made of the raw body. */
  readonly body: string;
  readonly receivedAt: Instant;
  /** The platform's id of the order it is about; null where it is about none, or cannot be read. */
  readonly externalId: string | null;
  readonly state: MessageState;
  /** Why it waits, is dead or was ignored, in words; empty where it was taken. */
  readonly reason: string;
  /** Times it was acted on. */
  readonly tries: number;
  /** Null: not by itself. */
  readonly nextTryAt: Instant | null;
}

/** A message with its place in the list. */
export type ListedMessage = InboxMessage & { readonly cursor: number };

/** What is remembered of an order as its shop told of it last. */
export const SHOP_STANDINGS = ["toDo", "waiting", "cancelled", "fulfilledThere"] as const;
export interface ShopOrderMemory {
  readonly connector: string;
  readonly externalId: string;
  /** When the newest snapshot taken in was made; null while none was. */
  readonly updatedAt: Instant | null;
  readonly standing: (typeof SHOP_STANDINGS)[number];
  /** Refunds that were told of one by one, each once. */
  readonly refunds: readonly SeenRefund[];
}

/** How far a platform's location was told of its store's stock. */
export interface StockTold {
  readonly connector: string;
  readonly location: string;
  /** Sequence number in the store's feed up to which it was told. */
  readonly cursor: number;
  /** What the store kept back as it was told; another figure changes every level. */
  readonly safetyStock: number;
  /** Failed tries since it last went well. */
  readonly failures: number;
  /** Not before then; null: at once. */
  readonly nextTryAt: Instant | null;
  readonly lastFailure: string | null;
}

export interface ConnectorReads {
  /** With their secrets: for verifying and sending, never for an answer. The oldest first. */
  connectors(): Promise<readonly Connector[]>;
  connector(id: string): Promise<Connector | null>;

  message(name: Pick<InboxMessage, "connector" | "delivery">): Promise<InboxMessage | null>;
  /** Newest first, below `before` where given; of one connector and one state where named. */
  messages(ask: {
    readonly connector: string | null;
    readonly state: MessageState | null;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly ListedMessage[]>;
  /** Those that wait and whose next try has come, the oldest first. */
  messagesDue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly InboxMessage[]>;
  /** Those that wait for an order, in the order they came. */
  messagesWaitingFor(
    order: Pick<ShopOrderMemory, "connector" | "externalId">,
  ): Promise<readonly InboxMessage[]>;
  messageCounts(connector: string): Promise<{ readonly waiting: number; readonly dead: number }>;

  shopOrderMemory(order: Pick<ShopOrderMemory, "connector" | "externalId">): Promise<ShopOrderMemory | null>;
  stockTold(connector: string): Promise<readonly StockTold[]>;
  skuOf(variant: VariantId): Promise<Sku | null>;
}

export interface ConnectorWrites {
  /** Throws when another connector has its channel. */
  addConnector(connector: Connector): Promise<void>;
  /** Replaces what is known of a connector that was added. */
  putConnector(connector: Connector): Promise<void>;
  /** Drops its inbox, its memory and what waits to be told to it. False when there is none such. */
  removeConnector(id: string): Promise<boolean>;
  /** False when its delivery is known: then nothing is written. */
  addMessage(message: InboxMessage): Promise<boolean>;
  putMessage(message: InboxMessage): Promise<void>;
  /** Forgets what was taken or ignored before then. */
  purgeMessages(before: Instant): Promise<void>;
  /** Forgets what was said of an order, save what waits; that it was said is still known, so that it counts once. */
  blankMessages(of: { readonly channel: ChannelId; readonly externalId: string }): Promise<void>;
  putShopOrderMemory(memory: ShopOrderMemory): Promise<void>;
  putStockTold(told: StockTold): Promise<void>;
}
