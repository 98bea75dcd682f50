import { setImmediate as othersTurn } from "node:timers/promises";
import { z } from "zod";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { earlier } from "#domain/journal/order-of-entries.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  REPLICA_COLLECTIONS,
  REPLICA_SCHEMAS,
  type ReplicaCollection,
  type ReplicaDocument,
} from "#protocol/documents/collections.ts";
import { readAs } from "#protocol/later.ts";
import { type Recogniser, recogniserOf } from "#protocol/recognise.ts";
import { checkpointSchema, entryPlaceSchema, type ReplicaRow } from "#protocol/sync/replica.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { overwrite, type ReplicaDatabase, type ReplicaRecord } from "../database.ts";
import { Damaged, isCorrupt, isFailing } from "../disk-trouble.ts";
import type { Replica, Unwatch } from "../ports.ts";
import { keyIdOf } from "../seal.ts";
import type { BulkLoad } from "../storage/bulk-load.ts";
import type { StoredRow } from "../storage/table.ts";
import type { Keys } from "../till-keys.ts";
import { readableRows } from "./readable-rows.ts";
import { isKeptOpen, isSealedRow, openRow, PERSONAL_COLLECTIONS, sealRow } from "./sealed-rows.ts";

/** Documents written in one transaction: small enough that a scan never waits longer than a few milliseconds. */
const WRITE_CHUNK = 200;
/** Documents that a plain scan answers: a code or a variant is in few. */
const MENTIONING_AT_MOST = 200;
/** Without settings and staff nothing is sold at all. */
const KEPT_WHERE_UNREAD: ReadonlySet<ReplicaCollection> = new Set(["settings", "staff"]);
const NEVER: AppliedUpTo = { epoch: 0, seq: 0 };

const positionSchema = z.strictObject({
  checkpoint: checkpointSchema,
  applied: entryPlaceSchema,
  complete: z.boolean(),
  /** The protocol version of a till that could not read some of it: a later one takes all of it anew. */
  unreadBy: z.number().int().positive().exactOptional(),
});
/** How far a collection has come; `complete` once a whole first sync is in. */
export type Position = z.infer<typeof positionSchema>;

/** Most pulls bring nothing: those write nothing. */
export function isSamePlace(known: Position | null, { checkpoint, applied }: Position): boolean {
  return (
    known?.checkpoint === checkpoint &&
    known.applied.epoch === applied.epoch &&
    known.applied.seq === applied.seq
  );
}

/** Under which id the table of positions says by which keys the rows are sealed. */
const SEALED_BY = "sealedBy";
const sealedBySchema = z.strictObject({
  own: z.string(),
  /** Null: nothing is sealed by a lent key yet. */
  lent: z.string().nullable(),
});
type SealedBy = z.infer<typeof sealedBySchema>;
/** Under which id it says that nobody was missed who was erased before customers were taken whole. */
const MISSED_NOBODY = "missedNobody";

/** The replica is sealed by a key that this till no longer has: it is as good as damaged. */
export class ReplicaSealedOtherwise extends Error {}

/** A row with the JSON of its document as it came, where that is known. */
export type SentRow = ReplicaRow & { readonly json?: string };

type Change<C extends ReplicaCollection> = {
  readonly id: string;
  readonly data: ReplicaDocument<C> | null;
  /** The very document as JSON, where there is such a text already. */
  readonly json?: string | undefined;
};
/** `unread`: the server wrote it in a later version than this till's, and of a kind that it does not know. */
type ReadRow<C extends ReplicaCollection> = Change<C> & {
  readonly unread: boolean;
  readonly sent: unknown;
};
type KeptRecord = ReplicaRecord & { readonly _deleted: boolean };
const dismissedSchema = z.looseObject({ active: z.literal(false) });
type Watchers = { readonly [C in ReplicaCollection]: Set<(changes: readonly Change<C>[]) => void> };

