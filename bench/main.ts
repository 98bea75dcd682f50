import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BENCHMARKS } from "./benchmarks.ts";
import { helpFor, type Options, readOptions } from "./options.ts";
import { runBenchmark } from "./run-benchmark.ts";

const reading = readOptions(process.argv.slice(2), { benchmarks: BENCHMARKS, cwd: process.cwd() });
if (reading.kind === "help") {
  console.log(helpFor(BENCHMARKS));
} else if (reading.kind === "wrong") {
  console.error(`${reading.message}\n\n${helpFor(BENCHMARKS)}`);
  process.exitCode = 2;
} else {
  run(reading.options).catch((error: unknown) => {
    console.error(`It could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
}

async function run({ benchmark, size, json, dir, data, ...chosen }: Options): Promise<void> {
  const folder = data ?? ownFolder(dir ?? tmpdir());
  const faults = await runBenchmark(
    benchmark,
    { ...size, ...chosen, folder },
    { json, print: console.log, tell: console.error },
  );
  if (faults.length > 0) process.exitCode = 1;
}

/** Cleared away when the benchmark ends, also by a signal; the programs that write to it end first. */
function ownFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "onetill-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  return folder;
}
