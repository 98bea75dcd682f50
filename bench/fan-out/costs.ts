import type { Client } from "pg";
import { z } from "zod";
import { afterPause } from "../pace.ts";
import type { BenchServer } from "../programs/server.ts";
import { usageOf } from "../programs/usage.ts";
import { changePrices } from "../sizes/wire.ts";

const STREAMS = 200;
const CHANGES = 10;
const AT_ONCE = 8;
const WARM = 50;
const SETTLE_MS = 500;

const pageSchema = z.object({
  checkpoint: z.string(),
  caughtUp: z.boolean(),
  documents: z.array(z.unknown()),
});

/** Processor time of the server and of the database, milliseconds for one. */
export interface Taken {
  readonly server: number;
  readonly database: number;
}

/** What a page of prices costs that another till has asked for already, by how many prices are in it. */
export async function pageCost(
  { server, client }: { readonly server: BenchServer; readonly client: Client },
  { rows, samples }: { readonly rows: number; readonly samples: number },
): Promise<Taken> {
  const headers = await server.bareTill();
  const after = await caughtUp(server, headers);
  await changePrices(server, rows, 2);
  const ask = async () => {
    const page = await pulled(server, headers, after);
    if (page.documents.length !== rows) throw new Error(`${page.documents.length} prices instead of ${rows}`);
  };
  await atOnce(WARM, ask);
  return perAct({ server, client }, samples, () => atOnce(samples, ask));
}

/** What telling one till costs: a change while many listen, less the same change while nobody does. */
export async function wakeCost(of: {
  readonly server: BenchServer;
  readonly client: Client;
}): Promise<number> {
  const { server } = of;
  const change = async () => {
    for (let more = 0; more < CHANGES; more += 1) await changePrices(server, 1, more);
    await afterPause(SETTLE_MS);
  };
  await change();
  const quiet = await perAct(of, 1, change);
  const headers = await server.bareTill();
  const listening = new AbortController();
  const streams: Promise<unknown>[] = [];
  for (let stream = 0; stream < STREAMS; stream += 1) {
    const answer = await fetch(new URL("/sync/v1/changes", server.address), {
      headers,
      signal: listening.signal,
    });
    streams.push(
      (async () => {
        if (answer.body !== null) for await (const _ of answer.body);
      })().catch(() => undefined),
    );
  }
  await afterPause(SETTLE_MS);
  const loud = await perAct(of, 1, change);
  listening.abort();
  await Promise.all(streams);
  return Math.max(0, loud.server - quiet.server) / (STREAMS * CHANGES);
}

async function perAct(
  { server, client }: { readonly server: BenchServer; readonly client: Client },
  acts: number,
  work: () => Promise<void>,
): Promise<Taken> {
  const before = { server: usageOf(server.pid).cpuMs, database: await backends(client) };
  await work();
  const database = await backends(client);
  const more = [...database].reduce((sum, [pid, ms]) => sum + ms - (before.database.get(pid) ?? ms), 0);
  return { server: (usageOf(server.pid).cpuMs - before.server) / acts, database: more / acts };
}

/** Processor time of the server's connections. */
async function backends(client: Client): Promise<ReadonlyMap<number, number>> {
  const { rows } = await client.query<{ readonly pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'onetill' AND datname = current_database()",
  );
  return new Map(rows.map(({ pid }) => [pid, usageOf(pid).cpuMs]));
}

async function caughtUp(server: BenchServer, headers: Readonly<Record<string, string>>): Promise<string> {
  for (let after = ""; ; ) {
    const { checkpoint, caughtUp: isThere } = await pulled(server, headers, after);
    if (isThere) return checkpoint;
    after = checkpoint;
  }
}

async function pulled(server: BenchServer, headers: Readonly<Record<string, string>>, after: string) {
  const address = new URL("/sync/v1/replica/prices", server.address);
  address.searchParams.set("after", after);
  address.searchParams.set("limit", "500");
  const answer = await fetch(address, { headers });
  return pageSchema.parse(await answer.json());
}

async function atOnce(count: number, act: () => Promise<void>): Promise<void> {
  let begun = 0;
  const hand = async () => {
    while (begun < count) {
      begun += 1;
      await act();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}
