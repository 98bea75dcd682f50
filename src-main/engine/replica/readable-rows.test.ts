import { expect, test } from "vitest";
import type { PlacedRow, StoredRow } from "../storage/table.ts";
import { readableRows } from "./readable-rows.ts";

const LOST = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });
const NOT_READ = Object.assign(new Error("disk I/O error"), { errcode: 266 });

const ROWS = Array.from({ length: 2_000 }, (_, each): PlacedRow => {
  const id = String(each + 1).padStart(4, "0");
  return { place: each + 1, id, isDeleted: false, json: "{}" };
});

/** Rows of which those at some places cannot be read, by their ids from the first of them on. */
class HurtTable {
  readonly #isHurt: (place: number) => boolean;
  readonly #error: Error;
  reads = 0;

  constructor(isHurt: (place: number) => boolean, error: Error) {
    this.#isHurt = isHurt;
    this.#error = error;
  }

  after(id: string, limit: number): readonly StoredRow[] {
    return this.#read(ROWS.filter((row) => row.id > id).slice(0, limit));
  }

  behind(place: number, limit: number): readonly PlacedRow[] {
    return this.#read(ROWS.slice(place, place + limit));
  }

  #read(rows: readonly PlacedRow[]): readonly PlacedRow[] {
    this.reads += 1;
    if (rows.some(({ place }) => this.#isHurt(place))) throw this.#error;
    return rows;
  }
}

async function idsOf(
  table: Pick<HurtTable, "after" | "behind">,
  told: unknown[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const rows of readableRows(table, (error) => void told.push(error)))
    ids.push(...rows.map(({ id }) => id));
  return ids;
}

const allBut = (isHurt: (place: number) => boolean) =>
  ROWS.filter(({ place }) => !isHurt(place)).map(({ id }) => id);

test("a table of which nothing is lost is read through, in the order of ids", async () => {
  const told: unknown[] = [];
  expect(await idsOf(new HurtTable(() => false, LOST), told)).toEqual(allBut(() => false));
  expect(told).toEqual([]);
});

test("of one that makes no sense in places, each row that does is read once", async () => {
  const isHurt = (place: number) => (place > 690 && place < 710) || place > 1_995;
  const told: unknown[] = [];
  expect(await idsOf(new HurtTable(isHurt, LOST), told)).toEqual(allBut(isHurt));
  expect(told).toContain(LOST);
});

test("of one on a disk that does not read a place, those far from it are read, and it is not asked again and again", async () => {
  const table = new HurtTable((place) => place === 1_200, NOT_READ);
  const told: unknown[] = [];
  expect(await idsOf(table, told)).toEqual(allBut((place) => place > 1_000 && place <= 1_500));
  expect(told).toEqual([NOT_READ, NOT_READ]);
  expect(table.reads).toBeLessThan(20);
});

test("one of which nothing can be read has an end", async () => {
  const table = { after: () => fail(), behind: () => fail() };
  function fail(): never {
    throw LOST;
  }
  expect(await idsOf(table, [])).toEqual([]);
});

test("one whose ids lead round and round is read as it lies there", async () => {
  const whole = new HurtTable(() => false, LOST);
  const table = {
    after: () => whole.after("", 500),
    behind: (place: number, limit: number) => whole.behind(place, limit),
  };
  const told: unknown[] = [];
  expect(await idsOf(table, told)).toEqual(allBut(() => false));
  expect(told).toHaveLength(1);
});
