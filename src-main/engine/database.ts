import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import {
  createRevision,
  createRxDatabase,
  fillWithDefaultSettings,
  now,
  type RxCollection,
  type RxDatabase,
  type RxJsonSchema,
  type RxStorageInstance,
} from "rxdb";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { destroyFile } from "./destroy-file.ts";
import { LookingThrough } from "./looking-through.ts";
import { type LeftAs, markOf, OpenMark } from "./open-mark.ts";
import { BulkLoad } from "./storage/bulk-load.ts";
import { CheckpointThread } from "./storage/checkpoint-thread.ts";
import type { Connection, OpenFile } from "./storage/connection.ts";
import type { SqliteInstanceOptions, SqliteInternals } from "./storage/instance.ts";
import { getRxStorageSQLite } from "./storage/storage.ts";

/** A journal entry with the fields that are looked up lifted out of it. */
export interface JournalDocument {
  /** `epoch` and `seq` zero-padded, so that the order of ids is the order of entries. */
  readonly id: string;
  readonly ticketId: string;
  readonly basketId: string;
  /** The entry as canonical JSON: the very text that was hashed. */
  readonly entry: string;
}

export interface DraftDocument {
  readonly id: string;
  readonly value: string;
}

/** A replica's document as the server wrote it; empty where it is deleted. */
export interface ReplicaRecord {
  readonly id: string;
  readonly data: object;
}

/**
 * Commits after which a log is written back, each some hundred pages of its file: six sales with their baskets, ten pulls of what they moved. Behind a pull only where
 * there are more than a till that sells leaves: there it would be in the midst of the next sale.
 */
const COMMITS_IN_LOG = { journal: 40, replica: { answer: 10, pull: 20 } };
/** Pages of a file that are copied at a time. */
const COPIED_PAGES = 4_000;

const ID_LENGTH = 64;
const REPLICA_ID_LENGTH = 160;

const journalSchema: RxJsonSchema<JournalDocument> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: 24 },
    ticketId: { type: "string", maxLength: ID_LENGTH },
    basketId: { type: "string", maxLength: ID_LENGTH },
    entry: { type: "string" },
  },
  required: ["id", "ticketId", "basketId", "entry"],
  indexes: ["ticketId", "basketId"],
};

const draftSchema: RxJsonSchema<DraftDocument> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: { id: { type: "string", maxLength: ID_LENGTH * 2 }, value: { type: "string" } },
  required: ["id", "value"],
};

const replicaSchema: RxJsonSchema<ReplicaRecord> = {
  version: 0,
  primaryKey: "id",
  type: "object",
  properties: {
    id: { type: "string", maxLength: REPLICA_ID_LENGTH },
    data: { type: "object", additionalProperties: true },
  },
  required: ["id", "data"],
};

export interface JournalDatabase {
  readonly database: RxDatabase;
  readonly journal: RxCollection<JournalDocument>;
  readonly drafts: RxCollection<DraftDocument>;
  /** Leaves nothing of drafts that were removed in the files. */
  scrub(): void;
  /** Writes the log back where much is in it, for a moment in which nobody waits, and says whether there was. Never throws. */
  tidy(): boolean;
}

/** One kind of document on disk: RxDB's storage without its collections, of which RxDB opens 13 and no more. */
type StoredTable<T> = RxStorageInstance<T, SqliteInternals, SqliteInstanceOptions>;

