import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NOTHING_DONE } from "#domain/cases/act.ts";
import { MAX_PHOTO_BYTES, MAX_PHOTOS_PER_ACT } from "#domain/cases/case.ts";
import { idOf } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { MAX_ENTRIES_PER_PUSH, MAX_PUSH_BYTES, type PushAnswer } from "#protocol/sync/journal.ts";
import { type Ask, FakeServer, NEVER, refusal } from "../testing/fake-server.ts";
import { SyncedTill, stockedServer } from "../testing/synced-till.ts";
import { CALL_TIMEOUT_MS } from "./server-client.ts";

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

/** The seqs of each run that the till pushed. */
function runs(): readonly (readonly number[])[] {
  return server.asksOf("journal").map(({ body }) => entriesOf(body).map(({ seq }) => seq));
}

function entriesOf(body: unknown): readonly JournalEntry[] {
  return (body as { readonly entries: readonly JournalEntry[] }).entries;
}

function booked(): readonly number[] {
  return server.books.entries.map(({ seq }) => seq);
}

function sent(): Promise<unknown> {
  return till.until(({ unsent }) => unsent === 0);
}

/** A case of which as much is told at once as one entry may carry. */
function notedWithPhotos(made: number): Fact {
  const bytes = Buffer.alloc(MAX_PHOTO_BYTES, made).toString("base64");
  const photo = { hash: idOf<"ImageHash">("0".repeat(64)), mime: "image/jpeg", bytes } as const;
  const photos = Array.from({ length: MAX_PHOTOS_PER_ACT }, () => photo);
  return { type: "case.noted", case: idOf<"Case">("case-1"), act: NOTHING_DONE, photos };
}

