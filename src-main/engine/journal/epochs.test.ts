import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JournalBench } from "../testing/journal-bench.ts";

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
});
afterEach(() => bench.close());

describe("a till that goes on in its next epoch", () => {
  test("S4 begins it with where the one before ended, on a chain of its own", async () => {
    await bench.sell();
    const [, last] = await bench.entries();
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    await bench.sell();
    const entries = await bench.entries();
    expect(entries.map(({ epoch, seq }) => [epoch, seq])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
    expect(entries[2]!.fact).toEqual({
      type: "epoch.begun",
      register: 3,
      nextReceipt: 2,
      previous: { epoch: 1, seq: 2, hash: last!.hash },
    });
    bench.checkChain(entries);
  });

  test("S18 carries over what the server has not taken in, the same sale under the same id and receipt number", async () => {
    const known = await bench.sell();
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    const unsent = [await bench.sell(), await bench.sell()];
    await bench.signIn();
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    const entries = await bench.entries();
    const [firstEpoch, secondEpoch] = [1, 2].map((epoch) => entries.filter((entry) => entry.epoch === epoch));
    expect(secondEpoch!.slice(1).map(({ id, fact, at }) => ({ id, fact, at }))).toEqual(
      firstEpoch!.slice(2).map(({ id, fact, at }) => ({ id, fact, at })),
    );
    expect(bench.journal.unsent().map(({ epoch, seq }) => [epoch, seq])).toEqual([
      [2, 1],
      [2, 2],
      [2, 3],
      [2, 4],
    ]);
    const numbers = (await bench.journal.recentTickets(10)).map(({ ticket }) => ticket.number);
    expect(numbers).toEqual([unsent[1]!.number, unsent[0]!.number, known.number]);
    bench.checkChain(entries);
  });

  test("S18 carries over in the order in which all was written, also what an epoch between had carried over already", async () => {
    const sold = [await bench.sell(), await bench.sell()];
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    sold.push(await bench.sell());
    bench.journal.acknowledge({ epoch: 2, seq: 4 });
    // The server went back to a time when it had the first sale alone, under the number of the first epoch.
    await bench.journal.carryOver({ epoch: 3, register: 3, known: { epoch: 1, seq: 2 } });
    const carried = (await bench.entries()).flatMap(({ epoch, fact }) =>
      epoch === 3 && fact.type === "ticket.completed" ? [fact.ticket.number] : [],
    );
    expect(carried).toEqual(sold.map(({ number }) => number));
  });

  test("uses no receipt number twice and skips none", async () => {
    await bench.sell();
    await bench.sell();
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    expect((await bench.sell()).number).toBe("BER1-03-000003");
    await bench.reopen();
    expect((await bench.sell()).number).toBe("BER1-03-000004");
    await bench.journal.carryOver({ epoch: 3, register: 3 });
    await bench.reopen();
    expect((await bench.sell()).number).toBe("BER1-03-000005");
  });

  test("counts a carried sale once on the screen, although it stands on the disk twice", async () => {
    const carried = await bench.sell();
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    const pending = bench.journal
      .pendingFor("stock")
      .flatMap(({ fact }) => (fact.type === "ticket.completed" ? [fact.ticket.id] : []));
    expect(pending).toEqual([carried.id]);
    expect(await bench.journal.recentTickets(5)).toHaveLength(1);
    await bench.reopen();
    expect(
      bench.journal.pendingFor("stock").filter(({ fact }) => fact.type === "ticket.completed"),
    ).toHaveLength(1);
  });

  test("knows a carried sale as unsent until the new epoch's copy of it is acknowledged", async () => {
    const carried = await bench.sell();
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    bench.journal.acknowledge({ epoch: 2, seq: 1 });
    expect(await bench.journal.ticket(carried.id)).toMatchObject({ sent: false });
    bench.journal.acknowledge({ epoch: 2, seq: 2 });
    expect(await bench.journal.ticket(carried.id)).toMatchObject({ sent: true });
  });

  test("whose disk is full while it carries over has neither a new epoch nor half of one", async () => {
    await bench.sell();
    bench.failNextWrite("before");
    await expect(bench.journal.carryOver({ epoch: 2, register: 3 })).rejects.toThrow("full");
    expect(bench.journal.head.epoch).toBe(1);
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    expect(bench.journal.unsent().map(({ epoch, seq }) => [epoch, seq])).toEqual([
      [2, 1],
      [2, 2],
    ]);
    bench.checkChain(await bench.entries());
  });

  test("S18 and is killed before it noted so sends everything of it, whatever it had noted of the one before", async () => {
    for (let sale = 0; sale < 4; sale += 1) await bench.sell();
    bench.journal.acknowledge({ epoch: 1, seq: 3 });
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    await bench.reopen({ epoch: 1, seq: 3 });
    expect(bench.journal.unsent().map(({ epoch, seq }) => [epoch, seq])).toEqual([
      [2, 1],
      [2, 2],
      [2, 3],
    ]);
  });

  test("is not confused by a late word about the epoch that it has left", async () => {
    await bench.sell();
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    expect(bench.journal.unsent()).toHaveLength(2);
    expect(bench.journal.acknowledged).toEqual({ epoch: 2, seq: 0 });
  });

  test("does not begin an epoch that it is in already", async () => {
    await bench.journal.carryOver({ epoch: 2, register: 3 });
    await bench.journal.beginEpoch({ epoch: 2, register: 3 });
    await bench.journal.beginEpoch({ epoch: 1, register: 3 });
    expect(await bench.entries()).toHaveLength(2);
  });
});

test("a journal that lies in the place of one that lacks entries takes no write", async () => {
  await bench.shut();
  bench.isStandIn = true;
  await bench.reopen();
  const before = await bench.entries();
  const refused = "in the place of a journal that lacks entries";
  await expect(bench.journal.beginEpoch({ epoch: 2, register: 3 })).rejects.toThrow(refused);
  await expect(bench.journal.carryOver({ epoch: 2, register: 3 })).rejects.toThrow(refused);
  await expect(bench.sell()).rejects.toThrow(refused);
  expect(await bench.entries()).toEqual(before);
});