export interface ReplicaDatabase {
  /** Goes into each revision that is written, so that two openings of the file never make the same one. */
  readonly token: string;
  readonly collections: { readonly [C in ReplicaCollection]: StoredTable<ReplicaRecord> };
  /** How far each collection has come: written after the documents it speaks of, into the same file. */
  readonly positions: StoredTable<DraftDocument>;
  /** Runs `work`, all of whose writes are on disk when this returns, or none. Throws what `work` and the disk throw. */
  atOnce(work: () => void): void;
  /** As a `JournalDatabase` does, behind a cashier's answer or behind what was pulled. */
  tidy(behind: "answer" | "pull"): boolean;
  /** Begins a load of much that can be pulled again; null where the database has no log. */
  beginBulkLoad(): BulkLoad | null;
  /** Documents after the one of this id ("": of all) that hold a text somewhere, found by a plain scan. */
  mentioning(
    collection: ReplicaCollection,
    text: string,
    of: { readonly after: string; readonly limit: number },
  ): readonly ReplicaRecord[];
  /** Documents whose ids begin with this text, in the order of ids. */
  beginning(collection: ReplicaCollection, text: string): readonly ReplicaRecord[];
  /** Ids of a collection's deleted documents that are not forgotten yet. */
  deletedIds(collection: ReplicaCollection): readonly string[];
  readonly leftAs: LeftAs;
  /** So much is in it that looking through it is a thread's, and whoever opened it goes on meanwhile. */
  readonly isLarge: boolean;
  /**
   * What is wrong in the file, in words for a log, and then its mark says so; null where nothing is, where it was closed in order, or where it was closed before that was known: then whoever opens it
   * next looks through it. It is done once. Rejects with what else the disk throws.
   */
  lookThrough(): Promise<string | null>;
  /** As `lookThrough`, once more, however it was closed; to `compare` is to look for each row in its index as well. Null also where that cannot be done now. Rejects where the disk does not read it: that is no damage yet. */
  lookAgain(how: "look through" | "compare"): Promise<string | null>;
  /** Whoever opens it next is told that it is damaged; where the disk does not take that, that it was left open. */
  foundDamaged(): Promise<void>;
  /** Leaves nothing of what was deleted in the files: SQLite only marks it as free. Nobody may write meanwhile. Where it throws, at least the log is written back and emptied, if the disk takes that. */
  scrub(): Promise<void>;
  /** It is to be begun anew: from now on nobody looks through it, and whoever opens it after a crash is told that it is damaged, where the disk takes that. */
  aboutToGo(): Promise<void>;
  /**
   * Leaves nothing of all that was in it, whatever state its files are in, and goes on empty. A crash meanwhile leaves what the next who opens it throws away. Throws where the files cannot be removed, or no new ones be made: asked again, it
   * goes on with that.
   */
  beginAnew(): Promise<void>;
  close(): Promise<void>;
}

/** Where the journal's database lies in the till's folder. */
export const JOURNAL_FILE = "journal.sqlite";

/** What must never be lost: the journal and the baskets in the making. No two of one `name` can be open at once on one file. */
export function openJournalDatabase(
  dataDir: string,
  { name = "journal", openFile }: { readonly name?: string; readonly openFile?: OpenFile | undefined } = {},
): Promise<JournalDatabase> {
  const file = join(dataDir, JOURNAL_FILE);
  return open({ name, file, openFile }, async (database) => {
    const { journal, drafts } = await database.addCollections({
      journal: { schema: journalSchema },
      drafts: { schema: draftSchema },
    });
    const stored = drafts.storageInstance.internals as SqliteInternals;
    // What an earlier version removed was only marked as gone.
    if (stored.deletedIds().length > 0) stored.scrub();
    return {
      database,
      journal,
      drafts,
      scrub: () => stored.scrub(),
      tidy: () => stored.connection.tidy(COMMITS_IN_LOG.journal),
    };
  });
}

/** The journal's documents whose field is exactly this text, at most so many. Throws what the disk throws. */
export function journalDocumentsHaving(
  journal: RxCollection<JournalDocument>,
  field: "ticketId" | "basketId",
  text: string,
  limit: number,
): readonly JournalDocument[] {
  const stored = journal.storageInstance.internals as SqliteInternals;
  return stored.having(field, text, limit) as readonly JournalDocument[];
}

/** The journal's document of this id; null where there is none. Throws what the disk throws. */
export function journalDocumentAt(
  journal: RxCollection<JournalDocument>,
  id: string,
): JournalDocument | null {
  const stored = journal.storageInstance.internals as SqliteInternals;
  return stored.live(id) as JournalDocument | null;
}

/** At most so many of the journal's documents before the one of this id, the newest first. Throws what the disk throws. */
export function journalDocumentsBefore(
  journal: RxCollection<JournalDocument>,
  id: string,
  limit: number,
): readonly JournalDocument[] {
  const stored = journal.storageInstance.internals as SqliteInternals;
  return stored.before(id, limit) as readonly JournalDocument[];
}

