import type { ChainStand } from "../chain-stand.ts";
import { p50AndP99 } from "../figures.ts";
import { emptyProcessBytes } from "../floors/empty-process.ts";
import type { Heard } from "../light-till/hearing.ts";
import type { Measured, Params } from "../metric.ts";

const BYTES_PER_MB = 1_000_000;

/** What the server took of the machine, and what went over the wire, while something was done. */
export interface Watched<T> {
  readonly result: T;
  readonly ms: number;
  readonly cpuMs: number;
  /** Of the database's own processes; null where it has none. */
  readonly databaseCpuMs: number | null;
  /** Memory at the end, and the most since the server was started; bytes. */
  readonly rss: number;
  readonly peak: number;
  readonly wireBytes: number;
}

export async function watched<T>(
  { server, tills, apart, databaseCpuMs }: Pick<ChainStand, "server" | "tills" | "apart" | "databaseCpuMs">,
  work: () => Promise<T>,
): Promise<Watched<T>> {
  const wireBytes = async () => {
    let bytes = 0;
    for (const some of apart === null ? [tills] : [tills, apart]) {
      const { sent, received } = await some.ask({ verb: "wire" });
      bytes += sent + received;
    }
    return bytes;
  };
  const wireBefore = await wireBytes();
  const before = server.usage();
  const databaseBefore = databaseCpuMs?.() ?? 0;
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { cpuMs, rss, peak } = server.usage();
  return {
    result,
    ms,
    rss,
    peak,
    cpuMs: cpuMs - before.cpuMs,
    databaseCpuMs: databaseCpuMs === null ? null : databaseCpuMs() - databaseBefore,
    wireBytes: (await wireBytes()) - wireBefore,
  };
}

/** How long something took: half of the times, 99 in 100, and the longest; the aim is the 99th's. */
export function timesOf({
  name,
  times,
  floor,
  mostMs,
  params,
}: {
  readonly name: string;
  readonly times: readonly number[];
  readonly floor: readonly number[];
  readonly mostMs?: number | undefined;
  readonly params: Params;
}): readonly Measured[] {
  const [p50, p99] = p50AndP99({ name, times, floor, params });
  if (p50 === undefined || p99 === undefined) throw new Error(`${name}: nothing was timed`);
  const longest = Math.max(...floor);
  return [
    p50,
    mostMs === undefined ? p99 : { ...p99, aim: { most: mostMs } },
    {
      ...p99,
      metric: `${name}.max`,
      value: times.reduce((most, ms) => Math.max(most, ms), 0),
      floor: longest,
    },
  ];
}

/**
 * How long wake-ups took, and how many never came (`unheard`): a sale that was acknowledged and of which a till of its store is never told is a fault, whatever the times of the others,
 * and so is a price.
 */
export function wakesOf({
  name,
  heard: { woken, unheard },
  floor,
  mostMs,
  params,
}: {
  readonly name: string;
  readonly heard: Heard;
  readonly floor: readonly number[];
  readonly mostMs?: number | undefined;
  readonly params: Params;
}): readonly Measured[] {
  const times = { name: `${name}.wake`, times: woken, floor, mostMs };
  const figures = timesOf({ ...times, params: { ...params, unheard } });
  if (unheard === 0) return figures;
  const fault = `${name}: ${unheard} of ${woken.length} wake-ups never came`;
  return figures.map((figure, place) => (place === 0 ? { ...figure, fault } : figure));
}

/** What it took of the machine, for each of `acts`. */
export async function takenOf({
  name,
  watched: { cpuMs, databaseCpuMs, rss, peak, wireBytes },
  acts,
  floor,
  mostBytes,
  params,
}: {
  readonly name: string;
  readonly watched: Watched<unknown>;
  readonly acts: number;
  /** The least of each act: processor time, which is of the server's program (the database's time is set beside it as well, for want of one of its own), and bytes over the wire. */
  readonly floor: { readonly cpuMs: number; readonly bytes: number };
  /** Of memory at its peak. */
  readonly mostBytes?: number;
  readonly params: Params;
}): Promise<readonly Measured[]> {
  const empty = (await emptyProcessBytes()) / BYTES_PER_MB;
  const peakMb: Measured = {
    metric: `${name}.server.peak`,
    value: peak / BYTES_PER_MB,
    unit: "MB",
    floor: empty,
    params,
  };
  return [
    { metric: `${name}.server.cpu`, value: cpuMs / acts, unit: "ms", floor: floor.cpuMs, params },
    ...(databaseCpuMs === null
      ? []
      : [
          {
            metric: `${name}.database.cpu`,
            value: databaseCpuMs / acts,
            unit: "ms" as const,
            floor: floor.cpuMs,
            params: { ...params, floorOf: "server" },
          },
        ]),
    { metric: `${name}.server.rss`, value: rss / BYTES_PER_MB, unit: "MB", floor: empty, params },
    mostBytes === undefined ? peakMb : { ...peakMb, aim: { most: mostBytes / BYTES_PER_MB } },
    {
      metric: `${name}.wire`,
      value: wireBytes / acts / BYTES_PER_MB,
      unit: "MB",
      floor: floor.bytes / BYTES_PER_MB,
      params,
    },
  ];
}
