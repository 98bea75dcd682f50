import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { enrolRequestSchema } from "#protocol/sync/enrol.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { PROTOCOL_HEADER } from "#protocol/version.ts";
import { FakeServer, NEVER, refusal } from "../testing/fake-server.ts";
import { POLL_MS, SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
let backup: string;
beforeEach(async () => {
  backup = mkdtempSync(join(tmpdir(), "onetill-backup-"));
  server = stockedServer(new FakeServer());
  till = await SyncedTill.upToDate(server);
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
  rmSync(backup, { recursive: true });
});

/** A copy of the till's folder, as a backup program takes it at night. */
async function backUp(): Promise<void> {
  await till.stop();
  cpSync(till.folder, backup, { recursive: true });
  await till.start();
  await till.resting();
}

async function putBackupBack(): Promise<void> {
  await till.stop();
  rmSync(till.folder, { recursive: true });
  cpSync(backup, till.folder, { recursive: true });
  await till.start();
}

/** Its next pull is answered only as it asks for its next epoch: that the server knows more than it does it hears by what it sends. */
function hearsBySending(): void {
  server.answerNext("newer", async (ask) => {
    await server.asked("enrol", 2);
    return server.answer(ask);
  });
}

function sent(): Promise<unknown> {
  return till.until(({ unsent }) => unsent === 0);
}

/** Sales that the till counts besides what it has read of the stock. */
function pendingSales(): readonly string[] {
  const pending = till.parts.journal.pendingFor("stock");
  return pending.filter(({ fact }) => fact.type === "ticket.completed").map(({ id }) => id);
}

/** Resolves when so many of the two that push and pull rest, after the till has asked for whatever is newer. */
async function allIsAskedFor(resting: number): Promise<void> {
  const asked = server.asked("newer", server.asksOf("newer").length + 1);
  till.sync.syncNow();
  await asked;
  await till.timers.until((rests) => rests.filter((ms) => ms === POLL_MS).length === resting);
}

/** Pieces that the server has left of what began at twelve: a sale counted twice would show. */
function piecesLeft(): unknown {
  const [row] = server.books.rowsAfter("stock", 0).filter(({ id }) => id === "mug-v");
  return row !== undefined && !row.deleted ? row.data : null;
}

test.each([
  ["names what is applied", true],
  ["is of before it did", false],
])(
  "a till that was put back counts what it sells from the first sale on, where its server %s",
  async (_, names) => {
    server.books.namesEntries = names;
    await till.sellAndSend();
    await backUp();
    await till.sellAndSend();
    await till.sellAndSend();
    await putBackupBack();
    await till.resting();
    const sale = await till.sell();
    expect(till.parts.journal.pendingFor("stock").map(({ id }) => id)).toContain(sale.id);
    await sent();
  },
);

describe("a server that has less than it had said, because its own backup was put back", () => {
  test("S12 is sent what it lacks, from there on, when the till has something to send", async () => {
    const sales = [await till.sellAndSend(), await till.sellAndSend(), await till.sellAndSend()];
    server.books.loseEntriesAfter(2);
    sales.push(await till.sellAndSend());
    expect(server.books.sales).toEqual(sales.map(({ id }) => id));
    expect(server.books.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(till.view.trouble).toBeNull();
  });

  test("S12 is sent everything when it has nothing", async () => {
    const sales = [await till.sellAndSend(), await till.sellAndSend()];
    server.books.loseEntriesAfter(0);
    sales.push(await till.sellAndSend());
    expect(server.books.sales).toEqual(sales.map(({ id }) => id));
  });

  test("S35 is sent what it lacks also by a till that has nothing new: its next answer to a pull gives it away", async () => {
    const sales = [await till.sellAndSend(), await till.sellAndSend()];
    await till.resting();
    server.books.loseEntriesAfter(1);
    expect(server.books.sales).toEqual([]);
    const before = server.asksOf("journal").length;
    till.timers.pass(60_000);
    await server.asked("journal", before + 1);
    await sent();
    expect(server.books.sales).toEqual(sales.map(({ id }) => id));
  });
});

test("S35 a till counts what its server lost of the epoch before, from the answer on that shows it, also while what it sends in the next one is under way", async () => {
  const kept = await till.sellAndSend();
  const lost = await till.sellAndSend();
  await allIsAskedFor(2);
  expect(pendingSales()).toEqual([]);
  server.books.epoch = 2;
  server.answerNext("journal", (ask) => server.answer(ask));
  server.answerAlways("journal", NEVER);
  const pushes = server.asksOf("journal").length;
  const sale = await till.sell();
  await server.asked("journal", pushes + 2);
  expect(till.parts.journal.head.epoch).toBe(3);
  server.books.epoch = 1;
  server.books.entries = server.books.entries.filter(({ id }) => id !== lost.id);
  expect(server.books.entries.at(-1)?.id).toBe(kept.id);
  // What is sent is under way for good.
  await allIsAskedFor(1);
  expect(pendingSales()).toEqual([lost.id, sale.id]);
});

test("S15 a server whose backup is older than the till's epoch is shown everything that the till has of it: kept aside, said on the screen, nothing lost", async () => {
  await till.sellAndSend();
  server.books.epoch = 2;
  const sale = await till.sellAndSend();
  expect(till.parts.journal.head.epoch).toBe(3);
  await till.resting();
  server.books.epoch = 1;
  server.answerAlways("enrol", () => refusal(403, "forbidden"));
  till.timers.pass(60_000);
  await till.until(({ trouble }) => trouble === "journalRefused");
  expect(till.parts.journal.unsent().map(({ id }) => id)).toContain(sale.id);
  expect(server.books.keptAside.map(({ id }) => id)).toContain(sale.id);
});

/** A backup with a sale that the server did not have then and has now, as it has one of after the backup. */
async function backedUpUnsent(): Promise<{ readonly unsent: JournalEntry; readonly lost: JournalEntry }> {
  server.goDown();
  const unsent = await till.sell();
  await till.stop();
  cpSync(till.folder, backup, { recursive: true });
  server.comeBack();
  await till.start();
  await sent();
  return { unsent, lost: await till.sellAndSend() };
}

describe("a till that was restored from a backup", () => {
  test("S13 S4 and sold on: what the server already had under these numbers is kept aside, and the till's sales are booked in its next epoch, once each", async () => {
    const before = await till.sellAndSend();
    await backUp();
    const lost = await till.sellAndSend();
    hearsBySending();
    await putBackupBack();
    const after = [await till.sell(), await till.sell()];
    await sent();
    expect(till.parts.journal.head.epoch).toBe(2);
    expect(server.books.sales).toEqual([before, lost, ...after].map(({ id }) => id));
    expect(server.books.keptAside.map(({ id }) => id)).toContain(after[0]?.id);
    expect(piecesLeft()).toMatchObject({ onHand: 8 });
    expect(till.view.trouble).toBeNull();
    await till.sellAndSend();
    expect(server.books.entries.at(-1)).toMatchObject({ epoch: 2, seq: 4 });
  });

  test("S4 and that has sold nothing since begins its next epoch as soon as it hears that the server knows more than it does", async () => {
    const { unsent, lost } = await backedUpUnsent();
    await putBackupBack();
    await till.until(({ unsent: count }) => count === 0 && till.parts.journal.head.epoch === 2);
    expect(server.books.sales).toEqual([unsent, lost].map(({ id }) => id));
    expect(server.books.keptAside).toEqual([]);
  });

  test("S4 and sells while its first answer is on its way does not take what the server has of another machine for its own", async () => {
    const { unsent, lost } = await backedUpUnsent();
    let sale: JournalEntry | null = null;
    server.answerNext("journal", async (ask) => {
      sale = await till.sell();
      return server.answer(ask);
    });
    await putBackupBack();
    await till.until(({ unsent: count }) => count === 0 && till.parts.journal.head.epoch === 2);
    expect(server.books.sales).toEqual([unsent.id, lost.id, (sale as JournalEntry | null)?.id]);
  });

  test("S4 keeps every sale when it is killed between the server's word about the next epoch and its own", async () => {
    await backUp();
    await till.sellAndSend();
    await putBackupBack();
    server.answerNext("enrol", (ask) => {
      server.answer(ask);
      return NEVER(ask);
    });
    const sale = await till.sell();
    await server.asked("enrol", 2);
    expect(till.parts.journal.head.epoch).toBe(1);
    expect(server.books.epoch).toBe(2);
    await till.restart();
    await sent();
    expect(till.parts.journal.head.epoch).toBe(3);
    expect(server.books.sales.filter((id) => id === sale.id)).toHaveLength(1);
    expect(piecesLeft()).toMatchObject({ onHand: 10 });
  });

  test("S15 and has missed that the server moved on to another epoch joins the next one", async () => {
    const first = await till.sellAndSend();
    server.books.epoch = 4;
    const second = await till.sellAndSend();
    expect(till.parts.journal.head.epoch).toBe(5);
    expect(server.books.sales).toEqual([first.id, second.id]);
    expect(server.books.entries.at(-1)?.epoch).toBe(5);
  });

  test("and restored again and again does not race its clone for ever: it rests, says so, and keeps every sale", async () => {
    server.answerAlways("journal", () =>
      Response.json({
        ok: false,
        reason: "fork",
        atSeq: 1,
        acknowledged: 0,
        headHash: "0".repeat(64),
        serverTime: server.clock.now(),
      }),
    );
    const sale = await till.sell();
    await till.until(({ trouble }) => trouble === "journalRefused");
    expect(server.books.epoch).toBeLessThanOrEqual(6);
    expect(till.parts.journal.unsent().map(({ id }) => id)).toContain(sale.id);
    server.answerAlways("journal", null);
    till.timers.pass(60_000);
    await sent();
    expect(server.books.sales).toEqual([sale.id]);
  });

  test("S4 that the server does not let into another epoch says so and keeps every sale", async () => {
    await backUp();
    await till.sellAndSend();
    await putBackupBack();
    server.answerAlways("enrol", () => refusal(403, "forbidden"));
    const sale = await till.sell();
    await till.until(({ trouble }) => trouble === "journalRefused");
    expect(till.parts.journal.unsent()).toEqual([sale]);
    expect(till.parts.journal.head.epoch).toBe(1);
  });
});

test("S4a a till names what was acknowledged of its own journal, newest first and ever farther apart, and nothing that was not", async () => {
  for (let sales = 0; sales < 8; sales += 1) await till.sellAndSend();
  const told = [...server.books.entries].reverse();
  server.goDown();
  await till.sell();
  const places = await till.parts.journal.acknowledgedPlaces(24);
  const wanted = [0, 1, 2, 4, 8].flatMap((back) => told[back] ?? []);
  expect(places).toEqual(wanted.map(({ epoch, seq, hash }) => ({ epoch, seq, hash })));
  expect(await till.parts.journal.acknowledgedPlaces(2)).toHaveLength(2);
});

test.each([
  [3, false],
  [4, true],
])(
  "S4a to a server of version %i it names them: %s, for one of before refuses a key that it does not know",
  async (version, names) => {
    server.answerAlways("journal", async (ask) => {
      const answer = await server.answer(ask, null);
      answer.headers.set(PROTOCOL_HEADER, String(version));
      return answer;
    });
    await till.sellAndSend();
    await backUp();
    await till.sellAndSend();
    hearsBySending();
    await putBackupBack();
    await till.sell();
    await sent();
    const asked = enrolRequestSchema.parse(server.asksOf("enrol").at(-1)?.body);
    expect(asked).toMatchObject({ kind: "nextEpoch" });
    expect("acknowledged" in asked).toBe(names);
  },
);

test("S13 what a till sells while a call is under way does not count as sent, however far the server says that it is: it may have that from a clone", async () => {
  const meanwhile: JournalEntry[] = [];
  server.answerNext("journal", async (ask) => {
    const answer = pushAnswerSchema.parse(await server.answer(ask).json());
    const sale = await till.sell();
    meanwhile.push(sale);
    return Response.json({ ...answer, acknowledged: sale.seq });
  });
  const before = await till.sell();
  await till.until(({ unsent }) => unsent === 0 && meanwhile.length > 0);
  expect(server.books.sales).toEqual([before, ...meanwhile].map(({ id }) => id));
});
