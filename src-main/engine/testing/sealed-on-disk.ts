import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { REPLICA_FILE } from "../database.ts";

/** Enough to be nobody else's. */
const SEALED_CHARS = 60;
const row = z.object({ data: z.object({ sealed: z.string() }) });

/** Of these customers' rows in a till's replica, the beginning of what is sealed, as it lies on the disk. Each is read by its id: other pages may be lost. */
export function sealedOnDisk(folder: string, ids: readonly string[]): readonly string[] {
  const database = new DatabaseSync(join(folder, REPLICA_FILE), { readOnly: true });
  try {
    const byId = database.prepare(`SELECT data FROM "replica/customers/0" WHERE id = ?`);
    return ids.map((id) => {
      const { data } = row.parse(JSON.parse(String(byId.get(id)?.data)));
      return data.sealed.slice(0, SEALED_CHARS);
    });
  } finally {
    database.close();
  }
}
