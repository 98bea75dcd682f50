import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { Connector } from "../../connectors/port.ts";
import { userRecord } from "../../testing/users.ts";
import { SecretsKeyLost } from "../secrets/secret-box.ts";
import { SqliteDatabase } from "./database.ts";
import { SqliteStorage } from "./storage.ts";

const AT = instant(1_800_000_000_000);
const MIRA = userRecord("admin", AT, {
  totp: { secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", lastStep: 7, recovery: ["recovery-hash"] },
});
const ENDPOINT = {
  id: "erp",
  url: "https://erp.example/in",
  secret: "whsec_secret-of-the-endpoint",
  types: [],
  createdAt: AT,
  pausedAt: null,
};
const SHOP: Connector = {
  id: "shop",
  platform: "shopify",
  channel: idOf<"Channel">("web"),
  webhookSecret: "secret-of-the-shop",
  apiUrl: "https://fen.example",
  credentials: { accessToken: "shpat_secret-token" },
  locations: {},
  createdAt: AT,
};
const SIGNING_KEY = "MC4CAQAwBQYDK2VwBCIEIPrivateKeyOfTheServersReceipts";
const SECRETS = [MIRA.totp!.secret, ENDPOINT.secret, SHOP.webhookSecret, "shpat_secret-token", SIGNING_KEY];

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-secrets-"));
  file = join(folder, "server.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function fill(): Promise<void> {
  const storage = new SqliteStorage(file);
  await storage.write(async (tx) => {
    await tx.putUser(MIRA);
    await tx.putUser(userRecord("support", AT));
    await tx.addWebhookEndpoint(ENDPOINT);
    await tx.addConnector({ ...SHOP, credentials: {} });
    await tx.putConnector(SHOP);
    await tx.addReceiptSigningKey(SIGNING_KEY, AT);
  });
  await storage.close();
}

/** As a version before kept them. */
async function keepPlain(): Promise<void> {
  const database = new SqliteDatabase(file);
  await database.run("UPDATE users SET totp = ? WHERE id = ?", JSON.stringify(MIRA.totp), MIRA.id);
  await database.run("UPDATE webhook_endpoints SET secret = ?", ENDPOINT.secret);
  await database.run("UPDATE connectors SET data = ?", JSON.stringify(SHOP));
  await database.run("UPDATE receipt_signing SET private_key = ?", SIGNING_KEY);
  database.close();
}

/** Whatever lies beside the key. */
function written(): string {
  const files = readdirSync(folder).filter((name) => name !== "secrets.key");
  return files.map((name) => readFileSync(join(folder, name), "latin1")).join("");
}

async function opened<T>(work: (storage: SqliteStorage) => Promise<T>): Promise<T> {
  const storage = new SqliteStorage(file);
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

const seal = (forgetsLost = false) =>
  opened((storage) => storage.write((tx) => tx.sealSecrets({ forgetsLost })));
const kept = () =>
  opened((storage) =>
    storage.read(async (tx) => ({
      user: await tx.user(MIRA.id),
      endpoints: await tx.webhookEndpoints(),
      shop: await tx.connector(SHOP.id),
      shops: await tx.connectors(),
      signing: await tx.receiptSigningKey(),
    })),
  );
const ALL = { user: MIRA, endpoints: [ENDPOINT], shop: SHOP, shops: [SHOP], signing: SIGNING_KEY };

test("the database holds no secret, and answers them as they were", async () => {
  await fill();
  expect(await kept()).toEqual(ALL);
  expect(written()).toContain("https://fen.example");
  for (const secret of SECRETS) expect(written()).not.toContain(secret);
});

test("what a version before kept as it was is read, and sealed as the server starts", async () => {
  await fill();
  await keepPlain();
  expect(written()).toContain(ENDPOINT.secret);
  expect(await kept()).toEqual(ALL);
  expect(await seal()).toBe(0);
  for (const secret of SECRETS) expect(written()).not.toContain(secret);
  expect(await kept()).toEqual(ALL);
  const before = written();
  expect(await seal()).toBe(0);
  expect(written()).toBe(before);
});

test("where the key is lost the server says so and writes nothing; told to forget, it goes on without those secrets", async () => {
  await fill();
  rmSync(join(folder, "secrets.key"));
  await expect(seal()).rejects.toThrow(SecretsKeyLost);
  await expect(seal()).rejects.toThrow(/Put it back from a backup/);
  expect(existsSync(join(folder, "secrets.key"))).toBe(false);
  expect(await seal(true)).toBe(4);
  const { user, endpoints, shop, signing } = await kept();
  // Another is made where one is asked for.
  expect(signing).toBeNull();
  expect(user).toEqual({ ...MIRA, totp: null });
  expect(endpoints).toEqual([{ ...ENDPOINT, secret: expect.stringMatching(/^whsec_/) }]);
  expect(endpoints[0]?.secret).not.toBe(ENDPOINT.secret);
  expect(shop).toEqual({ ...SHOP, credentials: {}, webhookSecret: expect.stringMatching(/^whsec_/) });
  expect(await seal()).toBe(0);
});

test("another key than the one that sealed is as good as none", async () => {
  await fill();
  writeFileSync(join(folder, "secrets.key"), Buffer.alloc(32, 7).toString("base64url"));
  await expect(seal()).rejects.toThrow(SecretsKeyLost);
});

test("a new server without secrets needs no key", async () => {
  expect(await seal()).toBe(0);
  expect(existsSync(join(folder, "secrets.key"))).toBe(false);
});
