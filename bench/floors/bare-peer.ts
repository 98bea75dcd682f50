import { join } from "node:path";
import { BETWEEN_CHANGES_MS, centsOfChange, type Round, SMALL_SHOP_SKUS } from "../contenders/contender.ts";
import { afterPause } from "../pace.ts";
import { CountingProxy } from "../programs/counting-proxy.ts";
import { memoryOf } from "../programs/memory-of.ts";
import { PeerServer } from "../programs/peer-server.ts";
import { BenchServer } from "../programs/server.ts";
import { bareSync } from "./bare-sync.ts";

/** Tickets in one request of the bare push. */
const BATCH = 100;

/** The least that each figure beside the peers could be. */
export interface BarePeer {
  readonly firstSyncMs: number;
  readonly firstSyncBytes: number;
  readonly pushMs: number;
  readonly pushBytes: number;
  /** Bytes: a plain server over SQLite with the same shop in it. */
  readonly server: number;
}

/**
 * First sync: our server's snapshots over HTTP into bare SQLite (`bareSync`). Push: the tickets as JSON, a hundred a request, to a plain server that writes each
 * hundred in one durable transaction.
 */
export async function barePeer({ folder, pagesDir, skus, tickets }: Round): Promise<BarePeer> {
  const ours = await BenchServer.open({ dataDir: join(folder, "server"), skus });
  const line = await CountingProxy.open(Number(new URL(ours.address).port));
  const headers = await ours.bareTill();
  const sync = await bareSync({
    address: `http://127.0.0.1:${line.port}`,
    headers,
    file: join(folder, "floor.sqlite"),
  });
  const firstSyncBytes = line.bytes;
  line.close();
  await ours.stop();

  const plain = await PeerServer.open({ name: "plain-server", dataDir: folder, pagesDir, skus });
  const proxy = await CountingProxy.open(plain.port);
  const start = performance.now();
  for (let from = 0; from < tickets.length; from += BATCH) {
    const answer = await fetch(`http://127.0.0.1:${proxy.port}/replicate/tickets/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(tickets.slice(from, from + BATCH)),
    });
    await answer.json();
  }
  const pushMs = performance.now() - start;
  const pushBytes = proxy.bytes;
  const server = memoryOf(plain.pid);
  proxy.close();
  await plain.stop();
  return { firstSyncMs: sync.ms, firstSyncBytes, pushMs, pushBytes, server };
}

/** Milliseconds from a change at a plain server until each of so many bare listeners had its line. */
export async function barePropagation({
  folder,
  pagesDir,
  tills,
  changes,
}: Round): Promise<readonly number[]> {
  const plain = await PeerServer.open({
    name: "plain-server",
    dataDir: folder,
    pagesDir,
    skus: SMALL_SHOP_SKUS,
  });
  const listeners = await Promise.all(Array.from({ length: tills }, () => BareListener.open(plain.port)));
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    await afterPause(BETWEEN_CHANGES_MS);
    const heard = Promise.all(listeners.map((listener) => listener.next()));
    const start = performance.now();
    await plain.change(centsOfChange(change));
    times.push(...(await heard).map((at) => at - start));
  }
  for (const listener of listeners) listener.close();
  await plain.stop();
  return times;
}

/** Reads the stream of events, and looks into none. */
class BareListener {
  readonly #abort: AbortController;
  #heard: (at: number) => void = () => undefined;

  private constructor(abort: AbortController) {
    this.#abort = abort;
  }

  static async open(port: number): Promise<BareListener> {
    const abort = new AbortController();
    const { body } = await fetch(`http://127.0.0.1:${port}/replicate/prices/events`, {
      signal: abort.signal,
    });
    if (body === null) throw new Error("there are no events");
    const listener = new BareListener(abort);
    void listener.#read(body).catch(() => undefined);
    return listener;
  }

  next(): Promise<number> {
    return new Promise((heard) => {
      this.#heard = heard;
    });
  }

  close(): void {
    this.#abort.abort();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    for await (const _ of body) this.#heard(performance.now());
  }
}
