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
import { appliedFor, appliedOf, headsOf, rowJson } from "./pull.ts";
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
  /** Tills that are read theirs alone at the same time. Each holds a state of the database as long as the till takes, and holds up nobody who shares. */
  readonly alone: number;
  /** Packed bytes kept of snapshots that others may come for. */
  readonly keptBytes: number;
  /** Packed bytes of snapshots that are kept, read, or still taken by slow tills; above that whoever comes is read theirs alone. */
  readonly heldBytes: number;
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
  alone: 3,
  keptBytes: 96 * MB,
  heldBytes: 256 * MB,
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
    /** Of the protocol that the till speaks. */
    readonly version: number;
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
type Emit = Parameters<Snapshots["send"]>[0]["emit"];

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
  const alone = new WaitingRoom(limits.alone);
  /** By their keys, the one that was asked for last at the end. */
  const kept = new Map<string, Shared>();
  /** Those that somebody reads or is sent, and how many do. */
  const inUse = new Map<SharedPages, number>();
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

  function use(pages: SharedPages): { readonly end: () => void } {
    inUse.set(pages, (inUse.get(pages) ?? 0) + 1);
    return {
      end: () => {
        const others = (inUse.get(pages) ?? 1) - 1;
        if (others === 0) inUse.delete(pages);
        else inUse.set(pages, others);
      },
    };
  }

  function isFull(): boolean {
    const held = new Set([...inUse.keys(), ...[...kept.values()].map(({ pages }) => pages)]);
    return [...held].reduce((sum, { bytes }) => sum + bytes, 0) > limits.heldBytes;
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
   * Reads it for whoever may come for it. Calls `known` as soon as it is there or begun, and not at all where it is too large to be shared or too much is held
   * already; resolves when it is read.
   */
  async function build(ask: Ask, known: (known: { readonly found: Found } & Shared) => void): Promise<void> {
    const pages = new SharedPages();
    const used = use(pages);
    try {
      await storage.read(async (tx) => {
        const found = await findIn(tx, ask);
        const count = await countIn(tx, ask, found);
        if (count > limits.sharedDocuments) unshared.add(ask.collection);
        if (unshared.has(ask.collection)) return;
        // Meanwhile somebody else may have begun the same.
        const others = keptFor(found.key);
        if (others === null && isFull()) return;
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
    } finally {
      used.end();
    }
  }

  /** What is there already, or is read from now on. */
  async function shared(
    ask: Ask,
    emit: Emit,
  ): Promise<({ readonly found: Found } & Shared) | "alone" | "gone"> {
    if (unshared.has(ask.collection)) return "alone";
    const found = await storage.read((tx) => findIn(tx, ask));
    const known = keptFor(found.key);
    if (known !== null) return { found, ...known };
    const leave = await turnIn(builds, emit);
    if (leave === null) return "gone";
    return new Promise((begun, failed) => {
      build(ask, begun)
        .finally(leave)
        .then(() => begun("alone"), failed);
    });
  }

  /** Waits for a turn, and tells whoever waits that the line is alive. Answers how the turn is given back; null: the reader has gone, and so has the place. */
  async function turnIn(room: WaitingRoom, emit: Emit): Promise<(() => void) | null> {
    const { turn, leave } = room.enter();
    let isReader = false;
    try {
      isReader = await untilTurn(turn, emit);
    } finally {
      if (!isReader) leave();
    }
    return isReader ? leave : null;
  }

  /** False: the reader has gone. */
  async function untilTurn(turn: Promise<void>, emit: Emit): Promise<boolean> {
    while (!(await isWithin(turn, limits.aliveMs))) if (!(await emit(await pack("\n")))) return false;
    return true;
  }

  function lineOf(of: object): string {
    return `${JSON.stringify(of)}\n`;
  }

  async function sendPieces(
    { checkpoint, applied }: Found,
    { count, pieces }: { readonly count: number; readonly pieces: AsyncGenerator<Uint8Array> },
    emit: Emit,
  ): Promise<void> {
    const head: SnapshotHead = { kind: "head", count, checkpoint, applied, serverTime: now() };
    if (!(await emit(await pack(lineOf(head))))) return;
    for await (const piece of pieces) if (!(await emit(piece))) return;
    await emit(await pack(lineOf({ kind: "foot", count })));
  }

  async function sendNow({ emit, ...ask }: Parameters<Snapshots["send"]>[0]): Promise<void> {
    const known = await shared(ask, emit);
    if (known === "gone") return;
    if (known === "alone") return sendAlone(ask, emit);
    const { found, count, pages } = known;
    const used = use(pages);
    try {
      await sendPieces(found, { count, pieces: pages.read() }, emit);
    } finally {
      used.end();
    }
  }

  async function sendAlone(ask: Ask, emit: Emit): Promise<void> {
    const leave = await turnIn(alone, emit);
    if (leave === null) return;
    try {
      await storage.read(async (tx) => {
        const found = await findIn(tx, ask);
        const count = await countIn(tx, ask, found);
        await sendPieces(found, { count, pieces: pagesOf(tx, ask, found) }, emit);
      });
    } finally {
      leave();
    }
  }

  return {
    send: async (ask) => {
      const leave = await turnIn(readers, ask.emit);
      if (leave === null) return;
      try {
        await sendNow(ask);
      } finally {
        leave();
      }
    },
  };
}

/** What the till would be sent in this state of the database. */
async function findIn(tx: ReadTransaction, { device, store, collection, version }: Ask): Promise<Found> {
  const feeds = COLLECTION_FEEDS[collection](store);
  const heads = await headsOf(tx, feeds);
  const positions = new Map([...heads].map(([feed, { head }]) => [feed, head]));
  const checkpoint = writeCheckpoint(positions, await tx.newestEra());
  const applied = appliedFor(await appliedOf(tx, device), version);
  return { key: `${collection} ${checkpoint}`, checkpoint, feeds, applied };
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
