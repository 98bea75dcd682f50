import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";
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
import { startEngine } from "../engine/engine.ts";
import { FolderInUse } from "../engine/folder-lock.ts";
import { JournalDamaged } from "../engine/journal/journal-document.ts";
import { readOptions, TILL_HELP, type TillOptions } from "./options.ts";
import { programVersion } from "./program-version.ts";
import { serveRegister } from "./register-server.ts";

const PAIR_REFUSALS: Readonly<Record<string, string>> = {
  codeUnknown: "The pairing code is not known or was used already. Ask HQ for a new one.",
  codeExpired: "The pairing code has expired. Ask HQ for a new one.",
  keyRevoked: "HQ has revoked this till. Start it on an empty folder with --data DIR and a new pairing code.",
  unreachable: "The server cannot be reached. Check the address and the network.",
  notAServer: "There is something at that address, but no Onetill server.",
  tooManyRequests: "Too many tries. Wait a minute and try again.",
};

const options = readOptions(process.argv.slice(2));
if (options.ok) {
  run(options.value).catch((error: unknown) => end(error, options.value));
} else if (options.reason === "help") {
  console.log(TILL_HELP);
} else {
  console.error(`${options.reason}\n\n${TILL_HELP}`);
  process.exit(2);
}

async function run(settings: TillOptions): Promise<void> {
  const rendererRoot = resolve(import.meta.dirname, "../../dist/renderer");
  if (!existsSync(rendererRoot))
    throw new Error("the register's page is not built yet: run `npm run build` once");
  const engine = await startEngine({
    version: programVersion(),
    dataDir: settings.data,
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
    openFiscalDevice: fiscalDevicesIn(settings.data, () => instant(Date.now())),
    onDefect,
    onEnded: (error) => end(error, settings),
  });
  if (settings.pairing !== null) {
    const paired = await engine.verbs.pair(settings.pairing);
    if (!paired.ok && paired.reason !== "alreadyPaired")
      throw new Error(PAIR_REFUSALS[paired.reason] ?? paired.reason);
  }
  const register = await serveRegister({
    engine,
    rendererRoot,
    port: settings.port,
    onDefect,
  });
  stopOnSignal(async () => {
    await register.close();
    await engine.close();
  });
  console.log(`till ready at ${register.address}`);
}

function end(error: unknown, settings: TillOptions): never {
  console.error(plainWords(error, settings));
  process.exit(1);
}

function onDefect(what: string, error: unknown): void {
  console.error(`the till failed at ${what}:`, error);
}

const SQLITE_READONLY = 8;
const SQLITE_FULL = 13;

function plainWords(error: unknown, { data, port }: TillOptions): string {
  if (error instanceof FolderInUse)
    return `Another till already runs on ${data}. Close it, or give this one a folder of its own with --data DIR.`;
  if (error instanceof JournalDamaged)
    return `The journal in ${data} is damaged in both of its copies: ${error.message}. Keep the folder as it is and call support: what it holds can still be read. Start this till on a fresh folder with --data DIR and a new pairing code.`;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  const errcode = typeof error === "object" && error !== null && "errcode" in error ? error.errcode : null;
  if (code === "EADDRINUSE")
    return `Port ${port} is taken by another program. Stop it, or choose another port with --port N.`;
  if (code === "ENOSPC" || errcode === SQLITE_FULL)
    return `The disk that holds ${data} is full. Free some space and start again: nothing was lost.`;
  if (code === "EACCES" || code === "EROFS" || errcode === SQLITE_READONLY)
    return `The till may not write to ${data}. Choose a folder you can write to with --data DIR.`;
  return `The till could not start: ${error instanceof Error ? error.message : String(error)}`;
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
