import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getRxStorageSQLite } from "./storage.ts";
import { openArticles, temporaryFolder } from "./testing/articles.ts";
import { BULK } from "./testing/crash-writer.ts";

/** How often the writer is killed. `KILLS=1000` makes a longer run. */
const KILLS = Number(process.env.KILLS ?? 100);
/** A killed writer had at least this many bulks answered, so that it is killed at work and not at its start. */
const MAX_BULKS_BEFORE_KILL = 6;

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

/** Starts the writer of so many bulks. */
function startWriter(file: string, from: number, count: number) {
  const writer = resolve(import.meta.dirname, "testing/crash-writer.ts");
  return spawn(process.execPath, [writer, file, String(from), String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Starts the writer and kills it at once after it has said so many bulks: in the middle of the next one. Returns the last bulk it said. */
async function writeAndKill(file: string, from: number, bulks: number): Promise<number> {
  const child = startWriter(file, from, 1_000_000);
  let said = "";
  child.stdout.on("data", (piece: Buffer) => {
    said += piece.toString();
    if (said.split("\n").length > bulks) child.kill("SIGKILL");
  });
  await once(child, "exit");
  const numbers = [...said.matchAll(/acknowledged (\d+)\n/g)].map((found) => Number(found[1]));
  return numbers.at(-1) ?? from - 1;
}

describe("a till that is killed while it writes", () => {
  it(`loses nothing that was acknowledged and keeps nothing by halves, ${KILLS} times`, {
    timeout: 600_000,
  }, async () => {
    const file = join(folder.path, "crash.sqlite");
    // One that ends by itself leaves what was compiled of its modules to those that do not (`gate/compiled.ts`).
    await once(startWriter(file, 0, 1).stdout.resume(), "close");
    let next = 1;
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      acknowledged = Math.max(
        acknowledged,
        await writeAndKill(file, next, 1 + (kill % MAX_BULKS_BEFORE_KILL)),
      );
      const articles = await openArticles(getRxStorageSQLite({ file }), {
        databaseName: "shop",
        options: {},
      });
      const perBulk = new Map<number, number>();
      let checkpoint: { id: string; lwt: number } | undefined;
      for (;;) {
        const page = await articles.getChangedDocumentsSince!(1_000, checkpoint);
        if (page.documents.length === 0) break;
        for (const { id } of page.documents) {
          const bulk = Number(id.split("-")[0]);
          perBulk.set(bulk, (perBulk.get(bulk) ?? 0) + 1);
        }
        checkpoint = page.checkpoint;
      }
      await articles.close();
      for (let bulk = 0; bulk <= acknowledged; bulk += 1)
        expect(perBulk.get(bulk), `bulk ${bulk} was acknowledged`).toBe(BULK);
      expect(
        [...perBulk.values()].every((count) => count === BULK),
        "no bulk is there by halves",
      ).toBe(true);
      // What was written but not answered any more counts as written: the next writer goes on behind it.
      next = Math.max(...perBulk.keys(), -1) + 1;
    }
    expect(acknowledged).toBeGreaterThan(KILLS);
  });
});
