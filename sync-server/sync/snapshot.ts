import { promisify } from "node:util";
import { gzip, constants as zlib } from "node:zlib";
import type { Instant } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import type { Applied } from "#protocol/sync/replica.ts";
import type { SnapshotHead } from "#protocol/sync/snapshot.ts";
import type { DeviceRecord, ReadTransaction, Storage } from "../storage/port.ts";
import { writeCheckpoint } from "./checkpoint.ts";
import { COLLECTION_FEEDS } from "./feeds.ts";
import { appliedOf, headsOf, rowJson } from "./pull.ts";
import { SharedPages } from "./shared-pages.ts";
import { WaitingRoom } from "./waiting-room.ts";

/** How much of the server first syncs may take. */
export interface SnapshotLimits {
  /** Documents read at a time. */
  readonly page: number;
  /** Tills that are sent a snapshot at the same time; the others wait in the order in which they came, and are told that the line is alive. */
  readonly readers: number;
  /** Snapshots read from the database at the same time: each holds one of its states. */
  readonly builds: number;
  /** Packed bytes kept of snapshots that others may come for. */
  readonly keptBytes: number;
  /** A collection of more documents is read for each till by itself, and no faster than that takes it. */
  readonly sharedDocuments: number;
  /** A snapshot that is shared and grows beyond so many packed bytes is given up; the tills come again and have it each for itself. */
  readonly sharedBytes: number;
  /** Whoever waits is sent an empty line so often, milliseconds: a till lets a line go that says nothing for thirty seconds. */
  readonly aliveMs: number;
}

const MB = 1024 * 1024;

export const SNAPSHOT_LIMITS: SnapshotLimits = {
  page: 1_000,
  readers: 64,
  builds: 3,
  keptBytes: 96 * MB,
  sharedDocuments: 400_000,
  sharedBytes: 128 * MB,
  aliveMs: 10_000,
};

export interface Snapshots {
  /**
   * Sends a whole collection as NDJSON, head and foot included, in pieces that are packed (gzip) each by itself. `emit` resolves when the reader is ready for more;
   * false ends it early. All of it comes from one state of the database, in the order of the documents' ids, so that a till writes its tables and their indexes from
   * front to end. Tills that ask for the same at the same heads are sent the same pieces, read and packed once. Rejects where it could not be sent whole.
   */
  send(ask: {
    readonly device: DeviceRecord;
    readonly store: StoreSettings;
    readonly collection: ReplicaCollection;
    readonly emit: (piece: Uint8Array) => Promise<boolean>;
  }): Promise<void>;
}

/** A collection as it is in one state of the database, but for its documents. */
interface Found {
  /** The same for whoever is to have the same documents. */
  readonly key: string;
  readonly checkpoint: string;
  readonly feeds: readonly string[];
  readonly applied: Applied;
}

/** Documents of one state, packed, for whoever comes for them. */
interface Shared {
  readonly count: number;
  readonly pages: SharedPages;
}

type Ask = Omit<Parameters<Snapshots["send"]>[0], "emit">;

const packed = promisify(gzip);
const pack = (text: string): Promise<Uint8Array> => packed(text, { level: zlib.Z_BEST_SPEED });

