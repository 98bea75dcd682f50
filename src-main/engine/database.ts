import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createRxDatabase, type RxCollection, type RxDatabase, type RxJsonSchema } from "rxdb";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { BulkLoad } from "./storage/bulk-load.ts";
import type { SqliteInternals } from "./storage/instance.ts";
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
}

export interface ReplicaDatabase {
  readonly database: RxDatabase;
  readonly collections: { readonly [C in ReplicaCollection]: RxCollection<ReplicaRecord> };
  /** How far each collection has come: written after the documents it speaks of, into the same file. */
  readonly positions: RxCollection<DraftDocument>;
  /** Begins a load of much that can be pulled again; null where the database has no log. */
  beginBulkLoad(): BulkLoad | null;
  /** Documents that hold a text somewhere, found by a plain scan. */
  mentioning(collection: ReplicaCollection, text: string, limit: number): readonly ReplicaRecord[];
  /** Leaves nothing of what was deleted in the files: SQLite only marks it as free. */
  scrub(): void;
}

/** What must never be lost: the journal and the baskets in the making. */
export function openJournalDatabase(dataDir: string): Promise<JournalDatabase> {
  return open("journal", join(dataDir, "journal.sqlite"), async (database) => {
    const { journal, drafts } = await database.addCollections({
      journal: { schema: journalSchema },
      drafts: { schema: draftSchema },
    });
    return { database, journal, drafts };
  });
}

/** Raised whenever what is in it changes its shape: a replica is taken anew rather than migrated. */
const REPLICA_FILE = "replica-2.sqlite";
const FORMER_REPLICA_FILES = ["replica.sqlite"] as const;

/** What can be pulled again at any time. */
export async function openReplicaDatabase(dataDir: string): Promise<ReplicaDatabase> {
  for (const former of FORMER_REPLICA_FILES) await removeDatabase(join(dataDir, former));
  return open("replica", join(dataDir, REPLICA_FILE), async (database) => {
    const schemas = Object.fromEntries(REPLICA_COLLECTIONS.map((name) => [name, { schema: replicaSchema }]));
    const added: Record<string, RxCollection<ReplicaRecord>> = await database.addCollections({
      ...schemas,
      positions: { schema: draftSchema },
    });
    const collection = (name: string): RxCollection<ReplicaRecord> => {
      const found = added[name];
      if (found === undefined) throw new Error(`the replica has no collection ${name}`);
      return found;
    };
    const collections = Object.fromEntries(REPLICA_COLLECTIONS.map((name) => [name, collection(name)]));
    const positions = database.collections.positions as RxCollection<DraftDocument>;
    const { connection } = positions.storageInstance.internals as SqliteInternals;
    return {
      database,
      collections: collections as ReplicaDatabase["collections"],
      positions,
      beginBulkLoad: () => BulkLoad.begin(connection),
      mentioning(name, text, limit) {
        const internals = collection(name).storageInstance.internals as SqliteInternals;
        return internals.mentioning(text, limit).map((json) => JSON.parse(json) as ReplicaRecord);
      },
      scrub() {
        connection.database.exec("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
      },
    };
  });
}

/** Throws away the replica's files, which nobody may have open. */
export function removeReplicaFiles(dataDir: string): Promise<void> {
  return removeDatabase(join(dataDir, REPLICA_FILE));
}

async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm"]) await rm(`${file}${suffix}`, { force: true });
}

/** All of it is open when this resolves; when it throws, nothing is. */
async function open<T>(
  name: string,
  file: string,
  addCollections: (database: RxDatabase) => Promise<T>,
): Promise<T> {
  const database: RxDatabase = await createRxDatabase({
    name,
    storage: getRxStorageSQLite({ file }),
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
