import { readFileSync } from "node:fs";

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
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The program's name stands in brackets, and may have blanks in it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return {
    rss: kilobytes("VmRSS") * BYTES_PER_KILOBYTE,
    peak: kilobytes("VmHWM") * BYTES_PER_KILOBYTE,
    cpuMs: ticks * MS_PER_TICK,
  };
}
