import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { JournalBench } from "../testing/journal-bench.ts";
import { JOURNAL_WRITER } from "../testing/journal-writer.ts";

/** How often the till is killed. `KILLS=200` makes a longer run. */
const KILLS = Number(process.env.KILLS ?? 12);
/** A killed till had at least one sale answered and at most so many, so that it is killed at work. */
const MAX_SALES_BEFORE_KILL = 5;

/** Starts a till in a process of its own and kills it at once after that many sales. Returns the receipts it had given out. */
async function sellAndKill(folder: string, idPrefix: string, sales: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [JOURNAL_WRITER, folder, idPrefix], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (piece: Buffer) => {
    said += piece.toString();
    if (said.split("\n").length > sales) child.kill("SIGKILL");
  });
  await once(child, "exit");
  return [...said.matchAll(/^sold (\S+)$/gm)].map(([, number]) => number ?? "");
}

test(`a till killed in the middle of selling, ${KILLS} times: every receipt that was given out is in the journal, no number is skipped or used twice, the chain goes on`, {
  timeout: 300_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "onetill-kill-"));
  const given: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1)
    given.push(...(await sellAndKill(folder, `kill-${kill}`, 1 + (kill % MAX_SALES_BEFORE_KILL))));
  const bench = await JournalBench.on(folder);
  const entries = await bench.entries();
  bench.checkChain(entries);
  const written = entries.flatMap(({ fact }) =>
    fact.type === "ticket.completed" ? [String(fact.ticket.number)] : [],
  );
  expect(written).toEqual(
    Array.from({ length: written.length }, (_, index) => `BER1-03-${String(index + 1).padStart(6, "0")}`),
  );
  expect(given.length).toBeGreaterThanOrEqual(KILLS);
  expect(given.filter((number) => !written.includes(number))).toEqual([]);
  expect(new Set(given).size).toBe(given.length);
  // At most the sale under way at each kill is written without having been answered.
  expect(written.length - given.length).toBeLessThanOrEqual(KILLS);
  await bench.close();
});
