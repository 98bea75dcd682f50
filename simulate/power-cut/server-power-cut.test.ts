import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DiskModel, layOut, remains } from "../../src-main/engine/storage/testing/disk-model.ts";
import { type Act, traceProgram } from "../../src-main/engine/storage/testing/syscall-trace.ts";
import { SqliteDatabase } from "../../sync-server/storage/sqlite/database.ts";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import { putNewSqlite } from "../../sync-server/testing/new-sqlite.ts";
import { BERLIN, TEA } from "../../sync-server/testing/shop.ts";
import { BOOKING_SERVER, SERVER_FILE } from "./booking-server-for-tests.ts";

const PUSHES = 8;
/** The power goes around each sync, and at one in so many of the writes between them. */
const EVERY = 32;
const LOG = `${SERVER_FILE}-wal`;

let root: string;
let disk: DiskModel;
let acts: readonly Act[];
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "onetill-server-cut-"));
  const folder = join(root, "server");
  mkdirSync(folder);
  putNewSqlite(join(folder, SERVER_FILE));
  disk = DiskModel.holding(folder);
  acts = traceProgram({
    command: process.execPath,
    args: [BOOKING_SERVER, folder, String(PUSHES)],
    traceFile: join(root, "trace"),
    folder,
  });
}, 120_000);
afterAll(() => rmSync(root, { recursive: true }));

/** How far a push acknowledged the till's journal. */
function acknowledgedBy(act: Act): number | null {
  const found = act.kind === "said" ? /acknowledged (\d+)/.exec(act.text) : null;
  return found === null ? null : Number(found[1]);
}

const REMAINS = remains({ seed: 7, draws: 20_000, times: 1 });

/** What a server finds that is started on what a power cut left. */
async function found(files: ReadonlyMap<string, Buffer>) {
  const place = layOut(files, root);
  const file = join(place, SERVER_FILE);
  const storage = new SqliteStorage(file, { log: null });
  try {
    return await storage.read(async (tx) => {
      const [till] = await tx.devices();
      const at = till === undefined ? null : { store: till.store, device: till.id, epoch: 1 };
      return {
        seq: at === null ? 0 : (await tx.chainHead(at)).seq,
        tickets: await tx.ticketCount(null),
        onHand: await tx.onHand({ store: BERLIN.store, variant: TEA }),
        sound: await checked(file),
      };
    });
  } finally {
    await storage.close();
    rmSync(place, { recursive: true });
  }
}

async function checked(file: string): Promise<unknown> {
  const database = new SqliteDatabase(file);
  try {
    return await database.all("PRAGMA integrity_check");
  } finally {
    database.close();
  }
}

describe("a power cut of the server", { timeout: 600_000 }, () => {
  test("finds each push synced in the database's log before it is acknowledged", () => {
    let lastWrite = -1;
    let lastSync = -1;
    const acknowledged: number[] = [];
    for (const [place, act] of acts.entries()) {
      if (act.kind === "write" && basename(act.file) === LOG) lastWrite = place;
      if (act.kind === "sync" && basename(act.file) === LOG) lastSync = place;
      const seq = acknowledgedBy(act);
      if (seq === null) continue;
      expect(lastWrite, `nothing was written for ${seq}`).toBeGreaterThan(acknowledged.at(-1) ?? -1);
      expect(lastSync, `${seq} was acknowledged before it was on the disk`).toBeGreaterThan(lastWrite);
      acknowledged.push(place);
    }
    expect(acknowledged).toHaveLength(PUSHES);
  });

  test("at any moment, while the log is written back too, loses nothing that was acknowledged, and leaves each push wholly or not at all", async () => {
    let acknowledged = 0;
    let cuts = 0;
    let isWrittenBack = false;
    for (const [place, act] of acts.entries()) {
      disk.take(act);
      acknowledged = acknowledgedBy(act) ?? acknowledged;
      isWrittenBack ||= act.kind === "write" && basename(act.file) === SERVER_FILE && acknowledged > 0;
      const isAroundSync = [place - 1, place, place + 1].some((near) => acts[near]?.kind === "sync");
      if (!isAroundSync && place % EVERY !== 0) continue;
      for (const survives of REMAINS) {
        cuts += 1;
        const { seq, ...rest } = await found(disk.cut(survives));
        expect(seq).toBeGreaterThanOrEqual(acknowledged);
        // The first entry begins the journal, each other one is a sale of one piece.
        const sold = Math.max(0, seq - 1);
        expect(rest).toEqual({
          tickets: sold,
          onHand: 0 - sold,
          sound: [{ integrity_check: "ok" }],
        });
      }
    }
    expect(acknowledged).toBeGreaterThan(PUSHES);
    expect(isWrittenBack).toBe(true);
    expect(cuts).toBeGreaterThan(100);
  });
});
