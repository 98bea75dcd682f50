import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { VariantId } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { EnrolAnswer } from "#protocol/sync/enrol.ts";
import { createDeps, type ServerDeps } from "./http/deps.ts";
import type { Place } from "./storage/copies/place.ts";
import type { DeviceRecord, FeedRow, Storage } from "./storage/port.ts";
import { PostgresStorage } from "./storage/postgres/storage.ts";
import type { Database } from "./storage/sql/database.ts";
import { asideHere } from "./storage/sqlite/aside-here.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { COLLECTION_FEEDS } from "./sync/feeds.ts";
import {
  createPulls,
  headsOf,
  type PageAsk,
  type PullPage,
  type PullRefusal,
  type Pulls,
} from "./sync/pull.ts";
import { TestClock } from "./testing/clock.ts";
import { testDriver } from "./testing/connectors.ts";
import { putNewSqlite } from "./testing/new-sqlite.ts";
import { PostgresForTests, SECRETS_FOR_TESTS } from "./testing/postgres.ts";
import { BERLIN, HAMBURG, price, product } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";

/** A till that was paired, and what the server answered. */
export interface PairedTill {
  readonly till: TestTill;
  readonly enrolment: EnrolAnswer;
  /** The till as the server knows it now. */
  record(): Promise<DeviceRecord>;
}

/** What tests run on: SQLite, or PostgreSQL where `ONETILL_TEST_ENGINE=postgres` says so. */
export const TEST_ENGINE: Database["engine"] =
  process.env.ONETILL_TEST_ENGINE === "postgres" ? "postgres" : "sqlite";

/** The server's parts on a real database of their own: two stores, a clock that stands still. Close it after the test. */
export class ServerForTests {
  readonly clock = new TestClock();
  readonly storage: Storage;
  readonly deps: ServerDeps;
  readonly pulls: Pulls;
  readonly #database: DatabaseForTests;

  private constructor(database: DatabaseForTests, { sendsMail, ids }: { sendsMail: boolean; ids: string }) {
    this.#database = database;
    this.storage = database.storage;
    this.pulls = createPulls({ now: this.clock.now });
    let made = 0;
    const newId = () => {
      made += 1;
      return `${ids}-${made}`;
    };
    this.deps = createDeps({
      storage: this.storage,
      now: this.clock.now,
      newId,
      drivers: { shopify: testDriver },
      chance: () => 0,
      sendsMail,
    });
  }

  static async open({
    engine = TEST_ENGINE,
    sendsMail = false,
    ids = "id",
    stores = [BERLIN, HAMBURG],
  }: Partial<Pick<Database, "engine">> & {
    readonly sendsMail?: boolean;
    /** What ids begin with that are made here: two servers of one test make none twice. */
    readonly ids?: string;
    readonly stores?: readonly StoreSettings[];
  } = {}): Promise<ServerForTests> {
    const server = new ServerForTests(await databaseForTests(engine), { sendsMail, ids });
    await server.deps.publisher.publish(async (publication) => {
      for (const store of stores) await publication.putStore(store);
    });
    return server;
  }

  /** Where its database lies. Only SQLite's is a file: what asks for it is no test of PostgreSQL. */
  get file(): string {
    const { place } = this.#database;
    if (place.engine === "postgres") throw new Error("a database of PostgreSQL is no file");
    return place.file;
  }

  /** Where its database is, for whoever looks at all of it. */
  get place(): Place {
    return this.#database.place;
  }

  /** Runs statements beside the server, in words that its engine knows. */
  async run(...statements: readonly string[]): Promise<void> {
    await this.#database.run(statements);
  }

  async close(): Promise<void> {
    await this.deps.imports.idle();
    await this.deps.pdfs.close();
    await this.storage.close();
    await this.#database.remove();
  }

  async pair(store: StoreSettings = BERLIN): Promise<PairedTill> {
    const code = await this.deps.enrolment.makePairingCode(store.code);
    if (code === null) throw new Error(`no store ${store.code}`);
    const till = new TestTill({ store: store.store });
    const paired = await this.deps.enrolment.pair({
      kind: "pair",
      code: code.code,
      publicKey: till.publicKey,
      name: "Till",
    });
    if (!paired.ok) throw new Error(paired.reason);
    till.device = paired.value.device;
    const record = async () => {
      const device = await this.storage.read((tx) => tx.device(till.device));
      if (device === null) throw new Error("the till is gone");
      return device;
    };
    return { till, enrolment: paired.value, record };
  }

  /** Puts products with these variants on sale, `onHand` of each in Berlin. */
  async stockUp(variants: readonly VariantId[], onHand: number): Promise<void> {
    await this.deps.publisher.publish(async (publication) => {
      for (const variant of variants) {
        await publication.putProduct(product(variant));
        await publication.putPrice(price(variant));
        const place = { store: BERLIN.store, variant };
        await publication.tx.addMovement(
          { ...place, quantity: onHand, reason: { kind: "initial" } },
          { cause: "initial", at: publication.at },
        );
        await publication.putStockLevel({ ...place, onHand });
      }
    });
  }

  /** What a till of this record is answered to a pull, were its store's settings these. */
  pull({
    device,
    store,
    ...ask
  }: PageAsk & { readonly device: DeviceRecord; readonly store: StoreSettings }): Promise<
    Result<PullPage, PullRefusal>
  > {
    return this.storage.read(async (tx) => {
      const { id, epoch } = device;
      const chainHead = await tx.chainHead({ store: device.store, device: id, epoch });
      const heads = await headsOf(tx, COLLECTION_FEEDS[ask.collection](store));
      const standing = { device, store, era: await tx.newestEra(), chainHead, heads };
      return this.pulls.readingIn(tx).page(standing, ask);
    });
  }

  /** What the till of this store would show of a variant's stock. */
  async stockOnTills(store: StoreSettings, variant: VariantId): Promise<number | null> {
    const row = await this.#stockTold(store, variant);
    return row?.data == null ? null : Number(JSON.parse(row.data).onHand);
  }

  /** Where that stands in the store's feed: its tills are woken for what is newer. */
  async stockToldAt(store: StoreSettings, variant: VariantId): Promise<number> {
    const row = await this.#stockTold(store, variant);
    if (row === undefined) throw new Error(`tills of ${store.code} were told nothing of ${variant}`);
    return row.seq;
  }

  async #stockTold({ store }: StoreSettings, variant: VariantId): Promise<FeedRow | undefined> {
    const rows = await this.storage.read((tx) =>
      tx.feedRows({ feed: `store:${store}`, collection: "stock", after: 0, limit: 10_000 }),
    );
    return rows.find(({ id }) => id === variant);
  }
}

interface DatabaseForTests {
  readonly storage: Storage;
  readonly place: Place;
  run(statements: readonly string[]): Promise<void>;
  remove(): Promise<void>;
}

async function databaseForTests(engine: Database["engine"]): Promise<DatabaseForTests> {
  if (engine === "postgres") {
    const postgres = await PostgresForTests.shared();
    const url = await postgres.database();
    return {
      storage: await PostgresStorage.open(url, { secrets: SECRETS_FOR_TESTS }),
      place: { engine, url },
      run: (statements) => postgres.run(url, statements),
      remove: () => postgres.giveBack(url),
    };
  }
  const folder = mkdtempSync(join(tmpdir(), "onetill-server-"));
  const file = join(folder, "server.sqlite");
  putNewSqlite(file);
  return {
    storage: new SqliteStorage(file, { aside: asideHere(file) }),
    place: { engine, file },
    run: async (statements) => {
      const database = new DatabaseSync(file);
      for (const statement of statements) database.exec(statement);
      database.close();
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
