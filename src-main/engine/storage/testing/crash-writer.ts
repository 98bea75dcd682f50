import { getRxStorageSQLite } from "../storage.ts";
import { openArticles, record } from "./articles.ts";

/** Documents per bulk: enough that a half-written one would show. */
export const BULK = 5;

/** Writes bulk after bulk and says each time, once it was answered, how many; until it is killed or `count` is reached. */
async function writeUntilKilled(file: string, from: number, count: number): Promise<void> {
  const articles = await openArticles(getRxStorageSQLite({ file }), { databaseName: "shop", options: {} });
  for (let bulk = from; bulk < from + count; bulk += 1) {
    const rows = Array.from({ length: BULK }, (_, place) => ({
      document: record(
        { id: `${bulk}-${place}`, name: `bulk ${bulk}`, shelf: place, onSale: true },
        { revision: 1, lwt: bulk + 1 },
      ),
    }));
    await articles.bulkWrite(rows, "test");
    process.stdout.write(`acknowledged ${bulk}\n`);
  }
}

const [, script, file, from, count] = process.argv;
if (script === import.meta.filename && file !== undefined)
  await writeUntilKilled(file, Number(from), Number(count));
