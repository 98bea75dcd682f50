import { setImmediate as nextTask } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ReadTransaction, Standing, Storage } from "../storage/port.ts";
import { createStandings } from "./standings.ts";

interface Asking {
  readonly go: () => void;
  readonly fail: (error: Error) => void;
}

/** A database that answers when it is told to; each till's journal is as long as its hash says. */
class SlowDatabase implements Pick<Storage, "ask"> {
  readonly asked: (readonly string[])[] = [];
  readonly #asking: Asking[] = [];
  #heard: () => void = () => undefined;

  async ask<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    const standings: ReadTransaction["standings"] = async ({ tokenHashes }) => {
      this.asked.push(tokenHashes);
      await new Promise<void>((go, fail) => {
        this.#asking.push({ go, fail });
        this.#heard();
      });
      const known = tokenHashes.filter((hash) => hash !== "nobody");
      return new Map(known.map((hash) => [hash, { journalTo: Number(hash) } as Standing]));
    };
    return work({ standings } as ReadTransaction);
  }

  async answer(): Promise<void> {
    (await this.#next()).go();
  }

  async fail(): Promise<void> {
    (await this.#next()).fail(new Error("the database is away"));
  }

  async #next(): Promise<Asking> {
    for (;;) {
      const next = this.#asking.shift();
      if (next !== undefined) return next;
      await new Promise<void>((heard) => {
        this.#heard = heard;
      });
    }
  }
}

const journalTo = async (asked: Promise<Standing | null>) => (await asked)?.journalTo ?? null;

test("who asks while the database is being asked is told by the next statement, with all who wait", async () => {
  const database = new SlowDatabase();
  const standings = createStandings({ storage: database, breathe: () => Promise.resolve() });
  const first = standings.of("1");
  const others = ["2", "3", "2", "nobody"].map((hash) => standings.of(hash));
  expect(database.asked).toEqual([["1"]]);
  await database.answer();
  expect(await journalTo(first)).toBe(1);
  await database.answer();
  expect(database.asked).toEqual([["1"], ["2", "3", "nobody"]]);
  expect(await Promise.all(others.map(journalTo))).toEqual([2, 3, 2, null]);
});

test("the state is never older than the asking: nobody joins a statement that has begun", async () => {
  const database = new SlowDatabase();
  const standings = createStandings({ storage: database, breathe: () => Promise.resolve() });
  const early = standings.of("1");
  const late = standings.of("1");
  await database.answer();
  await early;
  await database.answer();
  expect(database.asked).toEqual([["1"], ["1"]]);
  expect(await journalTo(late)).toBe(1);
});

test("where the database does not answer those who asked hear of it, and the next are asked for as ever", async () => {
  const database = new SlowDatabase();
  const standings = createStandings({ storage: database, breathe: () => Promise.resolve() });
  const first = standings.of("1");
  const second = standings.of("2");
  await Promise.all([database.fail(), expect(first).rejects.toThrow("the database is away")]);
  await database.answer();
  expect(await journalTo(second)).toBe(2);
  const third = standings.of("3");
  await database.answer();
  expect(await journalTo(third)).toBe(3);
});

test("one statement is for no more tills than can be answered at one go", async () => {
  const database = new SlowDatabase();
  const standings = createStandings({ storage: database, breathe: () => Promise.resolve() });
  const all = Array.from({ length: 60 }, (_, index) => standings.of(String(index)));
  for (const _ of [1, 24, 24, 11]) await database.answer();
  await Promise.all(all);
  expect(database.asked.map(({ length }) => length)).toEqual([1, 24, 24, 11]);
});

test("sales are taken in between two statements, however many want to read", async () => {
  const database = new SlowDatabase();
  let mayGoOn: () => void = () => undefined;
  const breathe = () =>
    new Promise<void>((done) => {
      mayGoOn = done;
    });
  const standings = createStandings({ storage: database, breathe });
  const [first, second] = [standings.of("1"), standings.of("2")];
  await database.answer();
  await first;
  await nextTask();
  expect(database.asked).toEqual([["1"]]);
  mayGoOn();
  await database.answer();
  expect(await journalTo(second)).toBe(2);
});
