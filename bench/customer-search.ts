import { createSecretKey, randomBytes } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { CustomerBook } from "../src-main/engine/customers/customer-book.ts";
import { CustomerKeys } from "../src-main/engine/customers/customer-keys.ts";
import { type OpenedReplica, openReplica } from "../src-main/engine/replica/open-replica.ts";
import { KEY_BYTES } from "../src-main/engine/seal.ts";
import type { Benchmark, Run } from "./benchmark.ts";
import { p50AndP99 } from "./figures.ts";
import { CustomerScan } from "./floors/customer-scan.ts";
import type { Measured } from "./metric.ts";
import { CUSTOMER_QUESTIONS, type CustomerQuestion, customerAt, customerQuestions } from "./shop/customer.ts";

/** Hits asked for: a screenful. */
const LIMIT = 20;
const WARM_UP = 40;
const WRITTEN_AT_A_TIME = 1_000;
const USUAL_PROFILES = 200_000;
const BYTES_PER_MB = 1024 * 1024;

interface Timed {
  readonly kind: CustomerQuestion;
  readonly ms: number;
}

/** From what is typed to the profiles, in the till's book over its replica on the disk. */
export const customerSearch: Benchmark = {
  name: "customer-search",
  what: "from a name, number, address, card or typing error to the profiles, and what the book of them takes; floor: a plain scan of folded texts",
  usual: { skus: 1, samples: 800, profiles: USUAL_PROFILES },
  async *run(run: Run): AsyncGenerator<Measured> {
    const { samples, profiles = USUAL_PROFILES, say, folder } = run;
    say(`writing ${profiles} profiles`);
    const opened = await openReplica({
      dataDir: folder,
      keys: { own: createSecretKey(randomBytes(KEY_BYTES)), lent: createSecretKey(randomBytes(KEY_BYTES)) },
      acknowledged: { epoch: 0, seq: 0 },
      onDamaged: () => undefined,
    });
    await fill(opened, profiles);
    const params = { profiles, limit: LIMIT };
    const questions = customerQuestions({ profiles, count: samples });

    say("loading the book");
    const empty = bytesInUse();
    const { book, loadedMs, longestTurnMs } = await load(opened);
    const bookBytes = bytesInUse() - empty;
    say("searching");
    const measured = await timed(questions, async (text) => void (await book.search({ text, limit: LIMIT })));
    book.close();

    say("measuring the floor");
    const before = bytesInUse();
    const floorStart = performance.now();
    const scan = new CustomerScan();
    for (let number = 0; number < profiles; number += 1) scan.add(customerAt(number));
    const floorLoadMs = performance.now() - floorStart;
    const floorBytes = bytesInUse() - before;
    const floor = await timed(questions, async (text) => void scan.search({ text, limit: LIMIT }));
    await opened.database.close();

    const times = (of: readonly Timed[]) => of.map(({ ms }) => ms);
    yield* p50AndP99({ name: "", times: times(measured), floor: times(floor), params });
    for (const kind of CUSTOMER_QUESTIONS) {
      const only = (of: readonly Timed[]) => times(of.filter((each) => each.kind === kind));
      yield* p50AndP99({ name: kind, times: only(measured), floor: only(floor), params });
    }
    yield { metric: "load", value: loadedMs, unit: "ms", floor: floorLoadMs, params };
    yield { metric: "load.longestTurn", value: longestTurnMs, unit: "ms", floor: floorLoadMs, params };
    yield {
      metric: "memory",
      value: bookBytes / BYTES_PER_MB,
      unit: "MB",
      floor: floorBytes / BYTES_PER_MB,
      params,
    };
  },
};

async function fill({ replica }: OpenedReplica, profiles: number): Promise<void> {
  await replica.inBulk(async () => {
    for (let start = 0; start < profiles; start += WRITTEN_AT_A_TIME) {
      const length = Math.min(WRITTEN_AT_A_TIME, profiles - start);
      const rows = Array.from({ length }, (_, index) => customerAt(start + index));
      await replica.write(
        "customers",
        rows.map((data) => ({ id: data.id, deleted: false, data })),
      );
    }
  });
}

/** `longestTurnMs`: how long whoever sells had to wait at most meanwhile. */
async function load({ replica }: OpenedReplica) {
  const journal = { pendingFor: () => [], watch: () => () => undefined };
  const drafts = {
    get: async () => undefined,
    put: async () => undefined,
    remove: async () => undefined,
    list: async () => [],
  };
  const customerKeys = await CustomerKeys.open(drafts, journal);
  const start = performance.now();
  let longestTurnMs = 0;
  let isLoaded = false;
  const book = new CustomerBook({
    replica,
    customerKeys,
    journal: {
      ...journal,
      append: () => Promise.reject(new Error("nothing is written")),
      ticket: async () => null,
      ticketOfBasket: async () => null,
      recentTickets: async () => [],
      head: { epoch: 1, seq: 0, register: 1, nextReceipt: 1 },
      unsent: () => [],
      async *newestFirst() {},
      entryBefore: async () => null,
      follow: () => () => undefined,
    },
    onTrouble: (error) => {
      throw error;
    },
  });
  const loading = book.loaded.then(() => {
    isLoaded = true;
  });
  for (let last = performance.now(); !isLoaded; ) {
    await new Promise((resolve) => setImmediate(resolve));
    longestTurnMs = Math.max(longestTurnMs, performance.now() - last);
    last = performance.now();
  }
  await loading;
  return { book, loadedMs: performance.now() - start, longestTurnMs };
}

async function timed(
  questions: readonly { readonly kind: CustomerQuestion; readonly text: string }[],
  ask: (text: string) => Promise<void>,
): Promise<readonly Timed[]> {
  for (const { text } of questions.slice(0, WARM_UP)) await ask(text);
  const times: Timed[] = [];
  for (const { kind, text } of questions) {
    const start = performance.now();
    await ask(text);
    times.push({ kind, ms: performance.now() - start });
  }
  return times;
}

/** After the garbage collector has been through. */
function bytesInUse(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect === "function") collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
