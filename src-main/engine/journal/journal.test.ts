import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JournalBench } from "../testing/journal-bench.ts";

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
});
afterEach(() => bench.close());

describe("the till's journal", () => {
  test("S16 is written to only once its epoch has begun", async () => {
    await bench.close();
    bench = await JournalBench.open({ begun: false });
    await expect(bench.sell()).rejects.toThrow("only once it is paired");
    expect(await bench.entries()).toEqual([]);
  });

  test("begins with the beginning of its epoch, once, however often it is begun", async () => {
    await bench.journal.beginEpoch({ epoch: 1, register: 3 });
    await bench.journal.beginEpoch({ epoch: 1, register: 3 });
    const entries = await bench.entries();
    expect(entries.map(({ seq, fact }) => [seq, fact])).toEqual([
      [1, { type: "epoch.begun", register: 3, nextReceipt: 1, previous: null }],
    ]);
  });

  test("entries written at the same moment follow one another without a gap, each signed and hanging on the one before", async () => {
    await Promise.all(Array.from({ length: 20 }, () => bench.sell()));
    const entries = await bench.entries();
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    bench.checkChain(entries);
  });

  test("the chain goes on over restarts as if there had been none", async () => {
    for (let day = 0; day < 4; day += 1) {
      await bench.signIn();
      await bench.sell();
      await bench.reopen();
    }
    const entries = await bench.entries();
    expect(entries).toHaveLength(9);
    bench.checkChain(entries);
    expect(bench.journal.head).toMatchObject({ epoch: 1, seq: 9, register: 3, nextReceipt: 5 });
  });

  test("an entry is on the disk when its append resolves", async () => {
    const ticket = await bench.sell();
    const onDisk = await bench.documents.find({ selector: { ticketId: ticket.id } }).exec();
    expect(onDisk.map((document) => JSON.parse(document.entry).fact.ticket.number)).toEqual([ticket.number]);
  });

  test("an act that is called off at the last moment leaves no trace and does not hold up the next", async () => {
    const makeFact = (): never => {
      throw new Error("the basket is empty after all");
    };
    await expect(bench.journal.append({ staff: null, makeFact })).rejects.toThrow("empty after all");
    await bench.sell();
    const entries = await bench.entries();
    expect(entries.map(({ fact }) => fact.type)).toEqual(["epoch.begun", "ticket.completed"]);
  });

  test("whoever watches is told after each entry and each word of the server, and no more once it has stopped", async () => {
    let told = 0;
    const stop = bench.journal.watch(() => {
      told += 1;
    });
    await bench.sell();
    expect(told).toBe(1);
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    expect(told).toBe(2);
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    expect(told).toBe(2);
    stop();
    await bench.sell();
    expect(told).toBe(2);
  });
});

test("what could not be read again is not written: the till goes on, and starts again", async () => {
  const tooLong = { type: "drawer.opened", shift: null, reason: "x".repeat(501), approvedBy: null } as const;
  await expect(bench.journal.append({ staff: null, makeFact: () => tooLong })).rejects.toThrow(
    "drawer.opened",
  );
  const { number } = await bench.sell();
  expect(number).toBe("BER1-03-000001");
  await bench.reopen();
  expect((await bench.entries()).map(({ fact }) => fact.type)).toEqual(["epoch.begun", "ticket.completed"]);
});

describe("receipt numbers", () => {
  test("are counted by the journal: one after another, over restarts, without anything kept beside it", async () => {
    const numbers: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      numbers.push((await bench.sell()).number, (await bench.sell()).number);
      await bench.signIn();
      await bench.reopen();
    }
    expect(numbers).toEqual(["1", "2", "3", "4", "5", "6"].map((count) => `BER1-03-00000${count}`));
  });

  test("that were taken for a sale which then failed are given to the next one", async () => {
    await bench.sell();
    bench.failNextWrite("before");
    await expect(bench.sell()).rejects.toThrow("full");
    expect((await bench.sell()).number).toBe("BER1-03-000002");
    bench.checkChain(await bench.entries());
  });

  test("of a sale that reached the disk although the disk said no are not used again", async () => {
    bench.failNextWrite("after");
    await expect(bench.sell()).rejects.toThrow("full");
    expect((await bench.sell()).number).toBe("BER1-03-000002");
    const entries = await bench.entries();
    expect(entries).toHaveLength(3);
    bench.checkChain(entries);
  });

  test("of a sale that was called off are not lost either", async () => {
    await bench.sell();
    const calledOff = bench.journal.append({
      staff: null,
      makeFact: () => {
        throw new Error("not paid");
      },
    });
    await expect(calledOff).rejects.toThrow("not paid");
    expect((await bench.sell()).number).toBe("BER1-03-000002");
  });
});

describe("a sale that is looked for", () => {
  test("is found by its ticket and by its basket, and says whether the server has it", async () => {
    const ticket = await bench.sell();
    expect(await bench.journal.ticket(ticket.id)).toMatchObject({ ticket, sent: false });
    expect(await bench.journal.ticketOfBasket(ticket.basket)).toMatchObject({ ticket, sent: false });
    bench.journal.acknowledge({ epoch: 1, seq: 2 });
    expect(await bench.journal.ticketOfBasket(ticket.basket)).toMatchObject({ sent: true });
    expect(await bench.journal.ticket((await bench.sell()).id)).toMatchObject({ sent: false });
  });

  test("whose disk said no although it was written is found, and not taken for sent", async () => {
    bench.failNextWrite("after");
    await expect(bench.sell()).rejects.toThrow("full");
    const [recovered] = await bench.journal.recentTickets(1);
    expect(recovered).toMatchObject({ ticket: { number: "BER1-03-000001" }, sent: false });
    expect(await bench.journal.ticketOfBasket(recovered!.ticket.basket)).toMatchObject({ sent: false });
    expect(bench.journal.unsent()).toHaveLength(2);
  });

  test("is not found when there was none", async () => {
    const { id, basket } = await bench.sell();
    expect(await bench.journal.ticket(id.replace("id", "no") as typeof id)).toBeNull();
    expect(await bench.journal.ticketOfBasket(basket.replace("id", "no") as typeof basket)).toBeNull();
  });

  test("comes newest first in the list of receipts, each once", async () => {
    for (let count = 0; count < 5; count += 1) await bench.sell();
    const numbers = (await bench.journal.recentTickets(3)).map(({ ticket }) => ticket.number);
    expect(numbers).toEqual(["BER1-03-000005", "BER1-03-000004", "BER1-03-000003"]);
    expect(await bench.journal.recentTickets(200)).toHaveLength(5);
  });
});
