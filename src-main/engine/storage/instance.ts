import {
  type BulkWriteRow,
  categorizeBulkWriteRows,
  type EventBulk,
  getPrimaryFieldOfPrimaryKey,
  getQueryMatcher,
  getSortComparator,
  getStartIndexStringFromLowerBound,
  getStartIndexStringFromUpperBound,
  INDEX_MAX,
  INDEX_MIN,
  now,
  type PreparedQuery,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorageBulkWriteResponse,
  type RxStorageChangeEvent,
  type RxStorageCountResult,
  type RxStorageDefaultCheckpoint,
  type RxStorageInstance,
  type RxStorageInstanceCreationParams,
  type RxStorageQueryResult,
  type StringKeys,
} from "rxdb";
import { type Observable, Subject } from "rxjs";
import type { Connection } from "./connection.ts";
import { DocumentTable, type IndexRange, type PlacedRow, type StoredRow, type WrittenRow } from "./table.ts";

/** What an instance has besides RxDB's contract. */
export interface SqliteInternals {
  readonly connection: Connection;
  /** The JSON of live documents after the one of this id ("": of all) that hold a text somewhere, found by a plain scan. */
  mentioning(text: string, of: { readonly after: string; readonly limit: number }): readonly string[];
  /** Live documents whose ids begin with this text, in the order of ids. */
  beginning(text: string): readonly object[];
  /**
   * Writes rows over whatever is there under their ids, in one transaction (within one that is under way: as a part of it). Nobody who watches is told, and
   * no version is compared: for tables that have one writer and no indexes.
   */
  put(rows: readonly WrittenRow[]): void;
  /** The JSON of at most so many documents after the one of this id ("": from the first), in the order of ids; deleted ones included. */
  after(id: string, limit: number): readonly StoredRow[];
  /** The same behind a place in the file (0: from the first), in the order in which they lie there, for a file in which the ids' index is hurt. */
  behind(place: number, limit: number): readonly PlacedRow[];
  /** At most so many live documents before the one of this id, the last first. */
  before(id: string, limit: number): readonly object[];
  /** At most so many live documents whose field is exactly this text, by the field's own index. Without RxDB's planning of a query it takes a fifth of the time. */
  having(field: string, text: string, limit: number): readonly object[];
  /** The live document of this id; null where there is none. Without RxDB's queries, as `having`. */
  live(id: string): object | null;
  /** Writes a document over whatever is there under its id, durably. Nobody who watches is told, and no version is compared: for what has one writer. */
  replace(document: object): void;
  /** Ids of deleted documents that are not forgotten yet. */
  deletedIds(): readonly string[];
  /** Leaves nothing of what was deleted from this table in the database's file, nor in its log. For a small table. */
  scrub(): void;
}

export type SqliteInstanceOptions = Readonly<Record<string, never>>;

type Changes<RxDocType> = EventBulk<
  RxStorageChangeEvent<RxDocumentData<RxDocType>>,
  RxStorageDefaultCheckpoint
>;

