import { JournalBench } from "./journal-bench.ts";

/** The program to start in a process of its own: `node JOURNAL_WRITER FOLDER ID_PREFIX`. */
export const JOURNAL_WRITER = import.meta.filename;

/** A till that sells without end and says each receipt number once its sale is written; until it is killed. */
async function sellUntilKilled(folder: string, idPrefix: string): Promise<void> {
  const bench = await JournalBench.on(folder, idPrefix);
  await bench.journal.beginEpoch({ epoch: 1, register: 3 });
  for (;;) process.stdout.write(`sold ${(await bench.sell()).number}\n`);
}

const [, script, folder, idPrefix] = process.argv;
if (script === JOURNAL_WRITER && folder !== undefined && idPrefix !== undefined)
  await sellUntilKilled(folder, idPrefix);
