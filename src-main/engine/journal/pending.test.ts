import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JournalBench } from "../testing/journal-bench.ts";

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
  for (let count = 0; count < 4; count += 1) await bench.sell();
});
afterEach(() => bench.close());

function pendingSeqs(collection: "stock" | "products"): readonly number[] {
  return bench.journal.pendingFor(collection).map(({ seq }) => seq);
}

function unsentSeqs(): readonly number[] {
  return bench.journal.unsent().map(({ seq }) => seq);
}

describe("what the screen adds to the replica", () => {
  test("is every entry of this till that the replica does not contain, over restarts as well", async () => {
    expect(pendingSeqs("stock")).toEqual([1, 2, 3, 4, 5]);
    bench.apply({ epoch: 1, seq: 3 });
    await bench.reopen({ epoch: 1, seq: 5 });
    expect(pendingSeqs("stock")).toEqual([4, 5]);
  });

  test("is told apart by collection: stock that has it already does not count it again, prices that have not still wait", () => {
    bench.apply({ epoch: 1, seq: 4 }, ["stock"]);
    expect(pendingSeqs("stock")).toEqual([5]);
    expect(pendingSeqs("products")).toEqual([1, 2, 3, 4, 5]);
  });

  test("does not shrink because the server has acknowledged: only because the replica has it", () => {
    bench.journal.acknowledge({ epoch: 1, seq: 5 });
    bench.journal.forget();
    expect(pendingSeqs("stock")).toEqual([1, 2, 3, 4, 5]);
    bench.apply({ epoch: 1, seq: 5 });
    expect(pendingSeqs("stock")).toEqual([]);
  });

  test("does not lose what one collection still lacks when the others have it", async () => {
    bench.journal.acknowledge({ epoch: 1, seq: 5 });
    bench.apply({ epoch: 1, seq: 5 });
    bench.apply({ epoch: 1, seq: 2 }, ["stock"]);
    bench.journal.forget();
    expect(pendingSeqs("stock")).toEqual([3, 4, 5]);
    await bench.reopen({ epoch: 1, seq: 5 });
    expect(pendingSeqs("stock")).toEqual([3, 4, 5]);
  });
});

describe("what is still to be sent", () => {
  test("is every entry after the last that the server acknowledged, oldest first", () => {
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    expect(unsentSeqs()).toEqual([3, 4, 5]);
  });

  test("S11 is counted from what was noted last: a till killed before it noted more sends some again", async () => {
    bench.journal.acknowledge({ epoch: 1, seq: 4 });
    await bench.reopen({ epoch: 1, seq: 2 });
    expect(unsentSeqs()).toEqual([3, 4, 5]);
  });

  test("does not shrink because a replica contains it: only because the server has acknowledged it", async () => {
    bench.apply({ epoch: 1, seq: 5 });
    bench.journal.forget();
    expect(unsentSeqs()).toEqual([1, 2, 3, 4, 5]);
    await bench.reopen();
    expect(unsentSeqs()).toEqual([1, 2, 3, 4, 5]);
  });

  test("never shrinks by a word that is older than one heard before, or that speaks of entries that are not there", () => {
    bench.journal.acknowledge({ epoch: 1, seq: 4 });
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    expect(unsentSeqs()).toEqual([5]);
    bench.journal.acknowledge({ epoch: 1, seq: 99 });
    expect(bench.journal.acknowledged).toEqual({ epoch: 1, seq: 5 });
  });

  test("S12 is read back from the disk when the server turns out to have less than it had said", async () => {
    bench.journal.acknowledge({ epoch: 1, seq: 5 });
    bench.apply({ epoch: 1, seq: 5 });
    bench.journal.forget();
    expect(unsentSeqs()).toEqual([]);
    expect(await bench.journal.rewind({ epoch: 1, seq: 2 })).toBe(true);
    expect(unsentSeqs()).toEqual([3, 4, 5]);
    expect(await bench.journal.rewind({ epoch: 1, seq: 2 })).toBe(false);
    expect((await bench.sell()).number).toBe("BER1-03-000005");
    expect(unsentSeqs()).toEqual([3, 4, 5, 6]);
  });

  test("is all of it when the server has lost everything", async () => {
    bench.journal.acknowledge({ epoch: 1, seq: 5 });
    bench.apply({ epoch: 1, seq: 5 });
    bench.journal.forget();
    await bench.journal.rewind({ epoch: 1, seq: 0 });
    expect(unsentSeqs()).toEqual([1, 2, 3, 4, 5]);
  });
});
