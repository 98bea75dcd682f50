import { createReadStream, type Stats, statSync } from "node:fs";
import { Failure, systemCode } from "./failure.ts";
import type { HqClient } from "./hq-client.ts";
import type { ImportCommand } from "./options.ts";
import { importText } from "./report-text.ts";
import type { Terminal } from "./terminal.ts";

const PERCENT = 100;

/** Sends a file to the server and prints what became of it. Answers the exit status. */
export async function runImport(
  command: ImportCommand,
  client: HqClient,
  terminal: Terminal,
): Promise<number> {
  const { size } = fileOf(command.file);
  // Asked first, so that a wrong key or store is told before a large file has travelled.
  const stores = await client.stores();
  if (command.store !== null && !stores.some(({ code }) => code === command.store))
    throw new Failure(
      `There is no store ${command.store}. The stores are: ${stores.map(({ code }) => code).join(", ") || "none yet"}.`,
    );
  const report = await client.importCatalog(withProgress(command.file, { size, terminal }), command);
  terminal.progress(null);
  terminal.print(command.json ? JSON.stringify(report) : importText(report));
  return report.ok ? 0 : 1;
}

function fileOf(path: string): Stats {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw new Failure(`There is no file ${path}.`);
    throw new Failure(`${path} cannot be read (${systemCode(error) ?? String(error)}).`);
  }
  if (stats.isDirectory()) throw new Failure(`${path} is a folder. Name the CSV file in it.`);
  return stats;
}

async function* withProgress(
  path: string,
  { size, terminal }: { readonly size: number; readonly terminal: Terminal },
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of createReadStream(path)) {
    if (!(chunk instanceof Uint8Array)) continue;
    yield chunk;
    sent += chunk.length;
    terminal.progress(
      `Sending ${path}: ${Math.min(PERCENT, Math.floor((sent * PERCENT) / Math.max(1, size)))} %`,
    );
  }
  terminal.progress("The server compares it with the catalogue …");
}
