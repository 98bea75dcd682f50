import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { JOURNAL_FILE, REPLICA_FILE } from "../database.ts";
import { PLAIN_VAULT } from "../identity.ts";
import { markOf, OpenMark } from "../open-mark.ts";
import { INVOICE_DRAFT, MAIL_DRAFT } from "../personal-drafts.ts";
import type { OpenFile } from "../storage/connection.ts";
import { hurtPages } from "../storage/testing/hurt-pages.ts";
import { FakeServer } from "../testing/fake-server.ts";
import { filesWith } from "../testing/files-with.ts";
import { sealedOnDisk } from "../testing/sealed-on-disk.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

const PEOPLE = 400;
/** Smaller than a replica with all of them. */
const EMPTY_REPLICA_BYTES = 300_000;
const SECTOR_BYTES = 512;

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  for (let number = 0; number < PEOPLE; number += 1)
    server.books.put("customers", {
      id: idOf<"Customer">(personOf(number)),
      name: `Anna ${number}`,
      email: null,
      phone: null,
      cardNumber: null,
      notes: "n".repeat(600),
    });
  till = await SyncedTill.upToDate(server);
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const personOf = (number: number): string => `person-${String(number).padStart(3, "0")}`;
const replicaFile = (): string => join(till.folder, REPLICA_FILE);
const revoke = (): void => {
  server.refusing = { status: 403, reason: "deviceRevoked" };
};

/** What is sealed of each of them, as it lies on the disk. */
const sealedTexts = (): readonly string[] =>
  sealedOnDisk(
    till.folder,
    Array.from({ length: PEOPLE }, (_, number) => personOf(number)),
  );

async function documentsOnTill(): Promise<number> {
  const { replica } = till.parts;
  const ids = await Promise.all(REPLICA_COLLECTIONS.map((collection) => replica.ids(collection)));
  return ids.reduce((sum, each) => sum + each.size, 0);
}

async function wiped(): Promise<void> {
  await till.until(({ firstSync, trouble }) => firstSync !== null && trouble === "deviceRevoked");
}

/** None of these is in any file, nor anything else of what was read, now and after a restart. */
async function expectNothingLeftOf(sealed: readonly string[]): Promise<void> {
  for (const start of [async () => undefined, () => till.restart()]) {
    await start();
    expect(await documentsOnTill()).toBe(0);
    expect(filesWith(till.folder, ...sealed)).toEqual([]);
    expect(filesWith(till.folder, "person-")).toEqual([]);
  }
}

