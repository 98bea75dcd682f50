import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Applied } from "#protocol/sync/replica.ts";
import type { DeviceRecord, FeedHead, ReadTransaction, Storage } from "../storage/port.ts";
import { eraOf, type FeedPositions, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { COLLECTION_FEEDS } from "./feeds.ts";
import { PageCache } from "./page-cache.ts";

export type PullRefusal = "badCheckpoint" | "checkpointExpired";

/** An answer to a pull whose documents are JSON text already, joined by commas: many tills ask the same. */
export interface PullPage {
  readonly documentsJson: string;
  /** `{"documents":[…]` as a member of gzip: packed once for all who are sent it. */
  readonly packed: () => Promise<Uint8Array>;
  readonly checkpoint: string;
  readonly caughtUp: boolean;
  readonly applied: Applied;
  readonly serverTime: Instant;
}

/** Collections of which a store may hear less than before. */
const ANEW: readonly ReplicaCollection[] = ["customers", "prices"];

interface CollectionPage {
  readonly documentsJson: string;
  readonly packed: () => Promise<Uint8Array>;
  readonly checkpoint: string;
  readonly caughtUp: boolean;
}

export interface PullAsk {
  readonly device: DeviceRecord;
  readonly store: StoreSettings;
  readonly collection: ReplicaCollection;
  readonly after: string;
  readonly limit: number;
}

export interface Pulls {
  pull(ask: PullAsk): Promise<Result<PullPage, PullRefusal>>;
  /** The same where who asks was found in this very transaction. */
  pullIn(tx: ReadTransaction, ask: PullAsk): Promise<Result<PullPage, PullRefusal>>;
}

export function createPulls({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Pulls {
  const cache = new PageCache<CollectionPage>();
  async function page(
    tx: ReadTransaction,
    { store, collection, after, limit }: Omit<PullAsk, "device">,
  ): Promise<Result<CollectionPage, PullRefusal>> {
    const positions = readCheckpoint(after);
    if (positions === null) return refused("badCheckpoint");
    const feeds = COLLECTION_FEEDS[collection](store);
    const heads = await headsOf(tx, feeds);
    const era = await tx.newestEra();
    const isAnothers = await isOfAnotherTime(tx, positions, { read: eraOf(after), now: era });
    if (isAnothers || isExpired(positions, heads) || isNarrower(collection, positions, heads))
      return refused("checkpointExpired");
    const key = [
      collection,
      after,
      limit,
      era,
      ...feeds.map((feed) => `${feed}@${heads.get(feed)?.head ?? 0}`),
    ].join(" ");
    return ok(await cache.get(key, () => readPage(tx, { feeds, heads, collection, positions, limit, era })));
  }
  return {
    pull: ({ device, ...ask }) =>
      storage.read(async (tx) => {
        const read = await page(tx, ask);
        return read.ok
          ? ok({ ...read.value, applied: await appliedOf(tx, device), serverTime: now() })
          : read;
      }),
    pullIn: async (tx, { device, ...ask }) => {
      const read = await page(tx, ask);
      if (!read.ok) return read;
      return ok({ ...read.value, applied: await appliedIn(tx, device), serverTime: now() });
    },
  };
}

/** The highest entry of the till whose effects this transaction's snapshot contains: they are booked together. */
export async function appliedOf(tx: ReadTransaction, device: DeviceRecord): Promise<Applied> {
  return appliedIn(tx, (await tx.device(device.id)) ?? device);
}

async function appliedIn(tx: ReadTransaction, { id, store, epoch }: DeviceRecord): Promise<Applied> {
  const { seq } = await tx.chainHead({ store, device: id, epoch });
  return { epoch, seq };
}

export async function headsOf(
  tx: ReadTransaction,
  feeds: readonly string[],
): Promise<ReadonlyMap<string, FeedHead>> {
  const heads = new Map<string, FeedHead>();
  for (const feed of feeds) heads.set(feed, await tx.feedHead(feed));
  return heads;
}

/** A till that begins anew has missed nothing; one that stopped below purged tombstones has. A head below the checkpoint is another database. */
function isExpired(positions: FeedPositions, heads: ReadonlyMap<string, FeedHead>): boolean {
  return [...heads].some(([feed, { head, purgedTo }]) => {
    const at = positions.get(feed) ?? 0;
    return at > head || (at > 0 && at < purgedTo);
  });
}

/** Whether a till read so far in a time that this database never had: a backup was put back, and numbers that were handed out then are handed out again. */
async function isOfAnotherTime(
  tx: ReadTransaction,
  positions: FeedPositions,
  era: { readonly read: string | null; readonly now: string | null },
): Promise<boolean> {
  const ended = era.read === null || era.read === era.now ? "goesOn" : await tx.endOfEra(era.read);
  if (ended === "unknown") return true;
  return ended !== "goesOn" && [...positions].some(([feed, seq]) => seq > (ended.get(feed) ?? 0));
}

/**
 * A till that held customers from another feed may hold some that are not for it any more, and one that held another list its prices, of which
 * it would not hear when they are taken away: it begins anew.
 */
function isNarrower(
  collection: ReplicaCollection,
  positions: FeedPositions,
  heads: ReadonlyMap<string, FeedHead>,
): boolean {
  return ANEW.includes(collection) && [...positions.keys()].some((feed) => !heads.has(feed));
}

async function readPage(
  tx: ReadTransaction,
  {
    feeds,
    heads,
    collection,
    positions,
    limit,
    era,
  }: {
    readonly feeds: readonly string[];
    readonly heads: ReadonlyMap<string, FeedHead>;
    readonly collection: ReplicaCollection;
    readonly positions: FeedPositions;
    readonly limit: number;
    readonly era: string | null;
  },
): Promise<CollectionPage> {
  const documents: string[] = [];
  const reached = new Map<string, number>();
  let caughtUp = true;
  for (const feed of feeds) {
    const after = positions.get(feed) ?? 0;
    const room = limit - documents.length;
    const rows = room === 0 ? [] : await tx.feedRows({ feed, collection, after, limit: room });
    for (const { id, data } of rows) documents.push(rowJson(id, data));
    const exhausted = room > 0 && rows.length < room;
    caughtUp &&= exhausted;
    reached.set(feed, exhausted ? (heads.get(feed)?.head ?? after) : (rows.at(-1)?.seq ?? after));
  }
  const documentsJson = documents.join(",");
  return {
    documentsJson,
    packed: packedOnce(`{"documents":[${documentsJson}]`),
    checkpoint: writeCheckpoint(reached, era),
    caughtUp,
  };
}

const gzipped = promisify(gzip);

function packedOnce(text: string): () => Promise<Uint8Array> {
  let packed: Promise<Uint8Array> | null = null;
  return () => {
    packed ??= gzipped(text, { level: constants.Z_BEST_SPEED });
    return packed;
  };
}

/** One row of the wire (protocol/sync/replica.ts) with the stored document's text as it is. */
export function rowJson(id: string, data: string | null): string {
  return data === null
    ? `{"id":${JSON.stringify(id)},"deleted":true}`
    : `{"id":${JSON.stringify(id)},"deleted":false,"data":${data}}`;
}
