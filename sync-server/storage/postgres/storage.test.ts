import { beforeAll, describe, test } from "vitest";
import { PostgresForTests } from "../../testing/postgres.ts";
import { STORAGE_CONTRACT } from "../contract.ts";
import { PostgresStorage } from "./storage.ts";

let postgres: PostgresForTests;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, 120_000);

describe("PostgreSQL keeps the storage contract", () => {
  for (const { promise, check } of STORAGE_CONTRACT) {
    test(promise, async () => {
      const url = await postgres.database();
      let storage = await PostgresStorage.open(url);
      try {
        await check(storage, async () => {
          await storage.close();
          storage = await PostgresStorage.open(url);
          return storage;
        });
      } finally {
        await storage.close();
        await postgres.giveBack(url);
      }
    });
  }
});
