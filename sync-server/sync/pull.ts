import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Applied } from "#protocol/sync/replica.ts";
import type { DeviceRecord, FeedHead, ReadTransaction, Standing } from "../storage/port.ts";
import { eraOf, type FeedPositions, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { CHAIN_FEEDS, COLLECTION_FEEDS } from "./feeds.ts";
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

export interface PageAsk {
  readonly collection: ReplicaCollection;
  readonly after: string;
  readonly limit: number;
}

/** Who asks, and how far all that concerns them has come. */
export type StandingInStore = Standing & { readonly store: StoreSettings };

export interface Pulls {
  /** Pages of this very transaction, for whoever stands so in it; what several ask for is read once. */
  pullIn(
    tx: ReadTransaction,
  ): (standing: StandingInStore, ask: PageAsk) => Promise<Result<PullPage, PullRefusal>>;
}

export function createPulls({ now }: { readonly now: () => Instant }): Pulls {
  const cache = new PageCache<CollectionPage>();
  return {
    pullIn: (tx) => {
      const reading = new Map<string, Promise<CollectionPage>>();
      const heads = new Map<string, Promise<FeedHead>>();
      return async (standing, ask) => {
        const started = await startOf(tx, feedsOf(tx, standing, heads), { store: standing.store, ...ask });
        if (!started.ok) return started;
        const key = keyOf(started.value, ask);
        const page = reading.get(key) ?? cache.get(key, () => readPage(tx, { ...started.value, ...ask }));
        reading.set(key, page);
        return ok({ ...(await page), applied: appliedBy(standing), serverTime: now() });
      };
    },
  };
}

/** Where the feeds stand in a transaction. */
export interface FeedsNow {
  readonly era: string | null;
  headOf(feed: string): Promise<FeedHead>;
}

/** As told with who asks; what was not told is looked up, once for all who share `others`. */
export function feedsOf(
  tx: ReadTransaction,
  standing: Standing,
  others = new Map<string, Promise<FeedHead>>(),
): FeedsNow {
  return {
    era: standing.era,
    headOf: async (feed) => {
      const known = headKnown(standing, feed);
      if (known !== null) return known;
      const asked = others.get(feed) ?? tx.feedHead(feed);
      others.set(feed, asked);
      return asked;
    },
  };
}

/** Null: it was not asked for. */
function headKnown({ heads }: Standing, feed: string): FeedHead | null {
  return heads.get(feed) ?? (CHAIN_FEEDS.includes(feed) ? NOTHING_YET : null);
}

const NOTHING_YET: FeedHead = { head: 0, purgedTo: 0 };

/** Where a pull begins to read, and where it ends. */
export interface PullStart {
  readonly positions: FeedPositions;
  /** Of the feeds that the collection comes from, in their order. */
  readonly heads: ReadonlyMap<string, FeedHead>;
  readonly era: string | null;
}

/** What a checkpoint says to this store's tills, or why it says nothing. */
export async function startOf(
  tx: ReadTransaction,
  now: FeedsNow,
  {
    store,
    collection,
    after,
  }: { readonly store: StoreSettings; readonly collection: ReplicaCollection; readonly after: string },
): Promise<Result<PullStart, PullRefusal>> {
  const positions = readCheckpoint(after);
  if (positions === null) return refused("badCheckpoint");
  const heads = new Map<string, FeedHead>();
  for (const feed of COLLECTION_FEEDS[collection](store)) heads.set(feed, await now.headOf(feed));
  const isAnothers = await isOfAnotherTime(tx, positions, { read: eraOf(after), now: now.era });
  return isAnothers || isExpired(positions, heads) || isNarrower(collection, positions, heads)
    ? refused("checkpointExpired")
    : ok({ positions, heads, era: now.era });
}

export function appliedBy({ device, journalTo }: Standing): Applied {
  return { epoch: device.epoch, seq: journalTo };
}

/** What a page was read at: at newer heads it is another one. */
function keyOf({ heads, era }: PullStart, { collection, after, limit }: PageAsk): string {
  const at = [...heads].map(([feed, { head }]) => `${feed}@${head}`);
  return [collection, after, limit, era, ...at].join(" ");
}

/** The highest entry of the till whose effects this transaction's snapshot contains: they are booked together. */
export async function appliedOf(tx: ReadTransaction, device: DeviceRecord): Promise<Applied> {
  const { id, store, epoch } = (await tx.device(device.id)) ?? device;
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
    heads,
    collection,
    positions,
    limit,
    era,
  }: PullStart & { readonly collection: ReplicaCollection; readonly limit: number },
): Promise<CollectionPage> {
  const documents: string[] = [];
  const reached = new Map<string, number>();
  let caughtUp = true;
  for (const [feed, { head }] of heads) {
    const after = positions.get(feed) ?? 0;
    const room = limit - documents.length;
    const isRead = room > 0 && after < head;
    const rows = isRead ? await tx.feedRows({ feed, collection, after, limit: room }) : [];
    for (const { id, data } of rows) documents.push(rowJson(id, data));
    const exhausted = room > 0 && rows.length < room;
    caughtUp &&= exhausted;
    reached.set(feed, exhausted ? head : (rows.at(-1)?.seq ?? after));
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
