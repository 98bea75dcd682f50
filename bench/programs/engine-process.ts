import { v7 as uuidV7 } from "uuid";
import { instant } from "#domain/ids.ts";
import type { Channel } from "#protocol/till/channel.ts";
import { programVersion } from "../../src-main/browser/program-version.ts";
import { drawDocument } from "../../src-main/devices/document/draw-document.ts";
import { createPrinter } from "../../src-main/devices/receipt-printer/printer.ts";
import { startEngine } from "../../src-main/engine/engine.ts";
import { serveRpc } from "../../src-main/engine/rpc.ts";
import { type FromEngine, toEngineSchema, type Weight } from "./messages.ts";

// The till's engine as a process of its own, wired as the browser register wires it; the RPC travels over the process's own channel.

const BYTES_PER_KILOBYTE = 1024;

const [dataDir] = process.argv.slice(2);
if (dataDir === undefined) throw new Error("the engine's data folder is missing");

const engine = await startEngine({
  version: programVersion(),
  dataDir,
  clock: { now: () => instant(Date.now()) },
  newId: uuidV7,
  fetch,
  random: Math.random,
  machineName: "benchmark",
  openPrinter: createPrinter,
  drawDocument,
  onDefect,
});

const listeners: ((message: unknown) => void)[] = [];
const channel: Channel = {
  send: (frame) => tell({ kind: "rpc", frame }),
  onMessage: (listener) => void listeners.push(listener),
  onClose: (listener) => void process.on("disconnect", listener),
  close: () => process.disconnect(),
};
serveRpc({ service: engine, channel, onDefect });

process.on("message", (message) => {
  const told = toEngineSchema.parse(message);
  if (told.kind === "rpc") for (const listener of listeners) listener(told.frame);
  if (told.kind === "weigh") void weigh().then((weight) => tell({ kind: "weight", weight }));
  if (told.kind === "close") void engine.close().then(() => process.exit(0));
});
process.on("disconnect", () => process.exit(0));
tell({ kind: "started" });

function tell(message: FromEngine): void {
  if (process.connected) process.send?.(message);
}

/** Two collections with a turn between them: what the first one finalises, the second frees. */
async function weigh(): Promise<Weight> {
  for (let round = 0; round < 2; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, held: heapUsed + external, peak: process.resourceUsage().maxRSS * BYTES_PER_KILOBYTE };
}

function onDefect(what: string, error: unknown): void {
  console.error(`the till failed at ${what}:`, error);
}