export function createSnapshots({
  storage,
  now,
  limits = SNAPSHOT_LIMITS,
}: {
  readonly storage: Pick<Storage, "read">;
  readonly now: () => Instant;
  readonly limits?: SnapshotLimits;
}): Snapshots {
  const readers = new WaitingRoom(limits.readers);
  const builds = new WaitingRoom(limits.builds);
  /** By their keys, the one that was asked for last at the end. */
  const kept = new Map<string, Shared>();
  /** Collections that turned out too large to be shared. */
  const unshared = new Set<ReplicaCollection>();

  function keptFor(key: string): Shared | null {
    const known = kept.get(key);
    if (known === undefined) return null;
    kept.delete(key);
    if (known.pages.hasFailed) return null;
    kept.set(key, known);
    return known;
  }

  function trim(): void {
    let bytes = [...kept.values()].reduce((sum, { pages }) => sum + pages.bytes, 0);
    for (const [key, { pages }] of kept) {
      if (bytes <= limits.keptBytes) return;
      kept.delete(key);
      bytes -= pages.bytes;
    }
  }

  async function* pagesOf(
    tx: ReadTransaction,
    { collection }: Ask,
    { feeds }: Found,
  ): AsyncGenerator<Uint8Array> {
    for (const feed of feeds) {
      let after = "";
      for (;;) {
        const documents = await tx.liveDocuments({ feed, collection, after, limit: limits.page });
        const last = documents.at(-1);
        if (last === undefined) break;
        yield await pack(documents.map(({ id, data }) => `${rowJson(id, data)}\n`).join(""));
        after = last.id;
      }
    }
  }

  /**
   * Reads it for whoever may come for it. Calls `known` as soon as it is there or begun, with nothing where it is too large to be shared; resolves when it is read.
   */
  async function build(ask: Ask, known: (known: { readonly found: Found } & Shared) => void): Promise<void> {
    const pages = new SharedPages();
    try {
      await storage.read(async (tx) => {
        const found = await findIn(tx, ask);
        const count = await countIn(tx, ask, found);
        if (count > limits.sharedDocuments) unshared.add(ask.collection);
        if (unshared.has(ask.collection)) return;
        // Meanwhile somebody else may have begun the same.
        const others = keptFor(found.key);
        known({ found, ...(others ?? { count, pages }) });
        if (others !== null) return;
        kept.set(found.key, { count, pages });
        for await (const piece of pagesOf(tx, ask, found)) {
          pages.add(piece);
          trim();
          if (pages.bytes <= limits.sharedBytes) continue;
          unshared.add(ask.collection);
          throw new Error("a snapshot is too large to be shared");
        }
        pages.end();
      });
    } catch (error) {
      pages.fail(error);
      throw error;
    }
  }

  /** What is there already, or is read from now on. Null: it is one for this till alone. */
  async function shared(ask: Ask): Promise<({ readonly found: Found } & Shared) | null> {
    if (unshared.has(ask.collection)) return null;
    const found = await storage.read((tx) => findIn(tx, ask));
    const known = keptFor(found.key);
    if (known !== null) return { found, ...known };
    return new Promise((begun, failed) => {
      builds.during(() => build(ask, begun)).then(() => begun(null), failed);
    });
  }

  function lineOf(of: object): string {
    return `${JSON.stringify(of)}\n`;
  }

  async function sendPieces(
    { checkpoint, applied }: Found,
    { count, pieces }: { readonly count: number; readonly pieces: AsyncGenerator<Uint8Array> },
    emit: (piece: Uint8Array) => Promise<boolean>,
  ): Promise<void> {
    const head: SnapshotHead = { kind: "head", count, checkpoint, applied, serverTime: now() };
    if (!(await emit(await pack(lineOf(head))))) return;
    for await (const piece of pieces) if (!(await emit(piece))) return;
    await emit(await pack(lineOf({ kind: "foot", count })));
  }

  async function sendNow({ emit, ...ask }: Parameters<Snapshots["send"]>[0]): Promise<void> {
    const known = await shared(ask);
    if (known !== null)
      return sendPieces(known.found, { count: known.count, pieces: known.pages.read() }, emit);
    await builds.during(() =>
      storage.read(async (tx) => {
        const found = await findIn(tx, ask);
        const count = await countIn(tx, ask, found);
        await sendPieces(found, { count, pieces: pagesOf(tx, ask, found) }, emit);
      }),
    );
  }

  return {
    send: async (ask) => {
      const { turn, leave } = readers.enter();
      try {
        while (!(await isWithin(turn, limits.aliveMs))) if (!(await ask.emit(await pack("\n")))) return;
        await sendNow(ask);
      } finally {
        leave();
      }
    },
  };
}

/** What the till would be sent in this state of the database. */
async function findIn(tx: ReadTransaction, { device, store, collection }: Ask): Promise<Found> {
  const feeds = COLLECTION_FEEDS[collection](store);
  const heads = await headsOf(tx, feeds);
  const positions = new Map([...heads].map(([feed, { head }]) => [feed, head]));
  const checkpoint = writeCheckpoint(positions, await tx.newestEra());
  return { key: `${collection} ${checkpoint}`, checkpoint, feeds, applied: await appliedOf(tx, device) };
}

async function countIn(tx: ReadTransaction, { collection }: Ask, { feeds }: Found): Promise<number> {
  let count = 0;
  for (const feed of feeds) count += await tx.feedCount({ feed, collection });
  return count;
}

async function isWithin(turn: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), ms);
  });
  try {
    return await Promise.race([turn.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
