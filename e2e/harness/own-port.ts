import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems hand out to whoever asks for any: what a server leaves free while it is stopped is taken by nobody meanwhile. */
const FIRST = 20_000;
const PER_WORKER = 1_000;
const WORKERS = 12;

/** A free port that no other worker of this run gives out. */
export async function ownPort(): Promise<number> {
  const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0) % WORKERS;
  for (;;) {
    const port = FIRST + worker * PER_WORKER + Math.floor(Math.random() * PER_WORKER);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server, "listening").then(
    () => true,
    () => false,
  );
  server.listen(port);
  if (!(await listening)) return false;
  server.close();
  await once(server, "close");
  return true;
}
