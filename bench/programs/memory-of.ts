import { readdirSync, readFileSync } from "node:fs";

const BYTES_PER_KILOBYTE = 1024;

/**
 * What a process and all that it started weigh together, bytes: their proportional share of what they have in memory (PSS), so that pages that the many processes
 * of a browser share count once. Linux alone tells it.
 */
export function memoryOf(pid: number): number {
  const share = /^Pss:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1];
  const own = share === undefined ? 0 : Number(share) * BYTES_PER_KILOBYTE;
  return childrenOf(pid).reduce((sum, child) => sum + memoryOf(child), own);
}

function childrenOf(pid: number): number[] {
  return threadsOf(pid).flatMap((thread) =>
    textOf(`/proc/${pid}/task/${thread}/children`)
      .split(" ")
      .filter((each) => each !== "")
      .map(Number),
  );
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty where the process has ended meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
