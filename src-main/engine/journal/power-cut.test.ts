import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JOURNAL_FILE } from "../database.ts";
import { DiskModel, layOut, remains } from "../storage/testing/disk-model.ts";
import { type Act, traceProgram } from "../storage/testing/syscall-trace.ts";
import { COUNTED_SELLER } from "../testing/counted-seller.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import { PRINTING_SELLER } from "../testing/printing-seller.ts";
import { COPY_FILE } from "./second-copy.ts";

const SOLD_BEFORE = 2;
const SALES = 4;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "onetill-cut-"));
});
afterAll(() => rmSync(root, { recursive: true }));

interface Traced {
  readonly disk: DiskModel;
  readonly acts: readonly Act[];
}

/** A till that has sold before and was switched off, hurt, and what it does from its next start on until it has sold some more. */
async function traced(name: string, hurt: (folder: string) => void): Promise<Traced> {
  const folder = join(root, name);
  mkdirSync(folder);
  const bench = await JournalBench.on(folder, "before");
  await bench.journal.beginEpoch({ epoch: 1, register: 3 });
  for (let sale = 0; sale < SOLD_BEFORE; sale += 1) await bench.sell();
  await bench.shut();
  hurt(folder);
  const disk = DiskModel.holding(folder);
  const acts = traceProgram({
    command: process.execPath,
    args: [COUNTED_SELLER, folder, String(SALES)],
    traceFile: join(root, `${name}.trace`),
    folder,
  });
  return { disk, acts };
}

function soldBy(act: Act): string | null {
  return act.kind === "said" ? (/sold (\S+)/.exec(act.text)?.[1] ?? null) : null;
}

const REMAINS = remains({ seed: 7, draws: 20_000, times: 1 });

interface Cutting {
  /** The power is cut at each so many acts. */
  readonly every?: number;
  /** What the till did before was whole: a cut alone is nothing that anybody is told of. */
  readonly isSilent?: boolean;
}

/** Opens what a power cut left. Every receipt that was given out is there, the rest wholly or not at all, and the till goes on behind it. */
async function expectMended(
  files: ReadonlyMap<string, Buffer>,
  { given, isSilent }: { readonly given: ReadonlySet<string>; readonly isSilent: boolean },
): Promise<JournalBench> {
  const place = layOut(files, root);
  const bench = await JournalBench.on(place, "after");
  if (isSilent) expect(bench.recovery).toBeNull();
  const entries = await bench.entries();
  bench.checkChain(entries);
  const numbers = new Set(
    entries.flatMap(({ fact }) => (fact.type === "ticket.completed" ? [String(fact.ticket.number)] : [])),
  );
  const expected = Array.from(
    { length: numbers.size },
    (_, at) => `BER1-03-${String(at + 1).padStart(6, "0")}`,
  );
  expect([...numbers].toSorted()).toEqual(expected);
  for (const number of given) expect(numbers.has(number), `${number} was given out`).toBe(true);
  expect(numbers.size).toBeLessThanOrEqual(SOLD_BEFORE + given.size + 1);
  expect((await bench.sell()).number).toBe(`BER1-03-${String(numbers.size + 1).padStart(6, "0")}`);
  await bench.shut();
  rmSync(place, { recursive: true });
  return bench;
}

/** Cuts the power at each act, or at each so many of them. */
async function cutEverywhere(
  { disk, acts }: Traced,
  { every = 1, isSilent = false }: Cutting,
): Promise<number> {
  const given = new Set<string>();
  let cuts = 0;
  for (const [index, act] of acts.entries()) {
    disk.take(act);
    const number = soldBy(act);
    if (number !== null) given.add(number);
    if (act.kind === "said" || index % every !== 0) continue;
    for (const survives of REMAINS) {
      cuts += 1;
      await expectMended(disk.cut(survives), { given, isSilent });
    }
  }
  expect(given.size).toBe(SALES);
  return cuts;
}

describe("a power cut", { timeout: 600_000 }, () => {
  test("finds each ticket synced once to the second copy and once to the database's log before its receipt is let out", async () => {
    const { acts } = await traced("synced", () => undefined);
    const places = { copy: COPY_FILE, log: `${JOURNAL_FILE}-wal` };
    let synced: string[] = [];
    const given: string[] = [];
    for (const act of acts) {
      if (act.kind === "sync") synced.push(basename(act.file));
      const number = soldBy(act);
      if (number === null) continue;
      given.push(number);
      expect(synced, number).toContain(places.copy);
      expect(synced, number).toContain(places.log);
      // One for each copy, and no more: what a sale costs. Both at once, so either may be the first.
      if (given.length !== 1 && given.length !== SALES / 2 + 1)
        expect(synced.toSorted()).toEqual([places.copy, places.log].toSorted());
      synced = [];
    }
    expect(given).toHaveLength(SALES);
  });

  test("finds each ticket of a whole till with a printer synced twice, and nothing of it printed before", () => {
    const folder = join(root, "printing");
    mkdirSync(folder);
    const acts = traceProgram({
      command: process.execPath,
      args: [PRINTING_SELLER, folder, String(SALES)],
      traceFile: join(root, "printing.trace"),
      folder,
    });
    let synced: string[] = [];
    let printed = 0;
    for (const act of acts) {
      if (act.kind === "sync") synced.push(basename(act.file));
      if (act.kind !== "said") continue;
      if (act.text.includes("completing")) synced = [];
      if (!act.text.includes("printed")) continue;
      printed += 1;
      expect(synced).toContain(COPY_FILE);
      expect(synced).toContain(`${JOURNAL_FILE}-wal`);
    }
    expect(printed).toBe(SALES);
  });

  test("finds the database's log written back now and then, and never while a cashier waits for a receipt", () => {
    const folder = join(root, "written-back");
    mkdirSync(folder);
    const acts = traceProgram({
      command: process.execPath,
      args: [PRINTING_SELLER, folder, "40"],
      traceFile: join(root, "written-back.trace"),
      folder,
    });
    let isWaiting = false;
    const writtenBack = { meanwhile: 0, behind: 0 };
    for (const act of acts) {
      if (act.kind === "said" && act.text.includes("completing")) isWaiting = true;
      if (act.kind === "said" && act.text.includes("completed")) isWaiting = false;
      if (act.kind !== "sync" || basename(act.file) !== JOURNAL_FILE) continue;
      if (isWaiting) writtenBack.meanwhile += 1;
      else writtenBack.behind += 1;
    }
    expect(writtenBack.meanwhile).toBe(0);
    expect(writtenBack.behind).toBeGreaterThan(2);
  });

  test("at any write of a sale's commit or of a new epoch's leaves every receipt that was given out, and nothing by halves", async () => {
    const commits = await traced("commits", () => undefined);
    expect(await cutEverywhere(commits, { isSilent: true })).toBeGreaterThan(SALES * REMAINS.length);
  });

  test("while a till makes its second copy for the first time, or puts its database right, is only another start", async () => {
    const first = await traced("first", (folder) => rmSync(join(folder, COPY_FILE)));
    expect(first.acts.some(({ kind }) => kind === "rename")).toBe(true);
    await cutEverywhere(first, { every: 5 });
    const gone = await traced("gone", (folder) => rmSync(join(folder, JOURNAL_FILE)));
    expect(gone.acts.some(({ kind }) => kind === "create")).toBe(true);
    await cutEverywhere(gone, { every: 7 });
  });
});
