import { readFileSync } from "node:fs";
import { Client } from "pg";
import type { Measured } from "../metric.ts";

const BARE = 10;
const BYTES_PER_KILOBYTE = 1_024;

/**
 * What a connection takes of the database's memory while it rests: those of a server that has booked and answered, beside bare ones. Only what is its own:
 * the program's text and the shared buffers are there once.
 */
export async function connectionSizes(url: string, client: Client): Promise<readonly Measured[]> {
  const bare: Client[] = [];
  for (let number = 0; number < BARE; number += 1) {
    const one = new Client({ connectionString: url, application_name: "bare" });
    await one.connect();
    bare.push(one);
  }
  const { rows } = await client.query<{ readonly pid: number; readonly name: string }>(
    "SELECT pid, application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  const own = (wanted: string) => rows.filter(({ name }) => name === wanted).map(({ pid }) => ownBytes(pid));
  const floor = meanOf(own("bare"));
  const servers = own("onetill");
  for (const one of bare) await one.end();
  const common = { unit: "B", floor, params: { connections: servers.length } } as const;
  return [
    { ...common, metric: "connection.mean", value: meanOf(servers) },
    { ...common, metric: "connection.most", value: Math.max(...servers) },
  ];
}

/** Memory that a process has for itself alone. Throws where there is no Linux to say so. */
function ownBytes(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const kilobytes = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm)].map((found) =>
    Number(found[1]),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) * BYTES_PER_KILOBYTE;
}

function meanOf(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}
