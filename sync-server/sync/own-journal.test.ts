import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_ENTRIES_PER_PUSH, MAX_PUSH_BYTES, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { ownJournalAnswerSchema } from "#protocol/sync/own-journal.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { CUP } from "../testing/shop.ts";
import { ownJournal } from "./own-journal.ts";

let http: HttpForTests;
let mine: HttpTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  mine = await http.pair();
});
afterEach(() => http.close());

async function push({ till, token }: HttpTill, entries = till.entries): Promise<void> {
  const answer = await http.ask("/sync/v1/journal", { method: "POST", token, body: { entries } });
  expect(pushAnswerSchema.parse(await answer.json())).toMatchObject({ ok: true });
}

async function sold({ till, token, enrolment }: HttpTill, sales: number): Promise<void> {
  till.begin();
  for (let sale = 0; sale < sales; sale += 1) till.sell([{ variant: CUP, quantity: 1 }]);
  await push({ till, token, enrolment });
}

async function asked({ token }: HttpTill, query: string) {
  return ownJournalAnswerSchema.parse(await (await http.ask(`/sync/v1/journal?${query}`, { token })).json());
}

describe("S4e a till that asks for its own entries", () => {
  test("gets those before a place, newest first, as it signed them", async () => {
    await sold(mine, 3);
    const { entries } = mine.till;
    expect((await asked(mine, "epoch=1&seq=4")).entries).toEqual(entries.slice(0, 3).reverse());
    expect((await asked(mine, "epoch=2&seq=1")).entries).toEqual([...entries].reverse());
    expect((await asked(mine, "epoch=1&seq=1")).entries).toEqual([]);
  });

  test("gets nothing of another till", async () => {
    const other = await http.pair();
    await sold(mine, 2);
    expect((await asked(other, "epoch=9&seq=9")).entries).toEqual([]);
  });

  test("is told what is no place, and gets nothing without its token", async () => {
    expect(await refusalOf(await http.ask("/sync/v1/journal?epoch=0&seq=x", { token: mine.token }))).toEqual({
      status: 400,
      reason: "badRequest",
    });
    expect((await http.ask("/sync/v1/journal?epoch=1&seq=1", { token: null })).status).toBe(401);
  });

  test("gets as much as one push may carry, and one that is larger still alone", async () => {
    await sold(mine, MAX_ENTRIES_PER_PUSH - 1);
    await push(mine, [mine.till.sell([{ variant: CUP, quantity: 1 }])]);
    const page = (await asked(mine, "epoch=2&seq=1")).entries;
    expect(page).toHaveLength(MAX_ENTRIES_PER_PUSH);
    const [newest] = page;
    const long = (characters: number) => ({ ...newest!, id: "x".repeat(characters) });
    const answered = async (...sizes: readonly number[]) => {
      const newestEntries = async () => sizes.map(long);
      const reads = { newestEntries } as unknown as ReadTransaction;
      const { device: id, store } = mine.till;
      return (await ownJournal(reads, { id, store }, { epoch: 2, seq: 1 })).length;
    };
    expect(await answered(1, MAX_PUSH_BYTES, 1)).toBe(1);
    expect(await answered(MAX_PUSH_BYTES, 1)).toBe(1);
    expect(await answered(1, 1, 1)).toBe(3);
  });
});
