import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import { givenFor } from "./given.ts";
import { sha256Hex } from "./journal.ts";

let bench: JournalBench;
/** 1/1 to 1/6, then 2/1 to 2/9, which tells the sales of the first epoch again. */
let entries: readonly JournalEntry[];
beforeEach(async () => {
  bench = await JournalBench.open();
  for (let sale = 0; sale < 5; sale += 1) await bench.sell();
  await bench.journal.carryOver({ epoch: 2, register: 3 });
  for (let sale = 0; sale < 3; sale += 1) await bench.sell();
  entries = await bench.entries();
});
afterEach(() => bench.close());

const at = (place: string): JournalEntry => {
  const found = entries.find(({ epoch, seq }) => `${epoch}/${seq}` === place);
  if (found === undefined) throw new Error(`there is no ${place}`);
  return found;
};
const places = (found: readonly JournalEntry[] | null) => found?.map(({ epoch, seq }) => `${epoch}/${seq}`);

/** A server that has these, and gives two at a time. */
function serverWith(has: readonly JournalEntry[]) {
  return async (before: AppliedUpTo) =>
    has
      .filter((entry) => isAfter(before, entry))
      .reverse()
      .slice(0, 2);
}

interface Around {
  readonly after?: string;
  readonly before?: string;
  readonly last?: AppliedUpTo;
  readonly end?: "written" | "perhaps";
}

function given({ after, before, last, end }: Around, has: readonly JournalEntry[] = entries) {
  return givenFor(
    {
      after: after === undefined ? null : at(after),
      before: before === undefined ? null : at(before),
      last: last ?? null,
      end: end ?? null,
    },
    { ask: serverWith(has), crypto: { sha256Hex, verify: bench.identity.verify } },
  );
}

describe("what the server gives of a till's journal", () => {
  test("is what lies between two entries, oldest first", async () => {
    expect(places(await given({ after: "1/1", before: "1/5" }))).toEqual(["1/2", "1/3", "1/4"]);
  });

  test("goes over the end of an epoch", async () => {
    expect(places(await given({ after: "1/5", before: "2/3" }))).toEqual(["1/6", "2/1", "2/2"]);
    expect(places(await given({ after: "1/5", before: "2/1" }))).toEqual(["1/6"]);
  });

  test("is the beginning, and the end up to the last one that was written", async () => {
    expect(places(await given({ before: "1/3" }))).toEqual(["1/1", "1/2"]);
    expect(places(await given({ after: "2/7", last: { epoch: 2, seq: 9 } }))).toEqual(["2/8", "2/9"]);
  });

  test("is an end of which nobody knows how far it went, as far as the server has it", async () => {
    expect(places(await given({ after: "2/7", end: "written" }))).toEqual(["2/8", "2/9"]);
    expect(places(await given({ after: "2/7", end: "written", last: { epoch: 2, seq: 8 } }))).toEqual([
      "2/8",
      "2/9",
    ]);
    const short = entries.slice(0, -2);
    expect(await given({ after: "2/7", end: "perhaps" }, short)).toEqual([]);
    expect(await given({ after: "2/7", end: "written" }, short)).toBeNull();
    expect(
      await given({ after: "2/7", end: "perhaps" }, [...short, { ...at("2/8"), staff: null }]),
    ).toBeNull();
    const last = { epoch: 2, seq: 9 };
    expect(await given({ after: "2/7", end: "written", last }, entries.slice(0, -1))).toBeNull();
  });

  test("goes back to where the journal of this machine began, where another one had the register before", async () => {
    const another = entries.map((each) =>
      each.epoch === 1 ? { ...each, signature: at("1/4").signature } : each,
    );
    expect(places(await given({ before: "2/3" }, another))).toEqual(["2/1", "2/2"]);
    // Of an epoch before it the server has a part.
    expect(places(await given({ before: "2/3" }, entries.slice(2)))).toEqual(["2/1", "2/2"]);
  });

  test("is not taken where one of them is not there, be it the newest", async () => {
    expect(
      await given(
        { after: "1/1", before: "1/5" },
        entries.filter((each) => each !== at("1/3")),
      ),
    ).toBeNull();
    expect(await given({ after: "1/1", before: "1/5" }, [])).toBeNull();
    expect(await given({ before: "1/3" }, entries.slice(1))).toBeNull();
    expect(await given({ after: "2/7", last: { epoch: 2, seq: 9 } }, entries.slice(0, -1))).toBeNull();
  });

  test("is not taken where it is of another past, as a machine with this till's key wrote it", async () => {
    const own = at("1/3");
    const { hash: _, signature: __, ...content } = own;
    const { sign } = bench.identity;
    const twins = sealEntry({ content: { ...content, staff: null }, sha256Hex, sign });
    for (const other of [twins, { ...own, staff: null }, { ...own, signature: at("1/4").signature }])
      expect(
        await given(
          { after: "1/1", before: "1/5" },
          entries.map((each) => (each === own ? other : each)),
        ),
      ).toBeNull();
  });
});
