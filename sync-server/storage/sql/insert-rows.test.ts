import fc from "fast-check";
import { expect, test } from "vitest";
import type { Database } from "./database.ts";
import { insertRows } from "./insert-rows.ts";

test("every row is put once and in its order, with few different statements", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(200), async (count) => {
      const put: unknown[] = [];
      const statements: string[] = [];
      const database = {
        send: (sql: string, ...values: readonly unknown[]) => {
          statements.push(sql);
          put.push(...values);
        },
      } as unknown as Database;
      const rows = Array.from({ length: count }, (_, nth) => [nth, `row ${nth}`]);
      await insertRows(database, { into: "t (n, name)", rows });
      expect(put).toEqual(rows.flat());
      expect(new Set(statements).size).toBeLessThanOrEqual(6);
      expect(statements.length).toBeLessThanOrEqual(count / 32 + 6);
    }),
  );
});
