import {
  addRxStorageMultiInstanceSupport,
  ensureRxStorageInstanceParamsAreCorrect,
  RXDB_VERSION,
  type RxStorage,
  type RxStorageInstanceCreationParams,
} from "rxdb";
import { connect, type OpenFile } from "./connection.ts";
import { type SqliteInstanceOptions, type SqliteInternals, SqliteStorageInstance } from "./instance.ts";

export const STORAGE_NAME = "node-sqlite";

export interface SqliteStorageSettings {
  /** The database file, or `:memory:`. All collections of a database live in one file. */
  readonly file: string;
  /** What is deleted is overwritten in the file; each commit costs a little more for it. */
  readonly overwritesDeleted?: boolean;
  /** Its tables are read by id and through, and have no index that tells what was written since: one tree less to write each document into. */
  readonly isReadById?: boolean;
  /** Of a new file's pages: larger ones make loading much quicker, and each small commit larger. Left out: SQLite's own choice. */
  readonly pageBytes?: number;
  /** Opens the file. Left out: as Node does. */
  readonly openFile?: OpenFile | undefined;
}

export type RxStorageSqlite = RxStorage<SqliteInternals, SqliteInstanceOptions>;

/**
 * RxDB's storage on Node's built-in SQLite. Every bulk write is one transaction that is on disk (fsynced) when it resolves.
 * Attachments are refused: Onetill keeps pictures as files named by their hash.
 */
export function getRxStorageSQLite(settings: SqliteStorageSettings): RxStorageSqlite {
  return {
    // RxDB knows a database that is open already by both names: a process may have many tills, each with files of its own.
    name: `${STORAGE_NAME} ${settings.file}`,
    rxdbVersion: RXDB_VERSION,
    async createStorageInstance<RxDocType>(
      params: RxStorageInstanceCreationParams<RxDocType, SqliteInstanceOptions>,
    ) {
      ensureRxStorageInstanceParamsAreCorrect(params);
      if (params.schema.attachments !== undefined) {
        throw new Error(`${params.collectionName}: this storage keeps no attachments`);
      }
      const connection = connect(settings.file, settings);
      const instance = createInstance(params, connection, settings);
      addRxStorageMultiInstanceSupport(STORAGE_NAME, params, instance);
      return instance;
    },
  };
}

function createInstance<RxDocType>(
  params: RxStorageInstanceCreationParams<RxDocType, SqliteInstanceOptions>,
  connection: ReturnType<typeof connect>,
  { overwritesDeleted = false, isReadById = false }: SqliteStorageSettings,
): SqliteStorageInstance<RxDocType> {
  try {
    if (overwritesDeleted) connection.database.exec("PRAGMA secure_delete=ON");
    return new SqliteStorageInstance(params, connection, { isReadById });
  } catch (error) {
    connection.release();
    throw error;
  }
}
