import { JournalBench } from "./journal-bench.ts";

/** The program to start in a process of its own: `node COUNTED_SELLER FOLDER SALES`. */
export const COUNTED_SELLER = import.meta.filename;

/** A till that makes so many sales, says each receipt number once its sale is written, begins its next epoch in the middle of them, and then just ends. */
async function sell(folder: string, sales: number): Promise<void> {
  const bench = await JournalBench.on(folder, `seller-${Date.now().toString(36)}`);
  process.stdout.write("started\n");
  for (let sale = 0; sale < sales; sale += 1) {
    if (sale === Math.floor(sales / 2))
      await bench.journal.carryOver({ epoch: bench.journal.head.epoch + 1, register: 3 });
    process.stdout.write(`sold ${(await bench.sell()).number}\n`);
  }
  process.exit(0);
}

const [, script, folder, sales] = process.argv;
if (script === COUNTED_SELLER && folder !== undefined) await sell(folder, Number(sales));
