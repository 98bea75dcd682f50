import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkRun, genesisHead } from "#domain/journal/check.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { earlier } from "#domain/journal/order-of-entries.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import type { JournalDatabase } from "../database.ts";
import { IdentityFile, PLAIN_VAULT } from "../identity.ts";
import type { OpenAppendFile } from "../journal/append-file.ts";
import { DiskJournal, sha256Hex } from "../journal/journal.ts";
import { documentsNewestFirst, readEntry } from "../journal/journal-document.ts";
import { type JournalStore, openJournalStore } from "../journal/open-store.ts";
import type { Recovery } from "../journal/recovery.ts";
import type { TillIdentity } from "../ports.ts";
import type { OpenFile } from "../storage/connection.ts";
import { FakeClock } from "./fake-clock.ts";
import { saleOf } from "./sale.ts";
import { DEVICE, MIRA, STORE } from "./shop-fixture.ts";

const NOTHING: AppliedUpTo = { epoch: 0, seq: 0 };
const REGISTER = 3;

interface Opened {
  readonly store: JournalStore;
  readonly journal: DiskJournal;
}

/** The journal of a paired till on a real disk, with the key that the till keeps over every restart. */
export class JournalBench {
  readonly folder: string;
  readonly identity: IdentityFile;
  readonly clock: FakeClock;
  /** How far the replica of each collection contains this till's entries. */
  readonly applied = new Map<ReplicaCollection, AppliedUpTo>();
  /** How its files are opened. Undefined: as on a disk that is well. */
  openFile: OpenFile | undefined;
  openAppend: OpenAppendFile | undefined;
  /** It lies in the place of one that lacks entries. */
  isStandIn = false;
  readonly copyFailures: unknown[] = [];
  /** How often its database was found damaged as it was written to. */
  hurts = 0;
  /** How often it was found well again. */
  hurtsOver = 0;
  readonly #prefix: string;
  #opened: Opened | null = null;
  #ids = 0;

  private constructor(
    folder: string,
    parts: { readonly identity: IdentityFile; readonly clock: FakeClock },
    prefix: string,
  ) {
    this.folder = folder;
    this.identity = parts.identity;
    this.clock = parts.clock;
    this.#prefix = prefix;
  }

  /** A till that has just been paired, unless told to leave its journal empty. */
  static async open({ begun = true }: { readonly begun?: boolean } = {}): Promise<JournalBench> {
    const bench = await JournalBench.on(mkdtempSync(join(tmpdir(), "onetill-journal-")));
    if (begun) await bench.journal.beginEpoch({ epoch: 1, register: REGISTER });
    return bench;
  }

  /** What a started till finds in a folder; a till without pairing is paired. Its new ids begin with the prefix. */
  static async on(folder: string, prefix = "id", given?: readonly JournalEntry[]): Promise<JournalBench> {
    const clock = new FakeClock();
    const identity = await IdentityFile.load(folder, PLAIN_VAULT, clock);
    if (identity.identity() === null)
      await identity.pairedWith({
        server: "http://server.test",
        token: "token",
        epoch: 1,
        identity: {
          device: DEVICE,
          store: STORE,
          storeCode: "BER1",
          storeName: "Kreuzberg",
          register: REGISTER,
          pairedAt: new FakeClock().now(),
        },
      });
    const bench = new JournalBench(folder, { identity, clock }, prefix);
    await bench.reopen(NOTHING, given);
    return bench;
  }

  get journal(): DiskJournal {
    return this.#now.journal;
  }

  get documents(): JournalDatabase["journal"] {
    return this.#now.store.database.journal;
  }

  get drafts(): JournalDatabase["drafts"] {
    return this.#now.store.database.drafts;
  }

  /** What the last start found and put right. */
  get recovery(): Recovery | null {
    return this.#now.store.recovery;
  }

  get #now(): Opened {
    if (this.#opened === null) throw new Error("the journal is not open");
    return this.#opened;
  }

