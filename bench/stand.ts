import { join } from "node:path";
import type { Run } from "./benchmark.ts";
import { untilReady } from "./programs/ready.ts";
import { BenchServer } from "./programs/server.ts";
import { BenchTill } from "./programs/till.ts";

/** Where the till of a run keeps its data. */
export function tillFolder({ folder }: Pick<Run, "folder">): string {
  return join(folder, "till");
}

/** A server with the run's shop in it. */
export function openServer({ folder, skus, say }: Run): Promise<BenchServer> {
  say(`seeding a server with ${skus} articles`);
  return BenchServer.open({ dataDir: join(folder, "server"), skus });
}

/** A till of that server which has had its first sync and can sell everything. */
export async function openSyncedTill(run: Run, server: BenchServer): Promise<BenchTill> {
  run.say("first sync");
  const till = await BenchTill.open(tillFolder(run));
  await till.pair(server);
  await untilReady(till, run.skus);
  return till;
}
