import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VariantId } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { EnrolAnswer } from "#protocol/sync/enrol.ts";
import { createDeps, type ServerDeps } from "./http/deps.ts";
import type { DeviceRecord } from "./storage/port.ts";
import { asideHere } from "./storage/sqlite/aside-here.ts";
import { SqliteStorage } from "./storage/sqlite/storage.ts";
import { TestClock } from "./testing/clock.ts";
import { testDriver } from "./testing/connectors.ts";
import { BERLIN, HAMBURG, price, product } from "./testing/shop.ts";
import { TestTill } from "./testing/till.ts";

/** A till that was paired, and what the server answered. */
export interface PairedTill {
  readonly till: TestTill;
  readonly enrolment: EnrolAnswer;
  /** The till as the server knows it now. */
  record(): Promise<DeviceRecord>;
}

/** The server's parts on a real database in a folder of its own: two stores, a clock that stands still. Close it after the test. */
export class ServerForTests {
  readonly clock = new TestClock();
  readonly storage: SqliteStorage;
  readonly deps: ServerDeps;
  readonly #folder = mkdtempSync(join(tmpdir(), "onetill-server-"));

  /** Where its database lies. */
  readonly file = join(this.#folder, "server.sqlite");

  private constructor(sendsMail: boolean) {
    this.storage = new SqliteStorage(this.file, { aside: asideHere(this.file) });
    let made = 0;
    const newId = () => {
      made += 1;
      return `id-${made}`;
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

  static async open({ sendsMail = false } = {}): Promise<ServerForTests> {
    const server = new ServerForTests(sendsMail);
    await server.deps.publisher.publish(async (publication) => {
      await publication.putStore(BERLIN);
      await publication.putStore(HAMBURG);
    });
    return server;
  }

  async close(): Promise<void> {
    await this.deps.imports.idle();
    await this.deps.pdfs.close();
    await this.storage.close();
    rmSync(this.#folder, { recursive: true, force: true });
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

  /** What the till of this store would show of a variant's stock. */
  async stockOnTills(store: StoreSettings, variant: VariantId): Promise<number | null> {
    const rows = await this.storage.read((tx) =>
      tx.feedRows({ feed: `store:${store.store}`, collection: "stock", after: 0, limit: 10_000 }),
    );
    const row = rows.find(({ id }) => id === variant);
    return row?.data == null ? null : Number(JSON.parse(row.data).onHand);
  }
}
