import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "./testing/articles.ts";
import { BULK } from "./testing/crash-writer.ts";
import { DiskModel, layOut, remains } from "./testing/disk-model.ts";
import { type Act, traceProgram } from "./testing/syscall-trace.ts";

const BULKS = 12;
/** Different remains of the unsynced writes tried at each cut, besides "none of it" and "all of it". */
const RANDOM_REMAINS = 4;

let folder: ReturnType<typeof temporaryFolder>;
let acts: readonly Act[];

beforeAll(() => {
  folder = temporaryFolder();
  const work = join(folder.path, "till");
  mkdirSync(work);
  acts = traceProgram({
    command: process.execPath,
    args: [
      resolve(import.meta.dirname, "testing/crash-writer.ts"),
      join(work, "till.sqlite"),
      "0",
      String(BULKS),
    ],
    traceFile: join(folder.path, "trace.txt"),
    folder: work,
  });
}, 60_000);
afterAll(() => folder.remove());

function acknowledgedBy(act: Act): number | null {
  const said = act.kind === "said" ? /acknowledged (\d+)\n/.exec(act.text) : null;
  return said === null ? null : Number(said[1]);
}

/** Documents per bulk in the files as the power cut left them. Throws when the database does not open whole. */
function found(files: ReadonlyMap<string, Buffer>): ReadonlyMap<number, number> {
  const database = new DatabaseSync(join(layOut(files, folder.path), "till.sqlite"));
  try {
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'shop/articles/0'").get() === undefined)
      return new Map();
    const bulks = new Map<number, number>();
    for (const row of database.prepare('SELECT id FROM "shop/articles/0"').all()) {
      const bulk = Number(String(row.id).split("-")[0]);
      bulks.set(bulk, (bulks.get(bulk) ?? 0) + 1);
    }
    return bulks;
  } finally {
    database.close();
  }
}

describe("a power cut", () => {
  it("finds every bulk synced to the disk before it was acknowledged", () => {
    let synced = false;
    let acknowledged = 0;
    for (const act of acts) {
      if (act.kind === "sync") synced = true;
      if (acknowledgedBy(act) === null) continue;
      expect(synced, `bulk ${acknowledgedBy(act)} was answered for without a sync`).toBe(true);
      synced = false;
      acknowledged += 1;
    }
    expect(acknowledged).toBe(BULKS);
  });

  it("at any write of a commit, with any part of what was not yet synced gone, loses nothing acknowledged and leaves nothing by halves", {
    timeout: 300_000,
  }, () => {
    const disk = new DiskModel();
    const remaining = remains({ seed: 42, draws: 50_000, times: RANDOM_REMAINS });
    let acknowledged = -1;
    let cuts = 0;
    for (const act of acts) {
      disk.take(act);
      acknowledged = acknowledgedBy(act) ?? acknowledged;
      if (act.kind === "said") continue;
      for (const survives of remaining) {
        cuts += 1;
        const bulks = found(disk.cut(survives));
        for (let bulk = 0; bulk <= acknowledged; bulk += 1)
          expect(bulks.get(bulk), `bulk ${bulk} was acknowledged`).toBe(BULK);
        expect([...bulks.values()].filter((count) => count !== BULK)).toEqual([]);
      }
    }
    expect(acknowledged).toBe(BULKS - 1);
    expect(cuts).toBeGreaterThan(BULKS * remaining.length);
  });

  it("would be noticed: a disk that forgets synced writes as well loses acknowledged bulks", () => {
    const forgetful = new DiskModel();
    const half = acts.slice(0, Math.floor(acts.length / 2));
    for (const act of half) if (act.kind !== "sync") forgetful.take(act);
    const acknowledged = half.map(acknowledgedBy).filter((bulk) => bulk !== null).length;
    expect(acknowledged).toBeGreaterThan(0);
    expect(found(forgetful.cut(() => false)).size).toBe(0);
  });
});