/** One collection of RxDB on one table of an SQLite file. */
export class SqliteStorageInstance<RxDocType>
  implements RxStorageInstance<RxDocType, SqliteInternals, SqliteInstanceOptions, RxStorageDefaultCheckpoint>
{
  readonly databaseName: string;
  readonly collectionName: string;
  readonly schema: Readonly<RxJsonSchema<RxDocumentData<RxDocType>>>;
  readonly internals: SqliteInternals;
  readonly options: SqliteInstanceOptions;
  readonly #primary: StringKeys<RxDocumentData<RxDocType>>;
  readonly #table: DocumentTable<RxDocType>;
  readonly #changes = new Subject<Changes<RxDocType>>();
  #closed: Promise<void> | null = null;

  constructor(
    params: RxStorageInstanceCreationParams<RxDocType, SqliteInstanceOptions>,
    connection: Connection,
    { isReadById }: { readonly isReadById: boolean },
  ) {
    this.databaseName = params.databaseName;
    this.collectionName = params.collectionName;
    this.schema = params.schema;
    this.options = params.options;
    this.#primary = getPrimaryFieldOfPrimaryKey(params.schema.primaryKey);
    this.#table = new DocumentTable({
      connection,
      name: `${params.databaseName}/${params.collectionName}/${params.schema.version}`,
      primary: this.#primary,
      schema: params.schema,
      isReadById,
    });
    this.internals = {
      connection,
      mentioning: (text, of) => this.#openTable.mentioning(text, of),
      beginning: (text) => this.#openTable.beginning(text),
      put: (rows) => {
        const table = this.#openTable;
        connection.transaction(() => table.put(rows));
      },
      after: (id, limit) => this.#openTable.after(id, limit),
      behind: (place, limit) => this.#openTable.behind(place, limit),
      before: (id, limit) => this.#openTable.before(id, limit),
      having: (field, text, limit) =>
        this.#openTable.page({ range: this.#rangeWith(field, text), skip: 0, limit }),
      live: (id) => this.#openTable.live(id),
      replace: (document) => {
        const table = this.#openTable;
        connection.transaction(() => table.replace(document as RxDocumentData<RxDocType>));
      },
      deletedIds: () => this.#openTable.deletedIds(),
      scrub: () => connection.rewriting(() => this.#openTable.rewrite()),
    };
  }

  /** One transaction: every row that is no conflict is on disk when this resolves, or, when it rejects, none is. */
  async bulkWrite(
    rows: BulkWriteRow<RxDocType>[],
    context: string,
  ): Promise<RxStorageBulkWriteResponse<RxDocType>> {
    this.#ensureOpen();
    const categorized = this.internals.connection.transaction(() => {
      const inDb = this.#table.byIds(rows.map((row) => this.#idOf(row.document)));
      const decided = categorizeBulkWriteRows<RxDocType>(this, this.#primaryOfInput(), inDb, rows, context);
      for (const row of decided.bulkInsertDocs) this.#table.insert(row.document);
      for (const row of decided.bulkUpdateDocs) this.#table.update(row.document);
      return decided;
    });
    const newest = categorized.newestRow?.document;
    if (categorized.eventBulk.events.length > 0 && newest !== undefined) {
      categorized.eventBulk.checkpoint = { id: this.#idOf(newest), lwt: newest._meta.lwt };
      this.#changes.next(categorized.eventBulk);
    }
    return { error: categorized.errors };
  }

  async findDocumentsById(ids: string[], withDeleted: boolean): Promise<RxDocumentData<RxDocType>[]> {
    this.#ensureOpen();
    const found = [...this.#table.byIds(ids).values()];
    return withDeleted ? found : found.filter((document) => !document._deleted);
  }

  async query(prepared: PreparedQuery<RxDocType>): Promise<RxStorageQueryResult<RxDocType>> {
    this.#ensureOpen();
    const { query, queryPlan } = prepared;
    const skip = query.skip ?? 0;
    const limit = query.limit ?? Number.POSITIVE_INFINITY;
    const range = this.rangeOf(prepared);
    if (queryPlan.selectorSatisfiedByIndex && queryPlan.sortSatisfiedByIndex) {
      return { documents: this.#table.page({ range, skip, limit }) };
    }
    const enough = queryPlan.sortSatisfiedByIndex ? skip + limit : Number.POSITIVE_INFINITY;
    const documents = this.#matching(prepared, range, enough);
    if (!queryPlan.sortSatisfiedByIndex) documents.sort(getSortComparator(this.schema, query));
    return { documents: documents.slice(skip, skip + limit) };
  }

  async count(prepared: PreparedQuery<RxDocType>): Promise<RxStorageCountResult> {
    this.#ensureOpen();
    const range = this.rangeOf(prepared);
    if (prepared.queryPlan.selectorSatisfiedByIndex) return { count: this.#table.count(range), mode: "fast" };
    return { count: this.#matching(prepared, range, Number.POSITIVE_INFINITY).length, mode: "fast" };
  }

  async getChangedDocumentsSince(
    limit: number,
    checkpoint?: RxStorageDefaultCheckpoint,
  ): Promise<{ documents: RxDocumentData<RxDocType>[]; checkpoint: RxStorageDefaultCheckpoint }> {
    this.#ensureOpen();
    const since = checkpoint ?? { lwt: Number.MIN_SAFE_INTEGER, id: "" };
    const documents = this.#table.changedSince({ ...since, limit });
    const last = documents.at(-1);
    return {
      documents,
      checkpoint:
        last === undefined
          ? (checkpoint ?? { lwt: 0, id: "" })
          : { id: this.#idOf(last), lwt: last._meta.lwt },
    };
  }

  changeStream(): Observable<Changes<RxDocType>> {
    return this.#changes.asObservable();
  }

  /** Forgets deleted documents, a step at a time; true when none of that age is left. */
  async cleanup(minimumDeletedTime: number): Promise<boolean> {
    this.#ensureOpen();
    return this.internals.connection.transaction(() =>
      this.#table.purgeDeletedBefore(now() - minimumDeletedTime),
    );
  }

  getAttachmentData(): Promise<never> {
    return Promise.reject(
      new Error("this storage keeps no attachments; pictures live beside it, by their hash"),
    );
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async remove(): Promise<void> {
    this.#ensureOpen();
    this.#table.drop();
    await this.close();
  }

  /** The part of an index that a query reads. */
  rangeOf({ queryPlan }: PreparedQuery<RxDocType>): IndexRange {
    return {
      index: queryPlan.index,
      from: getStartIndexStringFromLowerBound(this.schema, queryPlan.index, queryPlan.startKeys),
      fromInclusive: queryPlan.inclusiveStart,
      to: getStartIndexStringFromUpperBound(this.schema, queryPlan.index, queryPlan.endKeys),
      toInclusive: queryPlan.inclusiveEnd,
    };
  }

  #rangeWith(field: string, text: string): IndexRange {
    // As RxDB lays out every index: live ones apart, ties in the order of ids.
    const index = ["_deleted", field, this.#primary];
    return {
      index,
      from: getStartIndexStringFromLowerBound(this.schema, index, [false, text, INDEX_MIN]),
      fromInclusive: true,
      to: getStartIndexStringFromUpperBound(this.schema, index, [false, text, INDEX_MAX]),
      toInclusive: true,
    };
  }

  /** SQLite's own words on how it reads a query. */
  explain(prepared: PreparedQuery<RxDocType>): readonly string[] {
    return this.#table.plan(this.rangeOf(prepared));
  }

  #matching(
    prepared: PreparedQuery<RxDocType>,
    range: IndexRange,
    enough: number,
  ): RxDocumentData<RxDocType>[] {
    const matches = prepared.queryPlan.selectorSatisfiedByIndex
      ? () => true
      : getQueryMatcher(this.schema, prepared.query);
    const documents: RxDocumentData<RxDocType>[] = [];
    if (enough === 0) return documents;
    for (const document of this.#table.range(range)) {
      if (matches(document)) documents.push(document);
      if (documents.length >= enough) break;
    }
    return documents;
  }

  async #close(): Promise<void> {
    this.#changes.complete();
    this.#table.leave();
    this.internals.connection.release();
  }

  #idOf(document: object): string {
    return String(Reflect.get(document, this.#primary));
  }

  /** RxDB types the same field name once for a document with and once without its metadata. */
  #primaryOfInput(): StringKeys<RxDocType> {
    return this.#primary as unknown as StringKeys<RxDocType>;
  }

  get #openTable(): DocumentTable<RxDocType> {
    this.#ensureOpen();
    return this.#table;
  }

  #ensureOpen(): void {
    if (this.#closed !== null) throw new Error(`the collection ${this.collectionName} is closed`);
  }
}