describe("a till's sales", () => {
  test("S10 go to the server one after another as they are made", async () => {
    for (let sale = 0; sale < 3; sale += 1) {
      await till.sell();
      await sent();
    }
    expect(runs()).toEqual([[1], [2], [3], [4]]);
    expect(booked()).toEqual([1, 2, 3, 4]);
  });

  test("do not wait for the server: a sale is made while the call about the one before hangs", async () => {
    server.answerAlways("journal", NEVER);
    await till.sell();
    await server.asked("journal", 2);
    await till.sell();
    await till.sell();
    expect(till.view.unsent).toBe(3);
    server.answerAlways("journal", null);
    till.timers.pass(CALL_TIMEOUT_MS);
    await sent();
    expect(booked()).toEqual([1, 2, 3, 4]);
  });

  test("and cases with photos that waited for the server are cut into runs that each fit into one call", async () => {
    server.goDown();
    for (let made = 0; made < 6; made += 1)
      await till.parts.journal.append({ staff: null, makeFact: () => notedWithPhotos(made) });
    server.comeBack();
    await till.backingOff();
    till.tryAgain();
    await sent();
    const pushed = server.asksOf("journal").filter(({ body }) => entriesOf(body).some(({ seq }) => seq > 1));
    for (const { body } of pushed)
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(MAX_PUSH_BYTES);
    expect(new Set(pushed.map(({ body }) => entriesOf(body)[0]?.seq)).size).toBeGreaterThan(1);
    expect(booked()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("made while the server was away go in one run, in their order, and the screen says how many waited since when", async () => {
    server.goDown();
    const since = till.clock.now();
    for (let sale = 0; sale < 5; sale += 1) {
      await till.sell();
      till.clock.pass(60_000);
    }
    expect(till.view).toMatchObject({ unsent: 5, oldestUnsentAt: since });
    server.comeBack();
    await till.backingOff();
    till.tryAgain();
    await sent();
    expect(runs().at(-1)).toEqual([2, 3, 4, 5, 6]);
    expect(booked()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(till.view).toMatchObject({ unsent: 0, oldestUnsentAt: null });
  });

  test("S11 whose answer was lost are sent again and counted once", async () => {
    server.answerNext("journal", (ask) => {
      server.answer(ask);
      throw new TypeError("the line broke");
    });
    await till.sell();
    await till.backingOff();
    expect(booked()).toEqual([1, 2]);
    expect(till.view.unsent).toBe(1);
    till.tryAgain();
    await sent();
    expect(runs()).toEqual([[1], [2], [2]]);
    expect(booked()).toEqual([1, 2]);
  });

  test("S11 of which the server has taken in a part so far are sent from there on", async () => {
    server.goDown();
    for (let sale = 0; sale < 4; sale += 1) await till.sell();
    server.comeBack();
    server.answerNext("journal", ({ body }: Ask) =>
      Response.json(server.books.take(entriesOf(body).slice(0, 2), server.clock.now())),
    );
    await till.backingOff();
    till.tryAgain();
    await sent();
    expect(runs().slice(-2)).toEqual([
      [2, 3, 4, 5],
      [4, 5],
    ]);
    expect(booked()).toEqual([1, 2, 3, 4, 5]);
  });

  test("S12 that are on their way as it is heard elsewhere that the server went back are told again, and nothing is said to be wrong", async () => {
    await till.sell();
    await sent();
    await till.resting();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.answerNext("journal", async (ask) => {
      await held;
      return server.answer(ask);
    });
    await till.sell();
    await server.asked("journal", 3);
    server.books.loseEntriesAfter(1);
    await till.parts.journal.rewind({ epoch: 1, seq: 1 });
    const troubles: unknown[] = [];
    const stop = till.sync.watch(() => troubles.push(till.view.trouble));
    release();
    await sent();
    stop();
    expect(booked()).toEqual([1, 2, 3]);
    expect(runs().at(-1)).toEqual([2, 3]);
    expect(new Set(troubles)).toEqual(new Set([null]));
  });

  test("that were acknowledged are not sent again after a restart; those that were not are", async () => {
    await till.sell();
    await sent();
    await till.resting();
    server.goDown();
    await till.sell();
    await till.stop();
    server.comeBack();
    await till.start();
    await sent();
    expect(runs()).toEqual([[1], [2], [3]]);
  });

  test("S21 go in runs that the server takes, by number", async () => {
    server.goDown();
    for (let sale = 0; sale < MAX_ENTRIES_PER_PUSH + 50; sale += 1) await till.sell();
    server.comeBack();
    till.tryAgain();
    await sent();
    expect(runs().map((run) => run.length)).toEqual([1, MAX_ENTRIES_PER_PUSH, 50]);
    expect(booked()).toHaveLength(MAX_ENTRIES_PER_PUSH + 51);
  });

  test("S21 and by size", async () => {
    server.goDown();
    for (let sale = 0; sale < 25; sale += 1) await till.sell({ lines: 500 });
    server.comeBack();
    till.tryAgain();
    await sent();
    for (const { body } of server.asksOf("journal"))
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(MAX_PUSH_BYTES);
    expect(runs().length).toBeGreaterThan(2);
    expect(booked()).toEqual(Array.from({ length: 26 }, (_, index) => index + 1));
  });
});

describe("a line that lets only small runs through, as a proxy in between may", () => {
  const SMALL_ENOUGH = 3;
  const tooLarge = () => new Response("<h1>413 Request Entity Too Large</h1>", { status: 413 });

  test("S21 gets smaller ones, until all have gone", async () => {
    server.goDown();
    for (let sale = 0; sale < 20; sale += 1) await till.sell();
    server.comeBack();
    server.answerAlways("journal", (ask) =>
      entriesOf(ask.body).length > SMALL_ENOUGH ? tooLarge() : server.answer(ask),
    );
    till.tryAgain();
    await sent();
    expect(booked()).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(till.view.trouble).toBeNull();
  });

  test("S21 that lets not even one sale through is trouble, and the sale stays", async () => {
    server.answerAlways("journal", tooLarge);
    const sale = await till.sell();
    await till.until(({ trouble }) => trouble === "journalRefused");
    expect(till.parts.journal.unsent()).toEqual([sale]);
  });
});

describe("sales that the server will not take", () => {
  const answering = (reason: Extract<PushAnswer, { ok: false }>["reason"]) => () =>
    Response.json({
      ok: false,
      reason,
      atSeq: 2,
      acknowledged: 1,
      headHash: "0".repeat(64),
      serverTime: server.clock.now(),
    } satisfies PushAnswer);

  test.each([
    ["S14 badHash", answering("badHash")],
    ["S14 badSignature", answering("badSignature")],
    ["S15 wrongDevice", answering("wrongDevice")],
    ["S16 malformed", answering("malformed")],
    ["S12 gap, where there is none", answering("gap")],
    ["S70 badRequest", () => refusal(400, "badRequest")],
    ["S21 tooLarge", () => refusal(413, "tooLarge")],
    ["S70 forbidden", () => refusal(403, "forbidden")],
    ["S70 conflict", () => refusal(409, "conflict")],
  ])(
    "(%s) stay at the till, the screen says so, the till sells on, and they go once they are taken",
    async (_, no) => {
      server.answerAlways("journal", no);
      const first = await till.sell();
      await till.until(({ trouble }) => trouble === "journalRefused");
      const second = await till.sell();
      expect(till.parts.journal.unsent()).toEqual([first, second]);
      await till.restart();
      expect(till.parts.journal.unsent()).toEqual([first, second]);
      await till.until(({ trouble }) => trouble === "journalRefused");
      server.answerAlways("journal", null);
      await till.sell();
      await sent();
      await till.until(({ trouble }) => trouble === null);
      expect(booked()).toEqual([1, 2, 3, 4]);
    },
  );

  test("are not sent again without a pause", async () => {
    server.answerAlways("journal", answering("malformed"));
    await till.sell();
    await till.until(({ trouble }) => trouble === "journalRefused");
    await till.resting();
    const asked = server.asksOf("journal").length;
    till.timers.pass(59_000);
    expect(server.asksOf("journal")).toHaveLength(asked);
    till.timers.pass(1_000);
    await server.asked("journal", asked + 1);
  });
});
