import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { PostgresForTests, SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { createSecretBox, SecretsKeyLost } from "../secrets/secret-box.ts";
import { PostgresStorage } from "./storage.ts";

const AT = instant(1_800_000_000_000);
const SIGNING_KEY = "MC4CAQAwBQYDK2VwBCIEIPrivateKeyOfTheServersReceipts";
const OTHER_KEY = new Uint8Array(32).fill(7);
const OTHER_SECRETS = createSecretBox({ place: "elsewhere", known: () => OTHER_KEY, make: () => OTHER_KEY });

let postgres: PostgresForTests;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, 120_000);

test("the key of receipts is sealed in the database, one that a version before kept as it was once the server starts", async () => {
  const url = await postgres.database();
  const client = new Client(url);
  await client.connect();
  const written = async () =>
    (await client.query<{ private_key: string }>("SELECT private_key FROM receipt_signing")).rows[0]
      ?.private_key;
  const storage = await PostgresStorage.open(url, { secrets: SECRETS_FOR_TESTS });
  try {
    await storage.write((tx) => tx.addReceiptSigningKey(SIGNING_KEY, AT));
    expect(await written()).not.toContain(SIGNING_KEY);
    await client.query("UPDATE receipt_signing SET private_key = $1", [SIGNING_KEY]);
    expect(await storage.read((tx) => tx.receiptSigningKey())).toBe(SIGNING_KEY);
    expect(await storage.write((tx) => tx.sealSecrets({ forgetsLost: false }))).toBe(0);
    expect(await written()).toMatch(/^sealed:1:/);
    expect(await storage.read((tx) => tx.receiptSigningKey())).toBe(SIGNING_KEY);
    const other = await PostgresStorage.open(url, { secrets: OTHER_SECRETS });
    try {
      await expect(other.read((tx) => tx.receiptSigningKey())).rejects.toThrow(SecretsKeyLost);
    } finally {
      await other.close();
    }
  } finally {
    await client.end();
    await storage.close();
    await postgres.giveBack(url);
  }
});
