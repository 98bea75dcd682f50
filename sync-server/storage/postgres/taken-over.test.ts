import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { BERLIN, HAMBURG } from "../../testing/shop.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-process.ts";
import { PostgresStorage } from "./storage.ts";

const STARTS_WITHIN_MS = 120_000;

let own: OwnPostgres;
beforeAll(async () => {
  own = await startOwnPostgres(["wal_level=replica", "fsync=off", "shared_buffers=32MB"]);
}, STARTS_WITHIN_MS);
afterAll(() => own.stop());

async function takeOver(): Promise<void> {
  await own.becomeStandby();
  const beside = new Client({ connectionString: own.url("postgres") });
  await beside.connect();
  await beside.query("SELECT pg_promote(true, 60)");
  await beside.end();
}

test(
  "a standby that takes over may lack commits: whoever writes first begins an era with it, before any number is given out anew",
  async () => {
    const servers = await Promise.all(
      [1, 2].map(() => PostgresStorage.open(own.url("postgres"), { secrets: SECRETS_FOR_TESTS })),
    );
    const [storage, other] = servers as [PostgresStorage, PostgresStorage];
    const era = () => storage.read((tx) => tx.newestEra());
    try {
      await storage.write((tx) => tx.beginEra({ era: "1", at: instant(1) }));
      await other.write((tx) => tx.putStore(BERLIN));
      expect(await era()).toBe("1");

      await takeOver();
      const seen = await storage.write(async (tx) => {
        await tx.putStore(HAMBURG);
        return tx.newestEra();
      });
      expect([seen === "1", await era()]).toEqual([false, seen]);
      await storage.write((tx) => tx.putStore(HAMBURG));
      expect(await era()).toBe(seen);

      await other.write((tx) => tx.putStore(BERLIN));
      await other.write((tx) => tx.putStore(BERLIN));
      expect(await storage.read((tx) => tx.endOfEra("1"))).toEqual(new Map());
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  },
  STARTS_WITHIN_MS,
);
