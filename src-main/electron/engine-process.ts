import { hostname } from "node:os";
import type { MessagePortMain } from "electron";
import { v7 as uuidV7 } from "uuid";
import { instant } from "#domain/ids.ts";
import { createStoreLabels } from "../devices/carrier/store-label.ts";
import { drawDocument } from "../devices/document/draw-document.ts";
import { fiscalDevicesIn } from "../devices/fiscal/open-fiscal-device.ts";
import { createNexoTerminal } from "../devices/payment-terminal/nexo-terminal.ts";
import { connectPole } from "../devices/pole-display/escpos-pole.ts";
import { createPrinter, PRINTER_CATALOGUE } from "../devices/receipt-printer/printer.ts";
import { connectScale } from "../devices/scale/line-scale.ts";
import { connectScanner } from "../devices/scanner/line-scanner.ts";
import { type Engine, startEngine } from "../engine/engine.ts";
import { serveRpc } from "../engine/rpc.ts";
import { mainPortChannel } from "./main-port.ts";
import { type FromEngine, type ToEngine, toEngineSchema } from "./messages.ts";
import { UpdaterLine } from "./updater-line.ts";
import { createVault } from "./vault.ts";

type Start = Extract<ToEngine, { readonly kind: "start" }>;

// Runs in a utilityProcess of its own, so that no query and no first sync can ever freeze the window.
let starting: Promise<Engine> | null = null;
let updater: UpdaterLine | null = null;

function tell(message: FromEngine): void {
  process.parentPort.postMessage(message);
}

process.parentPort.on("message", (event) => {
  const message = toEngineSchema.safeParse(event.data);
  if (!message.success) return;
  if (message.data.kind === "start") {
    starting ??= begin(message.data);
    return;
  }
  if (message.data.kind === "update") {
    updater?.heard(message.data.update);
    return;
  }
  const { data } = message;
  starting?.then(
    (engine) => handle(engine, data, event.ports[0]),
    () => undefined,
  );
});

async function begin({ dataDir, vaultKey, pairing, version, update }: Start): Promise<Engine> {
  updater = update === null ? null : new UpdaterLine(update, tell);
  try {
    const engine = await startEngine({
      version,
      ...(updater === null ? {} : { updater }),
      dataDir,
      clock: { now: () => instant(Date.now()) },
      newId: uuidV7,
      fetch,
      random: Math.random,
      machineName: hostname(),
      openPrinter: createPrinter,
      printerCatalogue: PRINTER_CATALOGUE,
      counterDrivers: { scanner: connectScanner, scale: connectScale, pole: connectPole },
      drawDocument,
      openTerminal: createNexoTerminal,
      carrier: createStoreLabels(),
      openFiscalDevice: fiscalDevicesIn(dataDir, () => instant(Date.now())),
      onDefect,
      onEnded: tellFailed,
      ...(vaultKey === null ? {} : { vault: createVault(Buffer.from(vaultKey, "base64")) }),
    });
    // Refused pairing is no reason not to open: the screen asks for another code.
    if (pairing !== null) await engine.verbs.pair(pairing);
    tell({ kind: "ready" });
    return engine;
  } catch (error) {
    tellFailed(error);
    throw error;
  }
}

function tellFailed(error: unknown): void {
  const message = `The till could not start: ${error instanceof Error ? error.message : String(error)}`;
  tell({ kind: "failed", message });
}

async function handle(
  engine: Engine,
  message: Exclude<ToEngine, { readonly kind: "start" | "update" }>,
  port: MessagePortMain | undefined,
): Promise<void> {
  switch (message.kind) {
    case "client":
      if (port !== undefined) serveRpc({ service: engine, channel: mainPortChannel(port), onDefect });
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

function onDefect(what: string, error: unknown): void {
  console.error(`the till failed at ${what}:`, error);
}