/** Where the replica lies there; raised whenever what is in it changes its shape: a replica is taken anew rather than migrated. */
export const REPLICA_FILE = "replica-2.sqlite";
const REPLICA_PAGE_BYTES = 8_192;
const FORMER_REPLICA_FILES = ["replica.sqlite"] as const;

/** What can be pulled again at any time. */
export async function openReplicaDatabase(dataDir: string, openFile?: OpenFile): Promise<ReplicaDatabase> {
  for (const former of FORMER_REPLICA_FILES) destroyDatabase(join(dataDir, former));
  const path = join(dataDir, REPLICA_FILE);
  const mark = await OpenMark.put(path);
  let tables = await ReplicaTables.open(path, openFile);
  const looking = new LookingThrough({ connection: tables.connection, path, mark, openFile });
  return {
    get token() {
      return tables.token;
    },
    get collections() {
      return tables.collections;
    },
    get positions() {
      return tables.positions;
    },
    atOnce: (work) => tables.connection.transaction(work),
    tidy: (behind) => tables.connection.tidy(COMMITS_IN_LOG.replica[behind]),
    beginBulkLoad: () => (tables.thread === null ? null : BulkLoad.begin(tables.connection, tables.thread)),
    mentioning: (name, text, of) =>
      tables.collections[name].internals
        .mentioning(text, of)
        .map((json) => JSON.parse(json) as ReplicaRecord),
    // Only `overwrite` writes them.
    beginning: (name, text) => tables.collections[name].internals.beginning(text) as readonly ReplicaRecord[],
    deletedIds: (name) => tables.collections[name].internals.deletedIds(),
    leftAs: mark.leftAs,
    isLarge: looking.isLarge,
    lookThrough: () => looking.found(),
    lookAgain: (how) => looking.again(how, tables.connection),
    foundDamaged: () => looking.foundDamaged(),
    scrub: () => scrub(tables.connection, openFile),
    aboutToGo: () => looking.aboutToGo(),
    async beginAnew() {
      // A crash from here on leaves what the next start throws away; on a disk that takes no mark, what is no database any more.
      await looking.aboutToGo();
      await looking.end();
      await tables.end();
      destroyDatabase(path);
      tables = await ReplicaTables.open(path, openFile);
      await looking.begunAnew();
    },
    async close() {
      await looking.end();
      await tables.end();
      if (looking.isSound) await mark.remove();
    },
  };
}

/** By a thread of its own, for it takes seconds where there is much; here where that fails. */
async function scrub(connection: Connection, openFile: OpenFile | undefined): Promise<void> {
  const file = connection.database.location();
  // A disk that was handed in is no other thread's.
  if (file !== null && openFile === undefined) {
    const thread = new CheckpointThread(file);
    const isDone = await thread.scrub();
    await thread.end();
    if (isDone) return;
  }
  connection.rewriting((database) => database.exec("VACUUM"));
}

/** The tables of one replica file, open. */
class ReplicaTables {
  readonly token: string;
  readonly positions: StoredTable<DraftDocument>;
  readonly collections: ReplicaDatabase["collections"];
  /** Null where the database has no file. */
  readonly thread: CheckpointThread | null;

  private constructor({
    token,
    positions,
    collections,
  }: Pick<ReplicaTables, "token" | "positions" | "collections">) {
    this.token = token;
    this.positions = positions;
    this.collections = collections;
    const file = this.connection.database.location();
    this.thread = file === null ? null : new CheckpointThread(file);
  }

  /** All of them are open when this resolves; when it throws, none is. */
  static async open(file: string, openFile: OpenFile | undefined): Promise<ReplicaTables> {
    const token = randomUUID();
    const open: { close(): Promise<void> }[] = [];
    const table = async <T>(collectionName: string, schema: RxJsonSchema<T>): Promise<StoredTable<T>> => {
      const opened = await openTable({ file, openFile, token, collectionName, schema });
      open.push(opened);
      return opened;
    };
    try {
      const positions = await table("positions", draftSchema);
      const opened: [ReplicaCollection, StoredTable<ReplicaRecord>][] = [];
      for (const name of REPLICA_COLLECTIONS) opened.push([name, await table(name, replicaSchema)]);
      const collections = Object.fromEntries(opened) as ReplicaDatabase["collections"];
      return new ReplicaTables({ token, positions, collections });
    } catch (error) {
      for (const each of open) await each.close();
      throw error;
    }
  }

