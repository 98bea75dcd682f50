import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { JournalBench } from "../testing/journal-bench.ts";

/** What is done each time that others are given a turn; whoever gave it waits for its end. */
const turns = vi.hoisted(() => ({ taken: 0, inTurn: async (): Promise<void> => undefined }));
vi.mock("node:timers/promises", async (actual) => ({
  ...(await actual<typeof import("node:timers/promises")>()),
  setImmediate: async () => {
    turns.taken += 1;
    await turns.inTurn();
  },
}));

const SALES = 500;

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
  for (let sale = 0; sale < SALES; sale += 1) await bench.sell();
  turns.taken = 0;
  turns.inTurn = async () => undefined;
});
afterEach(() => bench.close());

/** The server has all of it, and so has the replica: the till keeps nothing of it in memory. */
function allTold(): void {
  const { epoch, seq } = bench.journal.head;
  bench.journal.acknowledge({ epoch, seq });
  bench.apply({ epoch, seq });
  bench.journal.forget();
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const unsentSeqs = (): readonly number[] => bench.journal.unsent().map(({ seq }) => seq);

describe("a till whose server went back to a backup that has nothing of its journal", () => {
  test("S12 sells on while it reads that back, and then all of it is unsent, what it sold meanwhile at its end", async () => {
    allTold();
    const sold: string[] = [];
    const meanwhile: (readonly number[])[] = [];
    turns.inTurn = async () => {
      sold.push((await bench.sell()).number);
      bench.journal.forget();
      meanwhile.push(unsentSeqs());
    };
    expect(await bench.journal.rewind({ epoch: 1, seq: 0 })).toBe(true);
    expect(sold.length).toBeGreaterThan(2);
    // Half of it would be a gap for the server.
    for (const [index, seqs] of meanwhile.entries())
      expect(seqs).toEqual(upTo(index + 1).map((nth) => SALES + 1 + nth));
    expect(unsentSeqs()).toEqual(upTo(SALES + 1 + sold.length));
    expect(bench.journal.pendingFor("stock")).toHaveLength(sold.length);
    bench.checkChain(await bench.entries());
  });

  test("S12 hears of it twice at once, and rereads it once", async () => {
    allTold();
    const rewound = [1, 2].map(() => bench.journal.rewind({ epoch: 1, seq: 0 }));
    expect(await Promise.all(rewound)).toEqual([true, true]);
    const once = turns.taken;
    expect(unsentSeqs()).toEqual(upTo(SALES + 1));
    allTold();
    turns.taken = 0;
    await bench.journal.rewind({ epoch: 1, seq: 0 });
    expect(turns.taken).toBe(once);
  });

  test("S12 has a replica that lost more than the server, and counts both", async () => {
    allTold();
    bench.apply({ epoch: 1, seq: 3 }, ["stock"]);
    await Promise.all([bench.journal.rewind({ epoch: 1, seq: 400 }), bench.journal.recall()]);
    expect(unsentSeqs()).toEqual(upTo(SALES + 1).slice(400));
    expect(bench.journal.pendingFor("stock").map(({ seq }) => seq)).toEqual(upTo(SALES + 1).slice(3));
  });

  test("S12 fails to write while it reads that back: all of it is unsent, and what did get to the disk as well", async () => {
    allTold();
    turns.inTurn = async () => {
      if (turns.taken > 1) return;
      bench.failNextWrite("after");
      await expect(bench.sell()).rejects.toThrow("full");
    };
    await bench.journal.rewind({ epoch: 1, seq: 0 });
    expect(unsentSeqs()).toEqual(upTo(SALES + 2));
  });

  test("S4 sells on while it reads back what it carries over into its next epoch, and carries that over as well", async () => {
    allTold();
    let sold: string | null = null;
    turns.inTurn = async () => {
      if (turns.taken === 1) sold = (await bench.sell()).id;
    };
    await bench.journal.carryOver({ epoch: 2, register: 3, known: { epoch: 0, seq: 0 } });
    const entries = await bench.entries();
    const ids = entries.flatMap(({ epoch, fact }) =>
      epoch === 2 && fact.type === "ticket.completed" ? [fact.ticket.id] : [],
    );
    expect(ids).toHaveLength(SALES + 1);
    expect(ids.at(-1)).toBe(sold);
    bench.checkChain(entries);
  });

  test("S4 gives others their turns while it seals what it carries over", async () => {
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    expect(turns.taken).toBeGreaterThan(2);
    expect(unsentSeqs()).toEqual(upTo(SALES + 1));
    bench.checkChain(await bench.entries());
  });

  test("S4a gives others their turns while it looks for what the server may have", async () => {
    allTold();
    expect(await bench.journal.acknowledgedPlaces(20)).toHaveLength(10);
    expect(turns.taken).toBeGreaterThan(2);
  });
});
