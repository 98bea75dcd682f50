import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { wholeShop } from "../../testing/whole-shop.ts";
import { factsOf } from "./facts.ts";
import { lookAtSqlite } from "./sqlite-shop.ts";

/** Wherever a secret is kept. */
const SEALED = [
  "UPDATE users SET totp = 'sealed:1:x' WHERE id = (SELECT min(id) FROM users)",
  "UPDATE webhook_endpoints SET secret = 'sealed:1:x' WHERE id = (SELECT min(id) FROM webhook_endpoints)",
  `UPDATE connectors SET data = '{"sealed":"sealed:1:x"}' WHERE id = (SELECT min(id) FROM connectors)`,
  "UPDATE receipt_signing SET private_key = 'sealed:1:x'",
  "UPDATE lent_keys SET key = 'sealed:1:x' WHERE device = (SELECT min(device) FROM lent_keys)",
];

test("every kind of secret that the key of the servers opens is counted", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-facts-"));
  const file = join(folder, "shop.sqlite");
  try {
    wholeShop(file);
    for (const [at, seal] of SEALED.entries()) {
      const database = new DatabaseSync(file);
      expect(database.prepare(seal).run().changes).toBe(1);
      database.close();
      const shop = lookAtSqlite(file);
      expect((await factsOf(shop)).sealed).toBe(at + 1);
      shop.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