/** The server's view of this store, on disk. Only sync writes it. */
export class DiskReplica implements Replica {
  readonly #database: ReplicaDatabase;
  readonly #keys: Keys;
  readonly #positions = new Map<ReplicaCollection, Position>();
  readonly #watchers = Object.fromEntries(
    REPLICA_COLLECTIONS.map((name) => [name, new Set()]),
  ) as unknown as Watchers;
  readonly #staff = new Map<string, StaffMember>();
  #settings: ReplicaDocument<"settings"> | null = null;
  #bulk: BulkLoad | null = null;
  /** Deleted by the server, and not written over: the disk did not take that. */
  readonly #notDeleted = new Map<ReplicaCollection, Set<string>>();
  /** Of a wipe that is begun and not done: what was there, for whoever watches to let go of it then. */
  #gone: ReadonlyMap<ReplicaCollection, Set<string>> | null = null;
  /** Null until it is known that everything of the till's own is sealed. */
  #sealedBy: SealedBy | null = null;
  #missedNobody = false;

  /** What a collection without a position counts as containing: it is empty, and whatever it will be taken from contains at least this. */
  readonly #atLeast: AppliedUpTo;
  /** Null while it is being opened: then it is thrown away at once. */
  #onCorrupt: ((error: unknown) => void) | null = null;

  private constructor(database: ReplicaDatabase, keys: Keys, atLeast: AppliedUpTo) {
    this.#database = database;
    this.#keys = keys;
    this.#atLeast = atLeast;
  }

  /**
   * `acknowledged` is how far the server was known to have this till's entries: a replica that was lost does not ask for more of them. `onCorrupt` is told each time that something in the file makes
   * no sense once it is open. Throws ReplicaSealedOtherwise where it does not open by these keys.
   */
  static async open(
    database: ReplicaDatabase,
    keys: Keys,
    {
      acknowledged = NEVER,
      version = PROTOCOL_VERSION,
      onCorrupt = () => undefined,
    }: {
      readonly acknowledged?: AppliedUpTo;
      readonly version?: number;
      readonly onCorrupt?: (error: unknown) => void;
    } = {},
  ): Promise<DiskReplica> {
    const replica = new DiskReplica(database, keys, acknowledged);
    await replica.#settleOwnKey();
    const [missed] = await database.positions.findDocumentsById([MISSED_NOBODY], false);
    replica.#missedNobody = missed?.value === "true";
    for (const name of REPLICA_COLLECTIONS) {
      const [saved] = await database.positions.findDocumentsById([name], false);
      if (saved === undefined) continue;
      const position = positionSchema.parse(JSON.parse(saved.value));
      replica.#positions.set(name, position);
      if (position.unreadBy !== undefined && position.unreadBy < version) await replica.startOver(name);
    }
    for await (const chunk of replica.scan("settings"))
      for (const document of chunk) replica.#settings = document;
    for await (const chunk of replica.scan("staff"))
      for (const document of chunk) replica.#staff.set(document.id, document);
    await replica.#settleLentKey();
    replica.#onCorrupt = onCorrupt;
    return replica;
  }

  settings(): StoreSettings | null {
    return this.#settings;
  }

  staff(): readonly StaffMember[] {
    return [...this.#staff.values()];
  }

  get isStaffRead(): boolean {
    return this.position("staff")?.complete === true;
  }

  position(collection: ReplicaCollection): Position | null {
    return this.#positions.get(collection) ?? null;
  }

  appliedOf(collection: ReplicaCollection): AppliedUpTo {
    return this.#positions.get(collection)?.applied ?? this.#atLeast;
  }

  /** The newest of this till's entries that every collection contains. */
  appliedEverywhere(): AppliedUpTo {
    return REPLICA_COLLECTIONS.map((collection) => this.appliedOf(collection)).reduce(earlier);
  }

  /** Whether every collection has had its first sync. */
  get complete(): boolean {
    return REPLICA_COLLECTIONS.every((name) => this.#positions.get(name)?.complete === true);
  }

  async get<C extends ReplicaCollection>(collection: C, id: string): Promise<ReplicaDocument<C> | null> {
    const [found] = await this.#database.collections[collection]
      .findDocumentsById([id], false)
      .catch((error: unknown) => this.#failed(error));
    return found === undefined ? null : this.#read(collection, found.data);
  }

  /** Leaves out what makes no sense or lies on a page that is lost, once the replica is open: one article that is hurt is no reason to have none. */
  async *scan<C extends ReplicaCollection>(collection: C): AsyncGenerator<readonly ReplicaDocument<C>[]> {
    for await (const records of this.#records(collection))
      yield records.filter((record) => !record._deleted).map((record) => this.#read(collection, record.data));
  }

  async mentioning<C extends ReplicaCollection>(
    collection: C,
    json: string,
    { after = "" }: { readonly after?: string } = {},
  ): Promise<readonly ReplicaDocument<C>[] | null> {
    const limit = MENTIONING_AT_MOST + 1;
    try {
      const records = this.#database.mentioning(collection, json, { after, limit });
      if (records.length > MENTIONING_AT_MOST) return null;
      return records.map(({ data }) => this.#read(collection, data));
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      this.#lost(error);
      return null;
    }
  }

  async beginning<C extends ReplicaCollection>(
    collection: C,
    text: string,
  ): Promise<readonly ReplicaDocument<C>[]> {
    return this.#telling(() => this.#database.beginning(collection, text)).map(({ data }) =>
      this.#read(collection, data),
    );
  }

  watch<C extends ReplicaCollection>(
    collection: C,
    onChange: (changes: readonly Change<C>[]) => void,
  ): Unwatch {
    const watchers: Set<(changes: readonly Change<C>[]) => void> = this.#watchers[collection];
    watchers.add(onChange);
    return () => watchers.delete(onChange);
  }

  /**
   * Writes rows that the server sent, in chunks, giving the event loop back between them, and in a bulk load after each: its next rows are there already. With `position` the collection has come that far: it
   * holds from the very moment the last chunk does, so that no sale counts twice on the screen in between, and is on disk with it. Throws on a document that is not of the collection's shape: then nothing of its chunk is written. `isLater`: the
   * server speaks a later version; what it wrote is read as far as this till knows it, and left out where it is of a kind that it does not (SPEC S151).
   */
  async write<C extends ReplicaCollection>(
    collection: C,
    rows: readonly SentRow[],
    position?: Position,
    { isLater = false }: { readonly isLater?: boolean } = {},
  ): Promise<void> {
    let start = 0;
    let { unreadBy } = this.#positions.get(collection) ?? {};
    let reached = position;
    do {
      const read = rows.slice(start, start + WRITE_CHUNK).map((row) => readRow(collection, row, isLater));
      if (read.some(({ unread }) => unread)) unreadBy = PROTOCOL_VERSION;
      // A store that changes its rules in a way that this till does not know goes on by those it has.
      const kept = KEPT_WHERE_UNREAD.has(collection) ? read.filter(({ unread }) => !unread) : read;
      const changes = [...kept, ...this.#dismissedUnread(collection, read)];
      start += WRITE_CHUNK;
      if (position !== undefined && unreadBy !== undefined) reached = { ...position, unreadBy };
      const arrived = start >= rows.length ? reached : undefined;
      const notDeleted = this.#notDeletedWith(collection, changes);
      this.#telling(() =>
        this.#database.atOnce(() => {
          this.#put(collection, changes);
          if (arrived !== undefined) note(this.#database, [[collection, arrived]]);
        }),
      );
      for (const { id } of changes) notDeleted.delete(id);
      if (arrived !== undefined) this.#positions.set(collection, arrived);
      if (changes.length > 0) this.#take(collection, changes);
      await this.#bulk?.wrote(changes.length);
      this.#tidySoon();
      if (this.#bulk !== null || start < rows.length) await othersTurn();
    } while (start < rows.length);
  }

  /** The collections have come so far, and there was nothing to write on the way. On disk in one transaction. Throws what the disk throws. */
  reach(positions: ReadonlyMap<ReplicaCollection, Position>): void {
    const moved: [ReplicaCollection, Position][] = [];
    for (const [collection, reached] of positions) {
      const known = this.position(collection);
      if (isSamePlace(known, reached)) continue;
      const position = known?.unreadBy === undefined ? reached : { ...reached, unreadBy: known.unreadBy };
      moved.push([collection, position]);
    }
    if (moved.length === 0) return;
    this.#telling(() => note(this.#database, moved));
    for (const [collection, position] of moved) this.#positions.set(collection, position);
    this.#tidySoon();
  }

  /**
   * Runs `work`, which writes very much that can be pulled again: a power cut in the midst of it may take back the last of it. What is written
   * after it is on the disk together with all of it. Throws what `work` and the disk throw.
   */
  async inBulk<T>(work: () => Promise<T>): Promise<T> {
    const bulk = this.#database.beginBulkLoad();
    this.#bulk = bulk;
    try {
      return await work();
    } finally {
      this.#bulk = null;
      await bulk?.end();
    }
  }

  /** Whether what is known of customers cannot be read until the server lends its key again. */
  get needsConnection(): boolean {
    return this.#keys.lent === null && this.#sealedBy !== null && this.#sealedBy.lent !== null;
  }

  /** Whether the key that this till was lent is here, and is the one that its customers are sealed by. */
  get isSealedByLentKey(): boolean {
    const { lent } = this.#keys;
    return lent !== null && this.#sealedBy?.lent === keyIdOf(lent);
  }

  /**
   * The lent key is another than it was, or gone: everybody who watches is told what can be read of customers by now. Rows that another key
   * sealed are taken anew. Throws what the disk throws.
   */
  async lentKeyChanged(): Promise<void> {
    await this.#settleLentKey();
    for (const collection of PERSONAL_COLLECTIONS) await this.#tellAnew(collection);
  }

  /** Ids of every document there is, also of those that make no sense. */
  async ids(collection: ReplicaCollection): Promise<Set<string>> {
    const ids = new Set<string>();
    await this.#addIds(collection, ids);
    return ids;
  }

  /** The collection has to be taken whole again. What it holds stays until then: yesterday's prices are better than none. */
  async startOver(collection: ReplicaCollection): Promise<void> {
    const position = { checkpoint: "", applied: this.appliedOf(collection), complete: false };
    this.#positions.set(collection, position);
    note(this.#database, [[collection, position]]);
  }

  /** Customers were taken whole, and who had been erased by then is nowhere in them: this till may not have heard of it. */
  get mayHaveMissed(): boolean {
    return this.position("customers")?.complete === true && !this.#missedNobody;
  }

  /** Whoever they were, nothing of them is left here. Throws what the disk throws. */
  missedNobody(): void {
    this.#telling(() => note(this.#database, [[MISSED_NOBODY, true]]));
    this.#missedNobody = true;
  }

  /** Ids of deleted documents of which something may be left in the files: also of those that could not be written over. */
  deletedIds(collection: ReplicaCollection): readonly string[] {
    const noted = this.#telling(() => this.#database.deletedIds(collection));
    return [...new Set([...noted, ...(this.#notDeleted.get(collection) ?? [])])];
  }

  /**
   * Leaves nothing in the files of what was deleted so far, of any collection; those that were deleted in this one count as dealt with then. Throws where the file is hurt, for what is written anew then is perhaps not all that was
   * deleted: that goes with the file, at the next start.
   */
  async scrub(collection: ReplicaCollection): Promise<void> {
    const damage = await this.#database.lookAgain("compare");
    if (damage !== null) {
      // As little of it as can be stays until then.
      await this.#database.scrub().catch(() => undefined);
      this.#failed(new Damaged(damage));
    }
    await this.#database.scrub().catch((error: unknown) => this.#failed(error));
    await this.#forgetDeleted(collection);
  }

  /** Whether there is nothing to wipe: no document lies in the file, deleted ones included, and no wipe is to be finished. */
  isEmpty(): boolean {
    if (this.#gone !== null || REPLICA_COLLECTIONS.some((name) => this.position(name)?.complete === true))
      return false;
    try {
      const tables = Object.values(this.#database.collections);
      return tables.every(({ internals }) => internals.behind(0, 1).length === 0);
    } catch {
      return false;
    }
  }

  /**
   * Throws away everything, as HQ demands of a till that it has revoked: the files themselves, for of a page that cannot be read no row can be wiped, and a full disk takes no writes. Throws what the disk throws that does
   * not let them go, or takes no new ones: then nothing of it counts as there any more, and `finishWipe` goes on with it.
   */
  async wipe(): Promise<void> {
    // A crash from here on is the end of it all the same: the next start throws it away.
    await this.#database.aboutToGo();
    const gone = this.#gone ?? this.#inMemory();
    this.#gone = gone;
    // It goes whether it can be read or not.
    for (const [collection, ids] of gone) await this.#addIds(collection, ids).catch(() => undefined);
    try {
      await this.#database.beginAnew();
    } finally {
      this.#forgetAll();
    }
    for (const [collection, ids] of gone) await this.#tellGone(collection, [...ids]);
    await this.#saveSealedBy({ own: keyIdOf(this.#keys.own), lent: null });
    note(this.#database, [...this.#positions]);
    this.#gone = null;
  }

  /** Whoever reads on at a server that knows this till again does so from the beginning, and into files that are there. Does nothing where no wipe failed. Throws what `wipe` throws. */
  async finishWipe(): Promise<void> {
    if (this.#gone !== null) await this.wipe();
  }

  #inMemory(): ReadonlyMap<ReplicaCollection, Set<string>> {
    const gone = new Map(REPLICA_COLLECTIONS.map((collection) => [collection, new Set<string>()]));
    for (const id of this.#staff.keys()) gone.get("staff")?.add(id);
    if (this.#settings !== null) gone.get("settings")?.add(this.#settings.id);
    return gone;
  }

  #forgetAll(): void {
    for (const collection of REPLICA_COLLECTIONS)
      this.#positions.set(collection, {
        checkpoint: "",
        applied: this.appliedOf(collection),
        complete: false,
      });
    this.#notDeleted.clear();
    this.#missedNobody = false;
    this.#settings = null;
    this.#staff.clear();
  }

  /** Those that were read before the disk threw are added as well. */
  async #addIds(collection: ReplicaCollection, ids: Set<string>): Promise<void> {
    for await (const rows of this.#rows(collection))
      for (const { id, isDeleted } of rows) if (!isDeleted) ids.add(id);
  }

  async #tellGone<C extends ReplicaCollection>(collection: C, ids: readonly string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += WRITE_CHUNK) {
      this.#take(
        collection,
        ids.slice(start, start + WRITE_CHUNK).map((id) => ({ id, data: null })),
      );
      await othersTurn();
    }
  }

  /** Until these changes are written, what they delete is not. */
  #notDeletedWith(
    collection: ReplicaCollection,
    changes: readonly { readonly id: string; readonly data: unknown }[],
  ): Set<string> {
    const ids = this.#notDeleted.get(collection) ?? new Set();
    for (const { id, data } of changes) if (data === null) ids.add(id);
    this.#notDeleted.set(collection, ids);
    return ids;
  }

  /** A till that sells nothing has nobody else who writes the log back before there is very much in it. */
  #tidySoon(): void {
    setImmediate(() => this.#database.tidy("pull"));
  }

  /** Frees what deleted documents still take up. */
  async #forgetDeleted(collection: ReplicaCollection): Promise<void> {
    const table = this.#database.collections[collection];
    while (!(await table.cleanup(0))) await othersTurn();
  }

  #read<C extends ReplicaCollection>(collection: C, data: object): ReplicaDocument<C> {
    // What is on this till's disk was checked when it was written; reading it again for every scan would double the start.
    return openRow(collection, data, this.#keys);
  }

  async #settleOwnKey(): Promise<void> {
    const own = keyIdOf(this.#keys.own);
    const [saved] = await this.#database.positions.findDocumentsById([SEALED_BY], false);
    if (saved !== undefined) this.#sealedBy = sealedBySchema.parse(JSON.parse(saved.value));
    if (this.#sealedBy?.own === own) return;
    if (this.#sealedBy !== null)
      throw new ReplicaSealedOtherwise("the replica is sealed by a key that is not there");
    await this.#sealOpenRows(["staff"]);
    await this.#saveSealedBy({ own, lent: null });
  }

  async #settleLentKey(): Promise<void> {
    const { lent, own } = this.#keys;
    const by = this.#sealedBy;
    if (lent === null || this.isSealedByLentKey) return;
    if (by === null || by.lent === null) await this.#sealOpenRows(PERSONAL_COLLECTIONS);
    else for (const collection of PERSONAL_COLLECTIONS) await this.startOver(collection);
    await this.#saveSealedBy({ own: keyIdOf(own), lent: keyIdOf(lent) });
  }

  /**
   * What an earlier version kept as it was, nothing of which stays in the files: also where all is sealed already, for the power may have gone before
   * they were scrubbed.
   */
  async #sealOpenRows(collections: readonly ReplicaCollection[]): Promise<void> {
    let found = 0;
    for (const collection of collections)
      for await (const records of this.#records(collection)) {
        found += records.length;
        const open = records.filter(({ _deleted, data }) => !_deleted && !isSealedRow(data));
        if (open.length === 0) continue;
        this.#put(
          collection,
          open.map(({ id, data }) => ({ id, data: this.#read(collection, data) })),
        );
      }
    if (found > 0) await this.#database.scrub();
  }

  async #tellAnew<C extends ReplicaCollection>(collection: C): Promise<void> {
    for await (const documents of this.scan(collection))
      this.#take(
        collection,
        documents.map((data) => ({ id: data.id, data })),
      );
  }

  async #saveSealedBy(by: SealedBy): Promise<void> {
    note(this.#database, [[SEALED_BY, by]]);
    this.#sealedBy = by;
  }

  #put<C extends ReplicaCollection>(collection: C, changes: readonly Change<C>[]): void {
    const { collections, token } = this.#database;
    overwrite({
      table: collections[collection],
      token,
      changes: changes.map((change) => ({
        id: change.id,
        field: `"data":${this.#jsonOf(collection, change)}`,
        isDeleted: change.data === null,
      })),
    });
  }

  #jsonOf<C extends ReplicaCollection>(collection: C, { data, json }: Change<C>): string {
    if (data === null) return "{}";
    if (json !== undefined && isKeptOpen(collection)) return json;
    return JSON.stringify(sealRow(collection, data, this.#keys));
  }

  async *#records(collection: ReplicaCollection): AsyncGenerator<readonly KeptRecord[]> {
    for await (const rows of this.#rows(collection)) yield rows.flatMap((row) => this.#recordOf(row) ?? []);
  }

  /** What can be read of a collection, once the replica is open. Throws at its end what the disk threw that may be over the next time. */
  async *#rows(collection: ReplicaCollection): AsyncGenerator<readonly StoredRow[]> {
    const notNow: unknown[] = [];
    const onLost = (error: unknown): void => {
      if (isCorrupt(error)) this.#lost(error);
      else if (this.#onCorrupt !== null && isFailing(error)) notNow.push(error);
      else throw error;
    };
    const table = {
      // Its file may be another one by the next of them.
      after: (id: string, limit: number) => this.#database.collections[collection].internals.after(id, limit),
      behind: (place: number, limit: number) =>
        this.#database.collections[collection].internals.behind(place, limit),
    };
    yield* readableRows(table, onLost);
    if (notNow.length > 0) throw notNow[0];
  }

  #recordOf({ id, json }: StoredRow): KeptRecord | null {
    try {
      // Only this class writes them.
      const record = JSON.parse(json) as KeptRecord | null;
      if (record?.id !== id) throw new SyntaxError(`what lies under ${id} is another's`);
      return record;
    } catch (error) {
      this.#lost(error);
      return null;
    }
  }

  /** Something in the file makes no sense. Throws it while the replica is being opened. */
  #lost(error: unknown): void {
    if (this.#onCorrupt === null) throw error;
    this.#onCorrupt(error);
  }

  #telling<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      return this.#failed(error);
    }
  }

  #failed(error: unknown): never {
    if (isCorrupt(error)) this.#onCorrupt?.(error);
    throw error;
  }

  #take<C extends ReplicaCollection>(collection: C, changes: readonly Change<C>[]): void {
    if (collection === "settings")
      for (const { data } of changes)
        this.#settings = data === null ? null : (data as ReplicaDocument<"settings">);
    if (collection === "staff") this.#takeStaff(changes);
    const watchers: Set<(changes: readonly Change<C>[]) => void> = this.#watchers[collection];
    for (const watcher of watchers) watcher(changes);
  }

  /** Whoever is dismissed is locked out also where the rest of what a later server says of them cannot be read. */
  #dismissedUnread<C extends ReplicaCollection>(
    collection: C,
    read: readonly ReadRow<C>[],
  ): readonly Change<C>[] {
    if (collection !== "staff") return [];
    return read.flatMap(({ id, unread, sent }) => {
      const known = this.#staff.get(id);
      if (!unread || known === undefined || !dismissedSchema.safeParse(sent).success) return [];
      return [{ id, data: { ...known, active: false } as ReplicaDocument<C> }];
    });
  }

  #takeStaff(changes: readonly { readonly id: string; readonly data: unknown }[]): void {
    for (const { id, data } of changes) {
      if (data === null) this.#staff.delete(id);
      else this.#staff.set(id, data as StaffMember);
    }
  }
}

