import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type DeviceId, idOf } from "#domain/ids.ts";
import {
  BY_COUNT,
  byClock,
  JournalLine,
  type LinePace,
  MACHINE,
  type Taken,
  type Turn,
  type Waits,
} from "./journal-line.ts";

/** What one transaction wrote: the till and the number of each entry. */
type Written = string[];

const till = (name: string) => idOf<"Device">(name);

class FakeRun implements Waits {
  readonly device: DeviceId;
  readonly #entries: readonly string[];
  #done = 0;

  constructor(name: string, entries: readonly number[]) {
    this.device = till(name);
    this.#entries = entries.map((entry) => `${name}${entry}`);
  }

  get left(): number {
    return this.#entries.length - this.#done;
  }

  costs(): readonly number[] {
    return this.#entries.slice(this.#done).map((entry) => (entry.startsWith("dear") ? 10 : 1));
  }

  take(tx: Written, most: number): Taken<string> {
    const some = this.#entries.slice(this.#done, this.#done + most);
    if (some.some((entry) => entry.startsWith("bad"))) throw new Error("this till is bad");
    tx.push(...some);
    const costs = this.costs();
    const isWhole = some.length === costs.length;
    const cost = costs.slice(0, some.length).reduce((sum, each) => sum + each, 0);
    const settle = () => {
      this.#done += some.length;
    };
    return { cost, answer: isWhole ? (this.#entries.at(-1) ?? "") : null, settle };
  }
}

/** All of it is known already. */
class SentAgain extends FakeRun {
  override take(tx: Written): Taken<string> {
    tx.push(String(this.device));
    return { cost: 0, answer: "known", settle: () => undefined };
  }
}

async function takeAll(tx: Written, turns: readonly Turn<FakeRun>[]): Promise<readonly Taken<string>[]> {
  return turns.map(({ run, most }) => run.take(tx, most));
}

/** A line on a database that keeps each transaction that was durable. `away`: the transactions that find it away; `slow`: entries that bring a transaction down as it is written; `together`: those that do unless it is done again. */
function lineOn({
  pace = BY_COUNT,
  away = [],
  slow = [],
  together = [],
}: {
  readonly pace?: LinePace;
  readonly away?: readonly number[];
  readonly slow?: readonly string[];
  readonly together?: readonly string[];
} = {}) {
  const durable: Written[] = [];
  let begun = 0;
  const line = new JournalLine<FakeRun, Written, string>({
    pace,
    within: async (work, isAgain) => {
      begun += 1;
      const written: Written = [];
      await work(written);
      await Promise.resolve();
      if (!isAgain && together.some((entry) => written.includes(entry))) throw new Error("not together");
      if (away.includes(begun)) throw new Error("away");
      if (slow.some((entry) => written.includes(entry))) throw new Error("too slow");
      durable.push(written);
    },
    take: takeAll,
    isAway: (error) => error instanceof Error && error.message === "away",
    isToBeDoneAgain: (error) => error instanceof Error && error.message === "not together",
  });
  return { line, durable, begun: () => begun };
}

/** On a machine to which nobody comes. */
const UNVISITED = byClock({ ...MACHINE, cameIn: () => 0 });

const numbers = (count: number) => Array.from({ length: count }, (_, place) => place + 1);

describe("by the clock others have the thread", () => {
  /** For how many turns after 80 ms, where the loop sleeps for so long in each, milliseconds, and through all that follow. */
  async function rested(gathers: boolean, ...asleepMs: readonly number[]) {
    let turns = 0;
    let sleptMs = 0;
    const pause = async (ms: number) => {
      sleptMs += asleepMs[turns] ?? ms;
      turns += 1;
    };
    const clock = { now: () => 0, pause, sleptMs: () => sleptMs, cameIn: () => 0 };
    await byClock(clock).breathe(80, gathers);
    return turns;
  }

  test("for ten turns of the loop while more is to come, and else until nobody wanted it in two of them", async () => {
    expect(await rested(true)).toBe(10);
    expect(await rested(false)).toBe(2);
    expect(await rested(false, 0, 0.4, 0)).toBe(5);
    expect(await rested(false, 1, 0, 1, 0)).toBe(6);
    expect(await rested(false, ...numbers(20).map(() => 0))).toBe(10);
  });

  test("until nobody came in either: a loop that was robbed of the processor seems to have slept through a turn", async () => {
    let [turns, came] = [0, 0];
    const pause = async () => {
      turns += 1;
      if (turns <= 4) came += 1;
    };
    const asleep = byClock({ now: () => 0, pause, sleptMs: () => turns, cameIn: () => came });
    await asleep.breathe(80, false);
    expect(turns).toBe(6);
  });

  test("for ten turns however long they hold each", async () => {
    let turns = 0;
    let isOver = false;
    const hold = () => {
      // Longer than all of the rest is where nobody wants the thread.
      for (const until = performance.now() + 12; performance.now() < until; );
      turns += 1;
      if (!isOver) setImmediate(hold);
    };
    setImmediate(hold);
    await UNVISITED.breathe(80, false);
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(9);
  });

  test("so whoever needs a new line is let in with as many others in each rest, though enough waits for the next booking", async () => {
    const [coming, takesMs] = [40, 3];
    let letIn = 0;
    const server = createServer(() => {
      // As long as agreeing upon TLS takes.
      for (const until = performance.now() + takesMs; performance.now() < until; );
      letIn += 1;
    });
    server.listen(0, "127.0.0.1", coming);
    await once(server, "listening");
    const address = server.address();
    const [connected, go] = [0, 1];
    const signs = new Int32Array(new SharedArrayBuffer(8));
    const others = new Worker(
      `const { workerData: { port, coming, signs, connected, go } } = require("node:worker_threads");
      Atomics.wait(signs, go, 0);
      for (let line = 0; line < coming; line += 1)
        require("node:net").connect(port, "127.0.0.1", () => { Atomics.add(signs, connected, 1); Atomics.notify(signs, connected); });`,
      {
        eval: true,
        workerData: { port: (address as AddressInfo).port, coming, signs, connected, go },
      },
    );
    await once(others, "online");
    try {
      Atomics.store(signs, go, 1);
      Atomics.notify(signs, go);
      // Meanwhile this loop turns for nobody: all of them wait to be let in.
      for (let so = 0; so < coming; so = Atomics.load(signs, connected))
        if (Atomics.wait(signs, connected, so, 10_000) === "timed-out") throw new Error("they do not come");
      expect(letIn).toBe(0);
      let rests = 0;
      const pace = byClock({ ...MACHINE, cameIn: () => letIn });
      for (; letIn < coming && rests < coming; rests += 1) await pace.breathe(80, false);
      expect(letIn).toBe(coming);
      expect(rests).toBeLessThanOrEqual(coming / 8);
    } finally {
      await others.terminate();
      server.close();
    }
  });
});

const sellingIsOver = (go: () => void) => {
  go();
  return () => undefined;
};

describe("on a server whoever reads", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());
  const turn = () => new Promise(setImmediate);

  /** Whoever gives way to sales that are over as `end` is called. */
  function givesWay() {
    const way = { isDone: false, isForgotten: false, end: (): void => undefined };
    const done = UNVISITED.giveWay((go) => {
      way.end = go;
      return () => {
        way.isForgotten = true;
      };
    });
    void done.then(() => {
      way.isDone = true;
    });
    return way;
  }

  test("goes on as soon as sales are over", async () => {
    const way = givesWay();
    await turn();
    await turn();
    expect(way.isDone).toBe(false);
    way.end();
    await turn();
    expect(way.isDone).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("waits for sales that never pause for a moment, and is forgotten by them then", async () => {
    const way = givesWay();
    await turn();
    await turn();
    await vi.advanceTimersByTimeAsync(9);
    expect(way.isDone).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(way).toMatchObject({ isDone: true, isForgotten: true });
  });

  test("goes on where nothing is sold", async () => {
    await UNVISITED.giveWay(sellingIsOver);
    expect(vi.getTimerCount()).toBe(0);
  });

  /** How many came in, one in each turn of the loop from the first on, before whoever reads went on. */
  async function letIn(most: number): Promise<number> {
    let [came, isOver] = [0, false];
    const comeIn = () => {
      if (isOver || came === most) return;
      came += 1;
      setImmediate(comeIn);
    };
    setImmediate(comeIn);
    await byClock({ ...MACHINE, cameIn: () => came }).giveWay(sellingIsOver);
    isOver = true;
    return came;
  }

  test("lets in who stands at the door, and goes on once nobody comes", async () => {
    expect(await letIn(10)).toBe(10);
  });

  test("goes on where they hold each turn for long, after a tenth of a second", async () => {
    let [came, ms] = [0, 0];
    const pause = () => Promise.resolve();
    const byHand = byClock({ now: () => ms, pause, sleptMs: () => 0, cameIn: () => came });
    const comeIn = () => {
      if (came === 1_000) return;
      came += 1;
      ms += 40;
      setImmediate(comeIn);
    };
    setImmediate(comeIn);
    let letIn = 0;
    const isOver = (go: () => void) => {
      letIn = came;
      came = 1_000;
      return sellingIsOver(go);
    };
    await byHand.giveWay(isOver);
    expect(letIn).toBeGreaterThanOrEqual(3);
    expect(letIn).toBeLessThanOrEqual(5);
  });

  test("goes on where they never end, once it has let in a hundred", async () => {
    const came = await letIn(1_000);
    expect(came).toBeGreaterThanOrEqual(100);
    expect(came).toBeLessThanOrEqual(102);
  });
});

describe("the line of journals", () => {
  test("what waits at the same time goes into one transaction, and each is told its own answer", async () => {
    const { line, durable } = lineOn();
    const first = line.take(new FakeRun("a", [1]));
    const others = ["b", "c", "d"].map((name) => line.take(new FakeRun(name, [1, 2])));
    expect(await Promise.all([first, ...others])).toEqual(["a1", "b2", "c2", "d2"]);
    expect(durable).toEqual([["a1"], ["b1", "b2", "c1", "c2", "d1", "d2"]]);
  });

  test("nobody is told before the transaction is durable", async () => {
    const { line, durable } = lineOn();
    await line.take(new FakeRun("a", [1]));
    expect(durable).toEqual([["a1"]]);
  });

  test("a till that brings the transaction down fails alone", async () => {
    const { line, durable } = lineOn();
    const all = ["a", "b", "bad", "c"].map((name) => line.take(new FakeRun(name, [1])));
    const ends = await Promise.allSettled(all);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(durable.flat()).toEqual(["a1", "b1", "c1"]);
  });

  test("where the database is away nobody is tried alone, and who comes later is taken in", async () => {
    const { line, durable } = lineOn({ away: [2] });
    const all = ["a", "b", "c"].map((name) => line.take(new FakeRun(name, [1])));
    const ends = await Promise.allSettled(all);
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await line.take(new FakeRun("d", [1]))).toBe("d1");
    expect(durable.flat()).toEqual(["a1", "d1"]);
  });

  test("where a transaction fails only those that were in it are tried alone, and the others go on together", async () => {
    const { line, durable } = lineOn({ pace: { ...BY_COUNT, most: 3 }, slow: ["b1"] });
    const first = line.take(new FakeRun("z", [1]));
    const all = ["a", "b", "c", "d", "e", "f"].map((name) => line.take(new FakeRun(name, [1])));
    const ends = await Promise.allSettled([first, ...all]);
    expect(ends.map(({ status }) => status === "rejected")).toEqual([
      false,
      false,
      true,
      ...Array.from({ length: 4 }, () => false),
    ]);
    expect(durable).toEqual([["z1"], ["a1"], ["c1"], ["d1", "e1", "f1"]]);
  });

  test("what is to be done again is done again with all of it, and nobody is tried alone", async () => {
    const { line, durable, begun } = lineOn({ together: ["b1"] });
    const all = ["z", "a", "b", "c"].map((name) => line.take(new FakeRun(name, [1])));
    expect(await Promise.all(all)).toEqual(["z1", "a1", "b1", "c1"]);
    expect(durable).toEqual([["z1"], ["a1", "b1", "c1"]]);
    expect(begun()).toBe(3);
  });

  test("where what is done again cannot even begin, all are told so", async () => {
    let begun = 0;
    const line = new JournalLine<FakeRun, Written, string>({
      pace: BY_COUNT,
      within: async (work, isAgain) => {
        begun += 1;
        if (isAgain) throw new Error("cannot begin");
        await work([]);
        throw new Error("not together");
      },
      take: takeAll,
      isAway: () => false,
      isToBeDoneAgain: (error) => error instanceof Error && error.message === "not together",
    });
    const ends = await Promise.allSettled(["a", "b", "c"].map((name) => line.take(new FakeRun(name, [1]))));
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(begun).toBe(4);
  });

  test("what was done in vain counts to how long it took", async () => {
    let ms = 0;
    const tookMs: number[] = [];
    const line = new JournalLine<FakeRun, Written, string>({
      pace: {
        ...BY_COUNT,
        most: 2,
        now: () => ms,
        breathe: async (each) => void tookMs.push(each),
      },
      within: async (work, isAgain) => {
        ms += 1_000;
        const written: Written = [];
        await work(written);
        ms += isAgain ? 30 : 20;
        if (!isAgain && written.includes("a1")) throw new Error("not together");
      },
      take: takeAll,
      isAway: () => false,
      isToBeDoneAgain: (error) => error instanceof Error && error.message === "not together",
    });
    await line.take(new FakeRun("a", numbers(12)));
    expect(tookMs.slice(0, 2)).toEqual([50, 20]);
  });

  test("where it fails before anyone was tried, all are told so", async () => {
    const line = new JournalLine<FakeRun, Written, string>({
      pace: BY_COUNT,
      within: () => Promise.reject(new Error("cannot begin")),
      take: takeAll,
      isAway: () => false,
      isToBeDoneAgain: () => false,
    });
    const all = ["a", "b", "c"].map((name) => line.take(new FakeRun(name, [1])));
    const ends = await Promise.allSettled(all);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  });

  test("what is done for all is done in the context of none of them", async () => {
    const who = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const line = new JournalLine<FakeRun, Written, string>({
      pace: BY_COUNT,
      within: async (work) => {
        seen.push(who.getStore());
        await work([]);
      },
      take: takeAll,
      isAway: () => false,
      isToBeDoneAgain: () => false,
    });
    const take = (name: string) =>
      who.run(name, async () => {
        await line.take(new FakeRun(name, [1]));
        return who.getStore();
      });
    expect(await Promise.all([take("a"), take("b"), take("c")])).toEqual(["a", "b", "c"]);
    expect(seen).toEqual([undefined, undefined]);
  });

  test("short runs pass a long one, which goes on all the same", async () => {
    const { line, durable } = lineOn({ pace: { ...BY_COUNT, most: 10 } });
    const long = line.take(new FakeRun("long", numbers(60)));
    const shorts = numbers(20).map((number) => line.take(new FakeRun(`s${number}.`, [1])));
    let isLongDone = false;
    void long.then(() => {
      isLongDone = true;
    });
    await Promise.all(shorts);
    expect(isLongDone).toBe(false);
    await long;
    for (const transaction of durable) {
      // The long one goes on by an entry at least.
      expect(transaction.length).toBeLessThanOrEqual(11);
      expect(transaction.some((entry) => entry.startsWith("long"))).toBe(true);
    }
  });

  test("long ones have their turns one after the other", async () => {
    const { line, durable } = lineOn({ pace: { ...BY_COUNT, most: 8 } });
    await Promise.all(["a", "b", "c"].map((name) => line.take(new FakeRun(name, numbers(40)))));
    expect(durable.slice(0, 6).map(([first]) => first?.[0])).toEqual(["a", "b", "c", "a", "b", "c"]);
  });

  test("after transactions that took long fewer entries go into one, and more again once they are quick", async () => {
    let ms = 0;
    let eachMs = 50;
    const durable: Written[] = [];
    const line = new JournalLine<FakeRun, Written, string>({
      pace: { ...BY_COUNT, most: 64, turnMs: 1_000, now: () => ms },
      within: async (work) => {
        const written: Written = [];
        await work(written);
        ms += written.length * eachMs;
        durable.push(written);
        if (durable.length === 6) eachMs = 1;
      },
      take: takeAll,
      isAway: () => false,
      isToBeDoneAgain: () => false,
    });
    await line.take(new FakeRun("a", numbers(500)));
    const sizes = durable.map(({ length }) => length);
    expect(sizes.slice(0, 6)).toEqual([64, 20, 20, 20, 20, 20]);
    expect(sizes.slice(6, 10)).toEqual([20, 40, 64, 64]);
  });

  test("it gathers between two transactions unless half of what goes into the next one waits", async () => {
    const gathered: boolean[] = [];
    const breathe: LinePace["breathe"] = async (_, gathers) => void gathered.push(gathers);
    const { line, durable } = lineOn({ pace: { ...BY_COUNT, most: 20, breathe } });
    await line.take(new FakeRun("a", numbers(65)));
    expect(durable.map(({ length }) => length)).toEqual([20, 20, 20, 5]);
    expect(gathered.slice(0, 3)).toEqual([false, false, true]);
  });

  test("what waits is weighed by what it costs, and by whose turn is next", async () => {
    const gatheredOf = async (...runs: readonly FakeRun[]) => {
      const gathered: boolean[] = [];
      const breathe: LinePace["breathe"] = async (_, gathers) => void gathered.push(gathers);
      const { line, durable } = lineOn({ pace: { ...BY_COUNT, most: 30, breathe } });
      await Promise.all(runs.map((run) => line.take(run)));
      return gathered.slice(0, durable.length - 1);
    };
    expect(await gatheredOf(new FakeRun("dear", numbers(12)))).toEqual([false, false, false]);
    const own = numbers(20).map((number) => new FakeRun("a", [number]));
    expect(await gatheredOf(...own)).toEqual(Array.from({ length: 19 }, () => true));
  });

  describe("on a database that is far and slow", () => {
    /** Each transaction, and whether more was gathered after it, where from the 40th to the 49th so many sell while it is under way; those that come back have so many entries each. */
    async function beside(sellers: (transaction: number) => number, backlogs: readonly number[] = [4_000]) {
      let ms = 0;
      const durable: Written[] = [];
      const gathered: boolean[] = [];
      const line = new JournalLine<FakeRun, Written, string>({
        pace: {
          ...BY_COUNT,
          most: 250,
          turnMs: 80,
          now: () => ms,
          breathe: async (_, gathers) => void gathered.push(gathers),
        },
        within: async (work) => {
          const written: Written = [];
          await work(written);
          ms += 100 + 5 * written.length;
          durable.push(written);
          if (durable.length >= 40 && durable.length < 50)
            for (const till of numbers(sellers(durable.length)))
              void line.take(new FakeRun(`s${durable.length}.${till}.`, [1]));
        },
        take: takeAll,
        isAway: () => false,
        isToBeDoneAgain: () => false,
      });
      const back = backlogs.map((count, place) => line.take(new FakeRun(`b${place}.`, numbers(count))));
      await Promise.all(back);
      return { durable, gathered };
    }
    const sold = (written: Written) => written.filter((entry) => entry.startsWith("s")).length;

    test("those who sell wait for less of what comes after days, and all of theirs goes together", async () => {
      // In the end more of them than there would be room for beside others.
      const { durable } = await beside((transaction) => (transaction === 49 ? 40 : 2));
      const alone = durable.slice(20, 40).map(({ length }) => length);
      const besideSales = durable.slice(42, 49);
      expect(Math.min(...alone)).toBeGreaterThanOrEqual(50);
      expect(besideSales.map(sold)).toEqual(besideSales.map(() => 2));
      for (const { length } of besideSales) expect(length).toBeLessThanOrEqual(25);
      expect(sold(durable[49] ?? [])).toBe(40);
    });

    test("where sales alone are all that goes beside each other, what comes after days goes on by a quarter of that", async () => {
      const { durable } = await beside(() => 25);
      const besideSales = durable.slice(42, 49);
      expect(besideSales.map(sold)).toEqual(besideSales.map(() => 25));
      for (const written of besideSales) expect(written.length - sold(written)).toBeGreaterThanOrEqual(5);
    });

    test("the last of what comes after days is no sale: others that come back have as much room beside it as ever", async () => {
      const backlogs = numbers(20).map((place) => 300 + 7 * place);
      const { durable } = await beside(() => 0, backlogs);
      for (const { length } of durable.slice(20, -1)) expect(length).toBeGreaterThanOrEqual(50);
    });

    test("nothing is gathered where half of what goes beside sales waits", async () => {
      const { durable, gathered } = await beside(() => 2);
      expect(durable.length).toBeGreaterThan(50);
      expect(gathered.slice(40, 49)).toEqual(numbers(9).map(() => false));
    });
  });

  test("what waits behind the writes of others goes together all the same", async () => {
    let ms = 0;
    const durable: Written[] = [];
    const line = new JournalLine<FakeRun, Written, string>({
      pace: { ...BY_COUNT, most: 50, turnMs: 80, now: () => ms },
      within: async (work) => {
        ms += 10_000;
        const written: Written = [];
        await work(written);
        ms += 10;
        durable.push(written);
      },
      take: takeAll,
      isAway: () => false,
      isToBeDoneAgain: () => false,
    });
    await line.take(new FakeRun("a", numbers(150)));
    expect(durable.map(({ length }) => length)).toEqual([50, 50, 50]);
  });

  test("of entries that cost more fewer go into one transaction", async () => {
    const { line, durable } = lineOn({ pace: { ...BY_COUNT, most: 30 } });
    await line.take(new FakeRun("dear", numbers(20)));
    await line.take(new FakeRun("a", numbers(60)));
    expect(durable.map(({ length }) => length)).toEqual([3, 3, 3, 3, 3, 3, 2, 30, 30]);
  });

  test("runs that were sent again and bring nothing new do not all go into one transaction", async () => {
    const { line, durable } = lineOn({ pace: { ...BY_COUNT, most: 5 } });
    const all = numbers(40).map((number) => line.take(new SentAgain(`a${number}`, [1])));
    expect(new Set(await Promise.all(all))).toEqual(new Set(["known"]));
    expect(durable.flat()).toHaveLength(40);
    expect(Math.max(...durable.map(({ length }) => length))).toBeLessThanOrEqual(5);
  });

  test("whatever comes whenever: each entry once, those of a till in their order, the bad ones not at all", async () => {
    const run = fc.record({
      name: fc.constantFrom("a", "b", "c", "bad"),
      count: fc.integer({ min: 1, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(run, { maxLength: 12 }),
        fc.integer({ min: 1, max: 20 }),
        async (runs, most) => {
          const { line, durable } = lineOn({ pace: { ...BY_COUNT, most } });
          const next = new Map<string, number>();
          const ends = runs.map(async ({ name, count }, place) => {
            const from = next.get(name) ?? 0;
            next.set(name, from + count);
            if (place % 3 === 2) await Promise.resolve();
            return line
              .take(
                new FakeRun(
                  name,
                  numbers(count).map((number) => from + number),
                ),
              )
              .catch(() => "failed");
          });
          const answers = await Promise.all(ends);
          const written = durable.flat();
          for (const name of ["a", "b", "c"]) {
            const own = written
              .filter((entry) => entry.startsWith(name))
              .map((entry) => Number(entry.slice(1)));
            expect(own.toSorted((one, other) => one - other)).toEqual(numbers(next.get(name) ?? 0));
          }
          expect(written.some((entry) => entry.startsWith("bad"))).toBe(false);
          expect(answers.filter((answer) => answer === "failed")).toHaveLength(
            runs.filter(({ name }) => name === "bad").length,
          );
        },
      ),
    );
  });
});
