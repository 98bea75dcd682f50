import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Applied } from "#protocol/sync/replica.ts";
import type { DeviceRecord, FeedHead, ReadTransaction, Standing } from "../storage/port.ts";
import { eraOf, type FeedPositions, readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { EraEnds } from "./eras.ts";
import { CHAIN_FEEDS, COLLECTION_FEEDS } from "./feeds.ts";
import { PageCache } from "./page-cache.ts";

export type PullRefusal = "badCheckpoint" | "checkpointExpired";

/** An answer to a pull whose documents are JSON text already, joined by commas: many tills ask the same. */
export interface PullPage {
  readonly documentsJson: string;
  /** `{"documents":[…]` as a member of gzip: packed once for all who are sent it. Null: it is short, and sent as it is, or long pages were not asked for. */
  readonly packed: Uint8Array | null;
  readonly checkpoint: string;
  readonly caughtUp: boolean;
  readonly applied: Applied;
  readonly serverTime: Instant;
}

/** Collections of which a store may hear less than before. */
const ANEW: readonly ReplicaCollection[] = ["customers", "prices"];

/** Shorter pages are sent as they are. */
const PACKED_FROM_CHARS = 4_096;

/** Whether a page is packed for whoever is sent it. */
export function isLong({ documentsJson }: { readonly documentsJson: string }): boolean {
  return documentsJson.length >= PACKED_FROM_CHARS;
}

interface CollectionPage {
  readonly documentsJson: string;
  readonly packed: Uint8Array | null;
  readonly checkpoint: string;
  readonly caughtUp: boolean;
}

export interface PageAsk {
  readonly collection: ReplicaCollection;
  readonly after: string;
  readonly limit: number;
  /** A long page is not sent, and need not be packed. */
  readonly onlyShort?: boolean;
}

/** Who asks, and how far all that concerns them has come. */
export type StandingInStore = Standing & { readonly store: StoreSettings };

export interface Pulls {
  /** What tills ask of this very transaction. `inTurn` reads a page off the database; it may let others have the thread before it does. */
  readingIn(tx: ReadTransaction, inTurn?: <T>(read: () => Promise<T>) => Promise<T>): Reading;
}

/** What is asked of one transaction: what several ask for is read once. */
export interface Reading {
  /** A page for whoever stands so in it. */
  page(standing: StandingInStore, ask: PageAsk): Promise<Result<PullPage, PullRefusal>>;
  /** Where the feeds of whoever stands so are. */
  feedsOf(standing: Standing): FeedsNow;
}

export function createPulls({ now }: { readonly now: () => Instant }): Pulls {
  const cache = new PageCache<CollectionPage>();
  const ends = new EraEnds();
  return {
    readingIn: (tx, inTurn = (read) => read()) => {
      const reading = new Map<string, Promise<CollectionPage>>();
      const feeds = feedsIn(tx, ends);
      return {
        feedsOf: feeds,
        page: async (standing, ask) => {
          const started = await startOf(feeds(standing), { store: standing.store, ...ask });
          if (!started.ok) return started;
          const key = keyOf(started.value, ask);
          const read = () => readPage(tx, { ...started.value, ...ask });
          const page = reading.get(key) ?? cache.get(key, () => inTurn(read));
          reading.set(key, page);
          return ok({ ...(await page), applied: appliedAt(standing), serverTime: now() });
        },
      };
    },
  };
}

/** Where the feeds stand in a transaction. */
export interface FeedsNow {
  readonly era: string | null;
  headOf(feed: string): Promise<FeedHead>;
  /** Of the newest document of a collection in a feed; 0 where there is none. */
  collectionHead(of: { readonly feed: string; readonly collection: ReplicaCollection }): Promise<number>;
  endOfEra(era: string): ReturnType<ReadTransaction["endOfEra"]>;
}

/** As told with who asks; what was not told is looked up, once for all who ask in this transaction. */
function feedsIn(tx: ReadTransaction, ends: EraEnds): (standing: Standing) => FeedsNow {
  const heads = new Map<string, Promise<FeedHead>>();
  const newest = new Map<string, Promise<number>>();
  const ended = new Map<string, ReturnType<FeedsNow["endOfEra"]>>();
  return (standing) => ({
    era: standing.era,
    headOf: async (feed) => headKnown(standing, feed) ?? once(heads, feed, () => tx.feedHead(feed)),
    collectionHead: (of) => once(newest, `${of.collection} ${of.feed}`, () => tx.collectionHead(of)),
    endOfEra: (era) => once(ended, era, () => ends.endOf(tx, { era, now: standing.era })),
  });
}

function once<T>(asked: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = asked.get(key) ?? ask();
  asked.set(key, answer);
  return answer;
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
  const isAnothers = await isOfAnotherTime(now, positions, eraOf(after));
  return isAnothers || isExpired(positions, heads) || isNarrower(collection, positions, heads)
    ? refused("checkpointExpired")
    : ok({ positions, heads, era: now.era });
}

/** The first version of the protocol whose tills look at which entry is applied, and not at its number alone. */
const READS_HASH_FROM = 4;

/** As a till that speaks this version of the protocol is told it: one of before would have to leave the hash out of each answer, and one of the first cannot. */
export function appliedFor(applied: Applied, version: number): Applied {
  const { epoch, seq } = applied;
  return version < READS_HASH_FROM ? { epoch, seq } : applied;
}

/** The newest entry of whoever stands so whose effects are booked. */
export function appliedAt({
  device: { epoch },
  chainHead: { seq, hash },
}: Pick<Standing, "device" | "chainHead">): Applied {
  return seq === 0 ? { epoch, seq } : { epoch, seq, hash };
}

/** What a page was read at: at newer heads it is another one. */
function keyOf({ heads, era }: PullStart, { collection, after, limit, onlyShort = false }: PageAsk): string {
  const at = [...heads].map(([feed, { head }]) => `${feed}@${head}`);
  return [collection, after, limit, onlyShort, era, ...at].join(" ");
}

/** The highest entry of the till whose effects this transaction's snapshot contains: they are booked together. */
export async function appliedOf(tx: ReadTransaction, device: DeviceRecord): Promise<Applied> {
  const known = (await tx.device(device.id)) ?? device;
  const { id, store, epoch } = known;
  return appliedAt({ device: known, chainHead: await tx.chainHead({ store, device: id, epoch }) });
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
  now: FeedsNow,
  positions: FeedPositions,
  readIn: string | null,
): Promise<boolean> {
  const ended = readIn === null || readIn === now.era ? "goesOn" : await now.endOfEra(readIn);
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
  { heads, collection, positions, limit, onlyShort = false, era }: PullStart & Omit<PageAsk, "after">,
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
    packed: onlyShort || !isLong({ documentsJson }) ? null : await packed(`{"documents":[${documentsJson}]`),
    checkpoint: writeCheckpoint(reached, era),
    caughtUp,
  };
}

const gzipped = promisify(gzip);

/** By another thread, while the page is read: all who wait for it would be answered at one go as soon as it is packed. */
function packed(text: string): Promise<Uint8Array> {
  return gzipped(text, { level: constants.Z_BEST_SPEED });
}

/** One row of the wire (protocol/sync/replica.ts) with the stored document's text as it is. */
export function rowJson(id: string, data: string | null): string {
  return data === null
    ? `{"id":${JSON.stringify(id)},"deleted":true}`
    : `{"id":${JSON.stringify(id)},"deleted":false,"data":${data}}`;
}