  get connection(): Connection {
    return this.positions.internals.connection;
  }

  /** Done once, however often it is asked. */
  async end(): Promise<void> {
    await this.thread?.end();
    for (const table of [this.positions, ...Object.values(this.collections)]) await table.close();
  }
}

function openTable<T>({
  file,
  openFile,
  token,
  collectionName,
  schema,
}: {
  readonly file: string;
  readonly openFile: OpenFile | undefined;
  readonly token: string;
  readonly collectionName: string;
  readonly schema: RxJsonSchema<T>;
}): Promise<StoredTable<T>> {
  const storage = getRxStorageSQLite({ file, openFile, isReadById: true, pageBytes: REPLICA_PAGE_BYTES });
  return storage.createStorageInstance<T>({
    databaseInstanceToken: token,
    databaseName: "replica",
    collectionName,
    // It is read by id and through: RxDB's own indexes would be two more trees to write each document into.
    schema: { ...fillWithDefaultSettings(schema), indexes: [] },
    options: {},
    multiInstance: false,
    devMode: false,
  });
}

/** A document as it is to lie in its table. */
interface Overwriting {
  readonly id: string;
  /** JSON of its one other field, name and all: `"data":{…}`. */
  readonly field: string;
  readonly isDeleted: boolean;
}

/** Writes documents over whatever is there under their ids, in one transaction. Throws what the disk throws. */
export function overwrite({
  table,
  token,
  changes,
}: {
  readonly table: { readonly internals: Pick<SqliteInternals, "put"> };
  readonly token: string;
  readonly changes: readonly Overwriting[];
}): void {
  const lwt = now();
  // As RxDB reads it; put together as text, for what a server sent is text already.
  const meta = `"_attachments":{},"_meta":{"lwt":${lwt}},"_rev":${JSON.stringify(createRevision(token))}}`;
  table.internals.put(
    changes.map(({ id, field, isDeleted }) => ({
      id,
      lwt,
      isDeleted,
      json: `{"id":${JSON.stringify(id)},${field},"_deleted":${isDeleted},${meta}`,
    })),
  );
}

/**
 * Copies a replica as it is at one moment, while its till goes on writing; of the collections in `without` nothing is in the copy, which `settle`
 * puts right then. Throws what the disk throws.
 */
export async function copyReplica({
  from,
  to,
  without,
  settle,
}: {
  readonly from: string;
  readonly to: string;
  readonly without: readonly ReplicaCollection[];
  readonly settle: (copy: ReplicaDatabase) => Promise<void>;
}): Promise<void> {
  const source = new DatabaseSync(join(from, REPLICA_FILE), { readOnly: true });
  try {
    await backup(source, join(to, REPLICA_FILE), { rate: COPIED_PAGES });
  } finally {
    source.close();
  }
  const copy = await openReplicaDatabase(to);
  try {
    for (const name of without) await copy.collections[name].remove();
    await settle(copy);
    await copy.scrub();
  } finally {
    await copy.close();
  }
}

/** Throws away the replica's files, which nobody may have open. The mark goes last: a half of them would be believed without it. */
export async function removeReplicaFiles(dataDir: string): Promise<void> {
  const path = join(dataDir, REPLICA_FILE);
  destroyDatabase(path);
  await rm(markOf(path), { force: true });
}

/** The log first: without its database nobody would look for it. */
function destroyDatabase(file: string): void {
  for (const suffix of ["-wal", "", "-shm"]) destroyFile(file + suffix);
}

/** All of it is open when this resolves; when it throws, nothing is. */
async function open<T>(
  {
    name,
    file,
    openFile,
  }: { readonly name: string; readonly file: string; readonly openFile: OpenFile | undefined },
  addCollections: (database: RxDatabase) => Promise<T>,
): Promise<T> {
  const database: RxDatabase = await createRxDatabase({
    name,
    storage: getRxStorageSQLite({ file, overwritesDeleted: true, openFile }),
    multiInstance: false,
    eventReduce: false,
  });
  try {
    return await addCollections(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}
