import type { Benchmark } from "./benchmark.ts";
import { coldStart } from "./cold-start.ts";
import { consoleGrid } from "./console-grid.ts";
import { customerSearch } from "./customer-search.ts";
import { fanOutBench } from "./fan-out.ts";
import { firstSync } from "./first-sync.ts";
import { herd } from "./herd.ts";
import { load } from "./load.ts";
import { peers } from "./peers.ts";
import { pricing } from "./pricing.ts";
import { rebuild } from "./rebuild.ts";
import { reports } from "./reports.ts";
import { scanToLine } from "./scan-to-line.ts";
import { search } from "./search.ts";
import { sizes } from "./sizes.ts";
import { ticketCommit } from "./ticket-commit.ts";

/** All there are, in the order in which they are listed. */
export const BENCHMARKS: readonly Benchmark[] = [
  firstSync,
  scanToLine,
  search,
  ticketCommit,
  coldStart,
  rebuild,
  pricing,
  customerSearch,
  consoleGrid,
  reports,
  peers,
  sizes,
  fanOutBench,
  load,
  herd,
];
