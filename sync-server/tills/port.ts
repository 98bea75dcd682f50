import type { DeviceId, Instant, StoreId } from "#domain/ids.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Health, LogLine } from "#protocol/sync/health.ts";
import type { DeviceRecord } from "../storage/port.ts";

/** What a till said of itself, without the log. */
export type KeptHealth = Omit<Health, "log" | "replicas">;

/** A till, and what it last said of itself. */
export interface TillRecord {
  readonly device: DeviceRecord;
  readonly storeCode: string;
  readonly storeName: string;
  /** Null: it has not said yet. */
  readonly health: { readonly at: Instant; readonly said: KeptHealth } | null;
}

/** How far a till has read a collection of a feed. */
export interface FeedReached {
  readonly feed: string;
  readonly collection: ReplicaCollection;
  readonly seq: number;
}

export const TILL_STATES = ["inTouch", "silent", "never", "revoked"] as const;
export type TillState = (typeof TILL_STATES)[number];

export const TILL_SORTS = ["till", "seen", "unsent", "oldestUnsent", "clock", "version", "disk"] as const;
export type TillSort = (typeof TILL_SORTS)[number];

export interface TillsAsk {
  /** Null: of every store. */
  readonly stores: readonly StoreId[] | null;
  /** In the till's name or its store's code or name; empty: all. */
  readonly search: string;
  /** `active`: all but the revoked. */
  readonly state: TillState | "active" | null;
  readonly version: string | null;
  /** Heard of last before this moment, or never. */
  readonly silentBefore: Instant | null;
  readonly hasUnsent: boolean;
  readonly hasTrouble: boolean;
  /** Its clock is off by at least so many milliseconds. */
  readonly clockOffBy: number | null;
  readonly sort: TillSort;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
  /** Heard of since then, a till is in touch. */
  readonly inTouchSince: Instant;
}

/** How the tills of some stores are, together. */
export interface TillFigures {
  readonly tills: number;
  readonly silent: number;
  /** Entries that tills said they have not sent. */
  readonly unsent: number;
  readonly oldestUnsent: { readonly device: DeviceId; readonly at: Instant } | null;
}

/** How many of the tills that get a feed have read it that far. */
export interface Adoption {
  readonly tills: number;
  readonly have: number;
  /** Those that have not, the ones heard of last first. */
  readonly missing: readonly (TillRecord & { readonly reached: number | null })[];
}

export interface TillReads {
  /** Tills of all stores, whatever became of them. */
  tills(ask: TillsAsk): Promise<{ readonly tills: readonly TillRecord[]; readonly total: number }>;
  till(device: DeviceId): Promise<TillRecord | null>;
  /** Versions that tills which are not revoked run, the most first. */
  tillVersions(
    stores: readonly StoreId[] | null,
  ): Promise<readonly { readonly version: string | null; readonly tills: number }[]>;
  feedsReached(device: DeviceId): Promise<readonly FeedReached[]>;
  /** Of these the tills whose log HQ waits for. */
  logsAwaited(devices: readonly DeviceId[]): Promise<ReadonlySet<DeviceId>>;
  /** The log that a till was asked for; null: it never was. `at` null: it is still to come. */
  tillLog(device: DeviceId): Promise<{
    readonly askedAt: Instant;
    readonly at: Instant | null;
    readonly lines: readonly LogLine[];
  } | null>;
  /** The key (base64url) that is lent to a till for what it is told of customers; null: none is. */
  lentKey(device: DeviceId): Promise<string | null>;
  tillFigures(ask: {
    readonly stores: readonly StoreId[] | null;
    readonly inTouchSince: Instant;
  }): Promise<TillFigures>;
  adoption(ask: {
    readonly stores: readonly StoreId[];
    readonly feed: string;
    readonly collection: ReplicaCollection;
    readonly seq: number;
    /** So many of those that have it not are named. */
    readonly limit: number;
  }): Promise<Adoption>;
}

export interface TillWrites {
  putHealth(said: {
    readonly device: DeviceId;
    readonly at: Instant;
    readonly health: KeptHealth;
    readonly reached: readonly FeedReached[];
  }): Promise<void>;
  askForLog(device: DeviceId, at: Instant): Promise<void>;
  /** Keeps the log that a till was asked for; nothing where nobody waits for one. */
  putLog(device: DeviceId, said: { readonly at: Instant; readonly lines: readonly LogLine[] }): Promise<void>;
  /** Lends a till a key unless it has one; answers which it has. Revoking or replacing the till takes it away. */
  lendKey(device: DeviceId, key: string): Promise<string>;
  renameTill(device: DeviceId, name: string): Promise<void>;
  /** A till that was revoked may go on as it was. */
  restoreTill(device: DeviceId): Promise<void>;
}
