import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { type Fact, GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import { JOURNAL_FILE } from "../database.ts";
import { sha256Hex } from "../journal/journal.ts";
import { FakeServer, NEVER, refusal } from "../testing/fake-server.ts";
import { saleOf } from "../testing/sale.ts";
import { MIRA } from "../testing/shop-fixture.ts";
import { POLL_MS, SyncedTill, stockedServer } from "../testing/synced-till.ts";

let server: FakeServer;
let till: SyncedTill;
beforeEach(async () => {
  server = stockedServer(new FakeServer());
  till = await SyncedTill.upToDate(server);
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

/** Another machine with this till's key writes behind what the server has of the journal; it is booked. */
function twinWrites(fact: Fact): JournalEntry {
  const { books } = server;
  const { epoch } = books;
  const chain = books.entries.filter((entry) => entry.epoch === epoch);
  const { seq, hash } = chain.at(-1) ?? { seq: 0, hash: GENESIS_HASH };
  const at = till.clock.now();
  const entry = sealEntry({
    content: {
      id: idOf<"Entry">(till.newId()),
      device: books.device,
      epoch,
      seq: seq + 1,
      store: books.store,
      staff: MIRA.id,
      at,
      fact,
      prev: hash,
    },
    sha256Hex,
    sign: till.parts.identity.sign,
  });
  expect(books.take([entry], at)).toMatchObject({ ok: true });
  return entry;
}

const REGISTER = 3;

function twinSells(): JournalEntry {
  const { identity } = till;
  const head = { epoch: server.books.epoch, seq: 0, register: REGISTER, nextReceipt: 100 };
  return twinWrites(saleOf({ head, identity, newId: () => till.newId(), at: till.clock.now() }));
}

function pendingSales(): readonly string[] {
  return till.parts.journal.pendingFor("stock").map(({ id }) => id);
}

/** Resolves when what changed in the stock is read. */
function stockRead(): Promise<void> {
  return new Promise((resolve) => {
    const stop = till.parts.replica.watch("stock", () => {
      stop();
      resolve();
    });
    server.streams.wake("stock");
  });
}

/** Resolves when what the server says of the stock was taken in, whatever it is. */
async function stockAsked(): Promise<void> {
  const asked = server.asked("replica", server.asksOf("replica").length + 1);
  server.streams.wake("stock");
  await asked;
  await till.timers.until((rests) => rests.includes(POLL_MS));
}

/** What is under way of the journal never arrives, so that nothing is known but what pulls tell. */
function nothingIsTaken(): void {
  server.answerAlways("journal", NEVER);
}

/** Resolves when this till's journal has gone on in an epoch, and the server has all of it. */
function inEpoch(epoch: number): Promise<unknown> {
  return till.until(({ unsent }) => unsent === 0 && till.parts.journal.head.epoch === epoch);
}

describe("a till whose twin sells, before anybody has found that out", () => {
  /** What this till sells while the twin's sale is on its way to it, and nothing of its own is taken in. */
  async function sellsMeanwhile(): Promise<JournalEntry> {
    nothingIsTaken();
    const sales: JournalEntry[] = [];
    server.answerNext("replica", async (ask) => {
      twinSells();
      const answer = server.answer(ask);
      sales.push(await till.sell());
      return answer;
    });
    await stockRead();
    const [sale] = sales;
    if (sale === undefined) throw new Error("nothing was sold");
    expect(server.books.entries.at(-1)).toMatchObject({ epoch: sale.epoch, seq: sale.seq });
    return sale;
  }

  test("S35a counts what it sells while an answer is under way that contains the twin's sale of that number", async () => {
    const { id } = await sellsMeanwhile();
    expect(till.parts.replica.position("stock")?.applied).toEqual({ epoch: 1, seq: 1 });
    expect(pendingSales()).toEqual([id]);
  });

  test("S35a goes by the number where the server is of before it named the entry", async () => {
    server.books.namesEntries = false;
    await sellsMeanwhile();
    expect(till.parts.replica.position("stock")?.applied).toEqual({ epoch: 1, seq: 2 });
    expect(pendingSales()).toEqual([]);
  });

  test("S35a S4 goes on in its next epoch as soon as it is told of an entry that it has not: what it sells then was never on the way to a fork", async () => {
    const before = await till.sellAndSend();
    const twins = twinSells();
    const asked = server.asksOf("enrol").length;
    await stockRead();
    await inEpoch(2);
    const after = await till.sellAndSend();
    expect(server.books.sales).toEqual([before, twins, after].map(({ id }) => id));
    expect(server.books.keptAside).toEqual([]);
    expect(server.asksOf("enrol")).toHaveLength(asked + 1);
  });

  test("S35a does not race it: where the twin has gone on in a later epoch it waits until it has something to tell", async () => {
    await till.sellAndSend();
    server.books.epoch = 2;
    twinWrites({ type: "epoch.begun", register: REGISTER, nextReceipt: 100, previous: null });
    twinSells();
    await stockRead();
    await till.resting();
    expect(till.parts.journal.head.epoch).toBe(1);
    await till.sellAndSend();
    expect(till.parts.journal.head.epoch).toBe(3);
  });

  test("S35a asks once for an epoch that it does not get, and with each push that is due", async () => {
    await till.sellAndSend();
    twinSells();
    server.answerAlways("enrol", () => refusal(403, "forbidden"));
    const asked = server.asksOf("enrol").length;
    await stockRead();
    await till.until(({ trouble }) => trouble === "journalRefused");
    twinSells();
    await stockAsked();
    // Whatever it would send because of that has been answered.
    await till.timers.until((rests) => rests.includes(POLL_MS) && rests.includes(5 * 60_000));
    expect(server.asksOf("enrol")).toHaveLength(asked + 1);
    server.answerAlways("enrol", null);
    till.timers.pass(5 * 60_000);
    await inEpoch(2);
    await till.until(({ trouble }) => trouble === null);
  });
});

test("S35a a till with nothing new is shown by the entry, though not by its number, that its server went back and took another's in its place: it is told again", async () => {
  const sale = await till.sellAndSend();
  await till.resting();
  server.books.loseEntriesAfter(1);
  const twins = twinSells();
  expect(twins.seq).toBe(sale.seq);
  await stockRead();
  await inEpoch(2);
  expect(server.books.sales).toEqual([twins, sale].map(({ id }) => id));
});

describe("a server that went back to before this till's epoch, and gave its twin the number of it", () => {
  /** Answers what this till had told in epochs that the server knows nothing of any more: it is in the third one, as the server is, which has nothing of it. */
  async function toldAndLost(): Promise<readonly JournalEntry[]> {
    const before = await till.sellAndSend();
    server.books.epoch = 2;
    const after = await till.sellAndSend();
    expect(after.epoch).toBe(1);
    expect(till.parts.journal.head.epoch).toBe(3);
    await till.resting();
    server.books.entries = server.books.entries.slice(0, 1);
    expect(server.books.epoch).toBe(3);
    expect(server.books.sales).toEqual([]);
    return [before, after];
  }

  test("S12a is told all that it lost, also what an epoch before had told, by a till that has something to send", async () => {
    const lost = await toldAndLost();
    const sale = await till.sellAndSend();
    expect(server.books.sales).toEqual([...lost, sale].map(({ id }) => id));
    expect(till.parts.journal.head.epoch).toBe(4);
  });

  test("S12a is told all of the journal where it does not say what it has of it", async () => {
    const lost = await toldAndLost();
    server.books.namesEntries = false;
    const sale = await till.sellAndSend();
    expect(server.books.sales).toEqual([...lost, sale].map(({ id }) => id));
    expect(till.parts.journal.head.epoch).toBe(4);
  });

  test("S12a and so it is by one that has nothing new", async () => {
    const lost = await toldAndLost();
    server.books.namesEntries = false;
    await stockAsked();
    await inEpoch(4);
    expect(server.books.sales).toEqual(lost.map(({ id }) => id));
  });

  test("S12a and by one that has nothing new: its next answer to a pull gives it away", async () => {
    const lost = await toldAndLost();
    await stockAsked();
    await inEpoch(4);
    expect(server.books.sales).toEqual(lost.map(({ id }) => id));
  });

  test("S12a and by one that is killed before it has told it", async () => {
    const lost = await toldAndLost();
    server.answerAlways("journal", NEVER);
    server.answerAlways("enrol", NEVER);
    await stockAsked();
    await till.restart();
    server.answerAlways("journal", null);
    server.answerAlways("enrol", null);
    await till.restart();
    await inEpoch(4);
    expect(server.books.sales).toEqual(lost.map(({ id }) => id));
  });
});

describe("a till whose server went back, and whose twin has gone on there in a later epoch", () => {
  /** The stock has to be taken anew; what this till sold is lost, and by their numbers nothing is. */
  function goesBackToItsTwin(): JournalEntry {
    server.books.loseEntriesAfter(1);
    server.books.epoch = 2;
    twinWrites({ type: "epoch.begun", register: REGISTER, nextReceipt: 100, previous: null });
    server.answerNext("replica", () => refusal(410, "checkpointExpired"));
    return twinSells();
  }

  test("S35b tells again what was lost, though it has nothing new to tell", async () => {
    const sale = await till.sellAndSend();
    await till.resting();
    const twins = goesBackToItsTwin();
    await stockRead();
    await inEpoch(3);
    expect(server.books.sales).toEqual([twins, sale].map(({ id }) => id));
  });

  test("S35b counts what was lost as soon as it has read the stock anew, before any of it is taken in", async () => {
    const sale = await till.sellAndSend();
    await till.resting();
    goesBackToItsTwin();
    nothingIsTaken();
    server.streams.wake("stock");
    await till.until(() => till.parts.replica.position("stock")?.complete !== true);
    await till.until(({ firstSync }) => firstSync === null);
    expect(pendingSales()).toContain(sale.id);
  });

  test("S35b goes on once for all that it takes anew, however its twin answers", async () => {
    await till.sellAndSend();
    await till.resting();
    goesBackToItsTwin();
    server.answerNext(
      "replica",
      (ask) => server.answer(ask),
      async (ask) => {
        expect(ask.name).toBe("customers");
        await inEpoch(3);
        server.books.epoch = 4;
        twinWrites({ type: "epoch.begun", register: REGISTER, nextReceipt: 100, previous: null });
        twinSells();
        return refusal(410, "checkpointExpired");
      },
    );
    const asked = server.asksOf("enrol").length;
    server.streams.wake("stock", "customers");
    await till.until(() => till.parts.replica.position("customers")?.complete !== true);
    await till.until(({ firstSync }) => firstSync === null);
    await till.resting();
    expect(server.books.epoch).toBe(4);
    expect(server.asksOf("enrol")).toHaveLength(asked + 1);
  });

  test("S35b reads its stock also where it gets no epoch", async () => {
    await till.sellAndSend();
    await till.resting();
    goesBackToItsTwin();
    server.answerAlways("enrol", () => refusal(403, "forbidden"));
    await stockRead();
    await till.until(({ trouble, firstSync }) => trouble === "journalRefused" && firstSync === null);
    server.answerAlways("enrol", null);
    till.timers.pass(5 * 60_000);
    await inEpoch(3);
  });
});

test("S35a a till that lost its journal and was given it back from its second copy counts nothing twice, though its epoch has ended and nobody has acknowledged anything yet", async () => {
  await till.sellAndSend();
  await stockRead();
  expect(pendingSales()).toEqual([]);
  await till.stop();
  rmSync(join(till.folder, JOURNAL_FILE));
  // A call that asked for it came twice.
  server.books.epoch = 2;
  nothingIsTaken();
  const asked = server.asked("newer", server.asksOf("newer").length + 1);
  await till.start();
  await asked;
  await till.timers.until((rests) => rests.includes(POLL_MS));
  expect(till.parts.journal.unsent().length).toBeGreaterThan(1);
  expect(pendingSales()).toEqual([]);
});

test("S35a what is on the till's disk of how far it has read is as tills of before can read it", async () => {
  await till.sellAndSend();
  await stockRead();
  expect(till.parts.replica.position("stock")?.applied).toEqual({ epoch: 1, seq: 2 });
});
