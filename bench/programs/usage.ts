import { readdirSync, readFileSync } from "node:fs";

/** What a process has taken of the machine so far. */
export interface Usage {
  /** Memory that it has now, and the most it had, bytes. */
  readonly rss: number;
  readonly peak: number;
  /** Time of the processors, milliseconds. */
  readonly cpuMs: number;
}

const BYTES_PER_KILOBYTE = 1_024;
/** Linux tells processor time in hundredths of a second, whatever its own clock does. */
const MS_PER_TICK = 10;

/** Reads it off Linux's `/proc`, with nothing asked of the process itself. Throws where there is none. */
export function usageOf(pid: number): Usage {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]);
  return {
    rss: kilobytes("VmRSS") * BYTES_PER_KILOBYTE,
    peak: kilobytes("VmHWM") * BYTES_PER_KILOBYTE,
    cpuMs: timesOf(pid).own,
  };
}

/** Time of the processors that a process and those it started have taken so far, also those of them that are gone; milliseconds. */
export function familyCpuMs(pid: number): number {
  const { own, gone } = timesOf(pid);
  let sum = own + gone;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const child = timesOf(Number(name));
      if (child.parent === pid) sum += child.own;
    } catch {
      // It ended since its name was read.
    }
  }
  return sum;
}

/** Who started a process, and what it and its children that ended took, milliseconds. */
function timesOf(pid: number): { readonly parent: number; readonly own: number; readonly gone: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The program's name stands in brackets, and may have blanks in it.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [, parent = 0] = fields;
  const [user = 0, system = 0, goneUser = 0, goneSystem = 0] = fields.slice(11, 15);
  return { parent, own: (user + system) * MS_PER_TICK, gone: (goneUser + goneSystem) * MS_PER_TICK };
}
