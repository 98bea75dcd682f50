import type { Benchmark, Run } from "./benchmark.ts";
import { jsonLine, type Metric, tableOf, toMetric } from "./metric.ts";

/**
 * Runs a benchmark and prints its figures: each as it comes (JSON), or all at the end (a table). Resolves with what happened that must never, whatever the figures; it is said as it
 * happens, and once more at the end. Rejects when it could not be measured.
 */
export async function runBenchmark(
  benchmark: Benchmark,
  run: Omit<Run, "say">,
  out: {
    readonly json: boolean;
    readonly print: (line: string) => void;
    /** For people, beside the figures. */
    readonly tell: (line: string) => void;
  },
): Promise<readonly string[]> {
  const { json, print, tell } = out;
  const say = (what: string) => tell(`${benchmark.name}: ${what}`);
  const metrics: Metric[] = [];
  const faults: string[] = [];
  for await (const measured of benchmark.run({ ...run, say })) {
    if (measured.fault !== undefined) {
      faults.push(measured.fault);
      say(`this must never happen: ${measured.fault}`);
    }
    const metric = toMetric(benchmark.name, measured);
    metrics.push(metric);
    if (json) print(jsonLine(metric));
  }
  if (!json) print(tableOf(metrics));
  if (faults.length > 0) tell(`This must never happen, and did: ${faults.join("; ")}.`);
  return faults;
}