  /** What a started till finds on disk. `acknowledged` is what it noted beside the journal, which may be long ago; `given` is what the server gave of what both copies lack. */
  async reopen(acknowledged = NOTHING, given?: readonly JournalEntry[]): Promise<DiskJournal> {
    await this.shut();
    const store = await openJournalStore({
      dataDir: this.folder,
      openFile: this.openFile,
      openAppend: this.openAppend,
      verify: this.identity.verify,
      clock: this.clock,
      given,
      onCopyFailing: (error) => this.copyFailures.push(error),
    });
    try {
      const journal = await DiskJournal.open(
        {
          collection: store.database.journal,
          copy: store.copy,
          onHurt: () => {
            this.hurts += 1;
          },
          onHurtOver: () => {
            this.hurtsOver += 1;
          },
          identity: () => this.identity.identity(),
          sign: this.identity.sign,
          verify: this.identity.verify,
          clock: this.clock,
          newId: () => this.newId(),
          isStandIn: this.isStandIn,
          appliedOf: (collection) => this.applied.get(collection) ?? NOTHING,
          appliedEverywhere: () => this.appliedEverywhere(),
        },
        acknowledged,
      );
      this.#opened = { store, journal };
      return journal;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  /** Ids that sort by age, as the till's do. */
  newId(): string {
    this.#ids += 1;
    return `${this.#prefix}-${String(this.#ids).padStart(6, "0")}`;
  }

  async sell(): Promise<Ticket> {
    const entry = await this.journal.append({
      staff: MIRA.id,
      makeFact: (head) =>
        saleOf({ head, identity: this.till, newId: () => this.newId(), at: this.clock.now() }),
    });
    if (entry.fact.type !== "ticket.completed") throw new Error("the journal wrote something else");
    return entry.fact.ticket;
  }

  signIn(): Promise<JournalEntry> {
    return this.journal.append({ staff: MIRA.id, makeFact: () => ({ type: "staff.signedIn" }) });
  }

  get till(): TillIdentity {
    const till = this.identity.identity();
    if (till === null) throw new Error("not paired");
    return till;
  }

  /** The replicas of these collections (all, unless named) contain the till's entries up to here. */
  apply(upTo: AppliedUpTo, collections: readonly ReplicaCollection[] = REPLICA_COLLECTIONS): void {
    for (const collection of collections) this.applied.set(collection, upTo);
  }

  appliedEverywhere(): AppliedUpTo {
    return REPLICA_COLLECTIONS.map((collection) => this.applied.get(collection) ?? NOTHING).reduce(earlier);
  }

  /** The next write fails as a disk does: before anything is written, or after everything is. */
  failNextWrite(when: "before" | "after"): void {
    const { documents } = this;
    const insert = documents.bulkInsert.bind(documents);
    documents.bulkInsert = async (rows) => {
      documents.bulkInsert = insert;
      if (when === "after") await insert(rows);
      throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
    };
  }

  /** Every entry on disk, oldest first. */
  async entries(): Promise<readonly JournalEntry[]> {
    return [...documentsNewestFirst(this.documents)].map(readEntry).reverse();
  }

  /** Throws unless each epoch's entries are gapless from 1, hang on one another, and are signed by this till: what the server checks. */
  checkChain(entries: readonly JournalEntry[]): void {
    for (const epoch of new Set(entries.map((entry) => entry.epoch))) {
      const checked = checkRun({
        entries: entries.filter((entry) => entry.epoch === epoch),
        head: genesisHead({ device: this.till.device, epoch }),
        hashAt: () => undefined,
        crypto: { sha256Hex, verify: this.identity.verify },
      });
      if (!checked.ok) throw new Error(`entry ${epoch}/${checked.reason.seq}: ${checked.reason.why}`);
    }
  }

  async close(): Promise<void> {
    await this.shut();
    rmSync(this.folder, { recursive: true });
  }

  /** Lets go of the files, and leaves them where they are. */
  async shut(): Promise<void> {
    await this.#opened?.store.close();
    this.#opened = null;
  }
}
