import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { newDay } from "#domain/shift/day-state.ts";
import { JOURNAL_FILE } from "../database.ts";
import { COPY_FILE } from "../journal/second-copy.ts";
import { FakeServer, refusal } from "../testing/fake-server.ts";
import { euros } from "../testing/shop-fixture.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";

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

const DATABASE = [JOURNAL_FILE, `${JOURNAL_FILE}-wal`, `${JOURNAL_FILE}-shm`];

async function lose(...files: readonly string[]): Promise<void> {
  await till.stop();
  for (const file of files) rmSync(join(till.folder, file), { force: true });
}

function sent(): Promise<unknown> {
  return till.until(({ unsent }) => unsent === 0);
}

function numberOf({ fact }: JournalEntry): string | null {
  return fact.type === "ticket.completed" ? fact.ticket.number : null;
}

/** What the server tells of a till that has sold twice. */
function knowsTwoSales(): void {
  const last = server.books.entries.at(-1);
  if (last === undefined) throw new Error("nothing arrived");
  server.leftOff = {
    nextReceipt: 3,
    previous: { epoch: last.epoch, seq: last.seq, hash: last.hash },
    day: newDay({ number: 5, grandTotal: euros(12_345), kept: [] }),
  };
}

describe("a till whose database is gone", () => {
  test("while the server is away has every sale from its second copy, sells on, says so, and sends all of it later", async () => {
    server.goDown();
    const sales = [await till.sell(), await till.sell()];
    await lose(...DATABASE);
    await till.start();
    expect(till.view.records).toMatchObject([{ state: "database" }]);
    expect(till.parts.journal.unsent().map(({ id }) => id)).toEqual(
      expect.arrayContaining(sales.map(({ id }) => id)),
    );
    sales.push(await till.sell());
    expect(sales.map(numberOf)).toEqual(["BER1-03-000001", "BER1-03-000002", "BER1-03-000003"]);
    server.comeBack();
    await till.tryingAgain(sent());
    expect(server.books.sales).toEqual(sales.map(({ id }) => id));
    expect(till.parts.journal.head.epoch).toBe(1);
  });

  test("and whose server has all of it sends some of it again, which changes nothing", async () => {
    const sale = await till.sell();
    await sent();
    await lose(...DATABASE);
    await till.start();
    await sent();
    await till.resting();
    expect(server.books.sales).toEqual([sale.id]);
    expect(till.parts.journal.head).toMatchObject({ epoch: 1, seq: 2 });
  });
});

describe("S4b a till that has lost both copies of its journal", () => {
  beforeEach(async () => {
    await till.sell();
    await till.sell();
    await sent();
    knowsTwoSales();
    await lose(...DATABASE, COPY_FILE);
  });

  test("goes on in its next epoch where the server knows it, and uses no receipt number twice", async () => {
    await till.start();
    await till.until(({ records }) => records?.[0]?.state === "lost");
    await sent();
    expect(till.parts.journal.head.epoch).toBe(2);
    expect(server.books.entries.at(-1)?.fact).toMatchObject({ type: "epoch.begun", ...server.leftOff });
    const sale = await till.sell();
    expect(numberOf(sale)).toBe("BER1-03-000003");
    await sent();
    expect(server.books.sales).toHaveLength(3);
    expect(server.books.keptAside).toEqual([]);
  });

  test("sells nothing before it has heard from the server, and says that it waits", async () => {
    server.goDown();
    await till.start();
    expect(till.view.records).toMatchObject([{ state: "waiting" }]);
    await expect(till.sell()).rejects.toThrow();
    server.comeBack();
    await till.tryingAgain(till.until(({ records }) => records?.[0]?.state === "lost"));
    expect(numberOf(await till.sell())).toBe("BER1-03-000003");
    await sent();
  });

  test("waits on where the server does not say where it was, and is asked to pair again in vain", async () => {
    server.answerAlways("enrol", () => refusal(400, "badRequest"));
    await till.start();
    await server.asked("enrol", 2);
    expect(till.view.records).toMatchObject([{ state: "waiting" }]);
    expect(await till.pair("ABCD-2345")).toMatchObject({ ok: false, reason: "alreadyPaired" });
    expect(till.parts.journal.head.epoch).toBe(0);
  });

  test("and is closed before it has heard asks again at its next start", async () => {
    server.goDown();
    await till.start();
    await till.stop();
    server.comeBack();
    await till.start();
    await till.until(({ records }) => records?.[0]?.state === "lost");
    await sent();
    await till.restart();
    // Until somebody has confirmed it.
    expect(till.view.records).toMatchObject([{ state: "lost" }]);
    expect(numberOf(await till.sell())).toBe("BER1-03-000003");
    await sent();
  });
});