describe("S5 a till that HQ has revoked leaves nothing of people on its disk", () => {
  test.each([
    ["rows of people", () => sealedTexts().slice(200, 201)],
    ["rows of people, and the index of their ids", () => [personOf(200)]],
    ["rows of articles", () => ['{"id":"mug"']],
  ] as const)("where a page of %s is lost", async (_, texts) => {
    const sealed = sealedTexts();
    expect(sealed).toHaveLength(PEOPLE);
    server.goDown();
    const unsent = await till.sell();
    const hurt = texts();
    await till.stop();
    hurtPages(replicaFile(), ...hurt);
    server.comeBack();
    revoke();
    await till.start();
    await wiped();
    await expectNothingLeftOf(sealed);
    expect(till.parts.journal.unsent()).toEqual([unsent]);
    server.refusing = null;
    till.sync.syncNow();
    await till.tryingAgain(till.until(({ firstSync, unsent: count }) => firstSync === null && count === 0));
    expect((await till.parts.replica.ids("customers")).size).toBe(PEOPLE);
  });

  test("where the disk is full", async () => {
    const sealed = sealedTexts();
    await till.stop();
    const isFull = (): boolean =>
      (statSync(replicaFile(), { throwIfNoEntry: false })?.size ?? 0) > EMPTY_REPLICA_BYTES;
    till.openFile = fullWhile(isFull);
    till.vault = {
      ...PLAIN_VAULT,
      seal(text) {
        if (isFull()) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
        return PLAIN_VAULT.seal(text);
      },
    };
    revoke();
    await till.start();
    await till.until(({ firstSync }) => firstSync !== null);
    await expectNothingLeftOf(sealed);
    expect(till.parts.keys.hasLent).toBe(false);
  });

  /** The till is revoked, and a disk opens no new files in place of those that are gone until it is told to. Answers how to tell it, and of whom whoever watches is told that they are gone. */
  async function notOpenedAnew(): Promise<{ readonly recover: () => void; readonly gone: Set<string> }> {
    await till.stop();
    let fails = false;
    till.openFile = (file, options) => {
      if (fails && file === replicaFile()) throw Object.assign(new Error("full"), { errcode: 13 });
      return new DatabaseSync(file, options);
    };
    revoke();
    await till.start();
    fails = true;
    const gone = new Set<string>();
    for (const collection of ["customers", "staff"] as const)
      till.parts.replica.watch(collection, (changes) => {
        for (const { id, data } of changes) if (data === null) gone.add(id);
      });
    await till.until(({ trouble }) => trouble === "diskFull");
    const recover = (): void => {
      fails = false;
    };
    return { recover, gone };
  }

  test("where the files could not be opened anew after they were gone: it is tried again, and whoever watches is told then", async () => {
    const sealed = sealedTexts();
    const { recover, gone } = await notOpenedAnew();
    expect(readFileSync(markOf(replicaFile()), "utf8")).toBe("damaged");
    expect(filesWith(till.folder, ...sealed)).toEqual([]);
    recover();
    till.sync.syncNow();
    await till.tryingAgain(wiped());
    expect(gone.size).toBe(PEOPLE + 2);
    await expectNothingLeftOf(sealed);
  });

  /** HQ takes the till in again, which reads all there is. */
  async function expectAllReadAnew(): Promise<void> {
    server.refusing = null;
    till.sync.syncNow();
    await till.tryingAgain(
      till.until(
        ({ firstSync, trouble, link }) => firstSync === null && trouble === null && link.state === "online",
      ),
    );
    await till.resting();
    expect((await till.parts.replica.ids("customers")).size).toBe(PEOPLE);
    expect(till.parts.replica.staff()).toHaveLength(2);
  }

  test("where the files could not be opened anew, and HQ takes the till in again: it reads all of it from the beginning", async () => {
    const { recover } = await notOpenedAnew();
    recover();
    await expectAllReadAnew();
  });

  test("where the mark of the new files could not be written", async () => {
    const sealed = sealedTexts();
    const notPermitted = Object.assign(new Error("not permitted"), { code: "EPERM" });
    const renew = vi.spyOn(OpenMark.prototype, "renew").mockRejectedValueOnce(notPermitted);
    revoke();
    till.sync.syncNow();
    await wiped();
    expect(renew).toHaveBeenCalledOnce();
    renew.mockRestore();
    expect(await documentsOnTill()).toBe(0);
    expect(filesWith(till.folder, ...sealed)).toEqual([]);
    await expectAllReadAnew();
  });
});

/** A disk that takes nothing more for the replica while it is. */
function fullWhile(isFull: () => boolean): OpenFile {
  return (file, options) =>
    new (class extends DatabaseSync {
      override exec(sql: string): void {
        if (file === replicaFile() && /BEGIN|VACUUM/.test(sql) && isFull())
          throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
        super.exec(sql);
      }
    })(file, options);
}

describe("a till that was killed as it wiped what it read", () => {
  test("has marked it before it did anything else", async () => {
    const { replica, stored } = till.parts;
    const markNow = (): string => readFileSync(markOf(replicaFile()), "utf8");
    const marks: string[] = [];
    const { internals } = stored.replica().customers;
    const { after } = internals;
    vi.spyOn(internals, "after").mockImplementation((id, limit) => {
      marks.push(markNow());
      return after(id, limit);
    });
    replica.watch("customers", () => marks.push(markNow()));
    await replica.wipe();
    expect(marks[0]).toBe("damaged");
    // Whoever is told that it is gone is told so once it is.
    expect(marks.at(-1)).toBe("");
  });

  /** As far as it came, the mark as it was or as a disk that was full kept it from being written. */
  const states = ["damaged", ""].flatMap((mark) => [
    { mark, overwritten: SECTOR_BYTES },
    { mark, overwritten: 100_000 },
    { mark, overwritten: Number.POSITIVE_INFINITY },
  ]);

  test.each(states)(
    "with the mark '$mark' and $overwritten bytes written over: has nothing of it once it is started, server or not",
    async ({ mark, overwritten }) => {
      const sealed = sealedTexts();
      const { replica } = till.parts;
      expect(replica.complete).toBe(true);
      server.goDown();
      await till.stop();
      writeFileSync(markOf(replicaFile()), mark);
      const size = Math.min(overwritten, statSync(replicaFile()).size);
      const fd = openSync(replicaFile(), "r+");
      writeSync(fd, Buffer.alloc(size), 0, size, 0);
      closeSync(fd);
      await till.start();
      await expectNothingLeftOf(sealed);
    },
  );

  test("before anything was written over: what the mark says is enough", async () => {
    const sealed = sealedTexts();
    server.goDown();
    await till.stop();
    writeFileSync(markOf(replicaFile()), "damaged");
    await till.start();
    await expectNothingLeftOf(sealed);
  });

  test("with its files gone and no new ones", async () => {
    server.goDown();
    const unsent = await till.sell();
    await till.stop();
    writeFileSync(markOf(replicaFile()), "damaged");
    rmSync(replicaFile());
    await till.start();
    expect(await documentsOnTill()).toBe(0);
    expect(till.parts.journal.unsent()).toEqual([unsent]);
  });
});

