import { hostname } from "node:os";
import { parseArgs } from "node:util";
import type { MessagePortMain } from "electron";
import { v7 as uuidV7 } from "uuid";
import { instant } from "#domain/ids.ts";
import { createNetworkPrinter } from "../devices/receipt-printer/network-printer.ts";
import { portChannel } from "../engine/channels.ts";
import { type Engine, startEngine } from "../engine/engine.ts";
import { serveRpc } from "../engine/rpc.ts";
import { type FromEngine, toEngineSchema } from "./messages.ts";

// Runs in a utilityProcess of its own, so that no query and no first sync can ever freeze the window.
const { values } = parseArgs({ options: { data: { type: "string" } } });
const starting = startEngine({
  dataDir: values.data ?? ".",
  clock: { now: () => instant(Date.now()) },
  newId: uuidV7,
  fetch,
  random: Math.random,
  machineName: hostname(),
  openPrinter: createNetworkPrinter,
});

function tell(message: FromEngine): void {
  process.parentPort.postMessage(message);
}

starting.then(
  () => tell({ kind: "ready" }),
  (error: unknown) =>
    tell({
      kind: "failed",
      message: `The till could not start: ${error instanceof Error ? error.message : String(error)}`,
    }),
);

process.parentPort.on("message", (event) => {
  const message = toEngineSchema.safeParse(event.data);
  if (!message.success) return;
  starting.then(
    (engine) => handle(engine, message.data, event.ports[0]),
    () => undefined,
  );
});

async function handle(
  engine: Engine,
  message: ReturnType<typeof toEngineSchema.parse>,
  port: MessagePortMain | undefined,
): Promise<void> {
  switch (message.kind) {
    case "client":
      if (port !== undefined) serve(engine, port);
      return;
    case "picture": {
      const picture = await engine.picture(message.hash);
      tell({
        kind: "picture",
        id: message.id,
        picture:
          picture === null
            ? null
            : { mime: picture.mime, bytes: Buffer.from(picture.bytes).toString("base64") },
      });
      return;
    }
    case "close":
      await engine.close();
      process.exit(0);
  }
}

function serve(engine: Engine, port: MessagePortMain): void {
  serveRpc({
    service: engine,
    channel: portChannel({
      postMessage: (message) => port.postMessage(message),
      on: (event: "message" | "close", listener: (message: unknown) => void) =>
        event === "message"
          ? port.on("message", (arrived) => listener(arrived.data))
          : port.on("close", () => listener(undefined)),
      start: () => port.start(),
      close: () => port.close(),
    }),
    onDefect: (verb, error) => console.error(`the till failed at ${verb}:`, error),
  });
}