/** Made with the first row of a collection. */
const recognisers = new Map<ReplicaCollection, Recogniser | null>();

function isRecognised<C extends ReplicaCollection>(collection: C, sent: unknown): sent is ReplicaDocument<C> {
  let recognises = recognisers.get(collection);
  if (recognises === undefined) {
    recognises = recogniserOf(REPLICA_SCHEMAS[collection]);
    recognisers.set(collection, recognises);
  }
  return recognises?.(sent) === true;
}

/** The boundary: what the server sent becomes a document of the collection. */
function readRow<C extends ReplicaCollection>(collection: C, row: SentRow, isLater: boolean): ReadRow<C> {
  const { id } = row;
  if (row.deleted) return { id, data: null, unread: false, sent: null };
  const { data: sent, json } = row;
  if (isRecognised(collection, sent)) return { id, data: sent, json, unread: false, sent };
  const found = readAs(REPLICA_SCHEMAS[collection], sent, isLater);
  if (found.read !== "not") return { id, data: found.data as ReplicaDocument<C>, unread: false, sent };
  if (!isLater) throw found.error;
  return { id, data: null, unread: true, sent };
}

/** In a copy in which nothing is said of customers no lent key is missed. Throws what the disk throws. */
export async function missNoLentKey(database: ReplicaDatabase): Promise<void> {
  const [saved] = await database.positions.findDocumentsById([SEALED_BY], false);
  if (saved === undefined) return;
  const by: SealedBy = { ...sealedBySchema.parse(JSON.parse(saved.value)), lent: null };
  note(database, [[SEALED_BY, by]]);
}

/** Writes what the replica knows of itself, each by its name, in one transaction. */
function note(
  { positions, token }: ReplicaDatabase,
  known: readonly (readonly [string, Position | SealedBy | boolean])[],
): void {
  const changes = known.map(([id, value]) => ({
    id,
    field: `"value":${JSON.stringify(JSON.stringify(value))}`,
    isDeleted: false,
  }));
  overwrite({ table: positions, token, changes });
}