describe("S5 drafts of a till that HQ has revoked", () => {
  const journalFile = (): string => join(till.folder, JOURNAL_FILE);

  /** What lies there of a draft. */
  function keptOf(id: string): string {
    const database = new DatabaseSync(journalFile(), { readOnly: true });
    const [row] = database.prepare(`SELECT data FROM "journal/drafts/0" WHERE id = ?`).all(id);
    database.close();
    return z.object({ value: z.string() }).parse(JSON.parse(String(row?.data))).value;
  }

  async function putDrafts(): Promise<readonly string[]> {
    const { drafts } = till.parts;
    const ids = Array.from({ length: 40 }, (_, number) => `${MAIL_DRAFT}${number}`);
    for (const id of ids) await drafts.put(id, { email: randomBytes(200).toString("hex") });
    await drafts.put("basket:1", { of: "Anna" });
    await drafts.put(`${INVOICE_DRAFT}1`, { of: "Anna" });
    return ids;
  }

  test("go where one of them makes no sense, and what was read with them", async () => {
    const sealed = sealedTexts();
    await putDrafts();
    const other = new DatabaseSync(journalFile());
    other.exec(`UPDATE "journal/drafts/0" SET data = '{' WHERE id = '${MAIL_DRAFT}7'`);
    other.close();
    revoke();
    till.sync.syncNow();
    await wiped();
    const { drafts } = till.parts;
    expect([...(await drafts.list(MAIL_DRAFT)), ...(await drafts.list(INVOICE_DRAFT))]).toEqual([]);
    expect(await drafts.get("basket:1")).toEqual({ of: "Anna" });
    await expectNothingLeftOf(sealed);
  });

  test("go where a page of them is lost: what can be read at once with all that was read, the rest at the next start", async () => {
    const sealed = sealedTexts();
    const ids = await putDrafts();
    const values = ids.map(keptOf);
    server.goDown();
    const unsent = await till.sell();
    const other = new DatabaseSync(journalFile());
    other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    other.close();
    hurtPagesSeen(journalFile(), values[20]!);
    server.comeBack();
    revoke();
    till.sync.syncNow();
    await till.until(({ firstSync, trouble }) => firstSync !== null && trouble === "storageDamaged");
    expect(await documentsOnTill()).toBe(0);
    expect(filesWith(till.folder, ...sealed)).toEqual([]);
    const [first = "", last = ""] = [values[0], values.at(-1)];
    expect(filesWith(till.folder, first, last)).toEqual([]);
    await till.restart();
    await wiped();
    await till.timers.until((rests) => rests.length > 0);
    expect(filesWith(till.folder, ...values)).toEqual([]);
    // How far the server has it was noted on that page, perhaps.
    expect(till.parts.journal.unsent()).toContainEqual(unsent);
    expect(await till.parts.drafts.get("basket:1")).toEqual({ of: "Anna" });
  });
});

/** Hurts pages of a database that is open, and lets whoever has it open read it anew. */
function hurtPagesSeen(file: string, ...having: readonly string[]): void {
  hurtPages(file, ...having);
  expect(readFileSync(file).includes(having[0] ?? "")).toBe(false);
  const other = new DatabaseSync(file);
  other.exec("CREATE TABLE seen (id TEXT); DROP TABLE seen;");
  other.close();
}
