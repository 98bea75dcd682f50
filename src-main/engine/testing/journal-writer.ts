import { JournalBench } from "./journal-bench.ts";

/** A till that sells without end and says each receipt number once its sale is written; until it is killed. */
async function sellUntilKilled(folder: string, idPrefix: string): Promise<void> {
  const bench = await JournalBench.on(folder, idPrefix);
  await bench.journal.beginEpoch({ epoch: 1, register: 3 });
  for (;;) process.stdout.write(`sold ${(await bench.sell()).number}\n`);
}

const [, script, folder, idPrefix] = process.argv;
if (script === import.meta.filename && folder !== undefined && idPrefix !== undefined)
  await sellUntilKilled(folder, idPrefix);
