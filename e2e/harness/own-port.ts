import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems hand out to whoever asks for any: what a server leaves free while it is stopped is taken by nobody meanwhile. */
const FIRST = 20_000;
const BLOCKS = 120;
const PER_BLOCK = 100;

/** The first port of this worker's block; null: it has none yet. */
let block: number | null = null;
let given = 0;

/** A free port that no other worker gives out, be it of another run on this machine. */
export async function ownPort(): Promise<number> {
  block ??= await claimBlock();
  for (;;) {
    // In turn, and not the one that was stopped a moment ago.
    const port = block + 1 + (given % (PER_BLOCK - 1));
    given += 1;
    if (await isFree(port)) return port;
  }
}

/** A block belongs to whoever listens on its first port: the system gives it back when the worker ends, however it ends. */
async function claimBlock(): Promise<number> {
  const from = process.pid % BLOCKS;
  for (let tried = 0; tried < BLOCKS; tried += 1) {
    const first = FIRST + ((from + tried) % BLOCKS) * PER_BLOCK;
    const server = await listenOn(first);
    if (server === null) continue;
    server.unref();
    return first;
  }
  throw new Error("no block of ports is free on this machine");
}

async function isFree(port: number): Promise<boolean> {
  const server = await listenOn(port);
  if (server === null) return false;
  server.close();
  await once(server, "close");
  return true;
}

/** Null where somebody listens already. */
async function listenOn(port: number) {
  const server = createServer();
  const listening = once(server, "listening").then(
    () => server,
    () => null,
  );
  server.listen(port);
  return listening;
}
