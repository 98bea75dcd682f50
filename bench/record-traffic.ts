import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { v7 as uuidV7 } from "uuid";
import { z } from "zod";
import { instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { TOLD } from "#protocol/told.ts";
import { programVersion } from "../src-main/browser/program-version.ts";
import { fiscalDevicesIn } from "../src-main/devices/fiscal/open-fiscal-device.ts";
import { NexoSimulator } from "../src-main/devices/payment-terminal/nexo-simulator.ts";
import { createNexoTerminal } from "../src-main/devices/payment-terminal/nexo-terminal.ts";
import { startEngine } from "../src-main/engine/engine.ts";
import { aRecordedDay } from "./recorded-day.ts";
import { aSecondRecordedDay } from "./recorded-second-day.ts";
import type { DaySettings } from "./recorded-till.ts";

// Records what a till and a server of this version say to each other in two days, and what the till can read, cut down to fixtures for later versions (protocol/recorded/README.md):
//   node bench/record-traffic.ts protocol/recorded/v4
// A second argument names another version's folder, whose server is talked to instead. What is recorded there already stays as it is.

const [out, serverFolder = resolve(import.meta.dirname, "..")] = process.argv.slice(2);
if (out === undefined) throw new Error("where should the recording go? node bench/record-traffic.ts FOLDER");
const into: string = out;

/** Documents of a collection that are kept of an answer. */
const KEPT_DOCUMENTS = 4;
/** What of an answer opens something: the till's own calls, what it seals, and its being let in again. */
const SECRETS: ReadonlySet<string> = new Set(["token", "key", "certificate"]);
interface Recorded {
  readonly method: string;
  readonly path: string;
  /** The version that the till and the server named, 1 where none was named. */
  readonly till: number;
  readonly server: number;
  readonly body: unknown;
  readonly status: number;
  readonly type: string;
  readonly answer: string;
}

mkdirSync(into, { recursive: true });
const terminal = new NexoSimulator();
await terminal.start();
await record("till.ndjson", aRecordedDay);
await record("second-day.ndjson", (settings) =>
  aSecondRecordedDay({ ...settings, terminalPort: terminal.port }),
);
const reads = Object.entries(TOLD).map(([of, schema]) => ({
  of,
  schema: z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }),
}));
writeLines("reads.ndjson", reads);
process.exit(0);

/** A day at a till and a server that are new. */
async function record(file: string, day: (settings: DaySettings) => Promise<void>): Promise<void> {
  if (existsSync(join(into, file))) return;
  const folder = mkdtempSync(join(tmpdir(), "onetill-record-"));
  const server = await startServer(join(folder, "server"));
  const recorded: Recorded[] = [];
  const underWay: Promise<void>[] = [];
  const dataDir = join(folder, "till");
  const now = () => instant(Date.now());
  const engine = await startEngine({
    version: programVersion(),
    dataDir,
    clock: { now },
    newId: uuidV7,
    fetch: recordingFetch(recorded, underWay),
    random: Math.random,
    machineName: "recorded",
    openPrinter: () => {
      throw new Error("nothing is printed at a till that is recorded");
    },
    openTerminal: createNexoTerminal,
    openFiscalDevice: fiscalDevicesIn(dataDir, now),
    drawDocument: async () => new Uint8Array(),
  });
  const pushed = async () => {
    await Promise.all(underWay);
    return recorded
      .filter(({ path }) => path === "/sync/v1/journal")
      .flatMap(({ body }) => (body as { readonly entries: readonly JournalEntry[] }).entries);
  };
  try {
    await day({ engine, server: server.address, serverData: join(folder, "server"), pushed });
    await engine.close();
    await Promise.all(underWay);
  } finally {
    server.stop();
  }
  writeLines(file, recorded);
  rmSync(folder, { recursive: true, force: true });
}

async function startServer(dataDir: string): Promise<{ readonly address: string; stop(): void }> {
  const main = join(serverFolder, "sync-server", "main.ts");
  const args = [main, "--data", dataDir, "--port", "0", "--demo", "--demo-orders"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address !== undefined) {
      child.stdout.resume();
      return { address, stop: () => void child.kill() };
    }
  }
  throw new Error("the server ended before it listened");
}

function recordingFetch(recorded: Recorded[], underWay: Promise<void>[]): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    // A snapshot that the till unpacks itself would be no text here.
    headers.delete("accept");
    const response = await fetch(input, { ...init, headers });
    const { pathname, search } = new URL(String(input));
    const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
    if (type !== "text/event-stream" && !type.startsWith("image/")) {
      const copy = response.clone();
      const exchange = async () => {
        const answer = await copy.text();
        recorded.push({
          method: init?.method ?? "GET",
          path: pathname + search,
          till: Number(headers.get("onetill-protocol") ?? 1),
          server: Number(response.headers.get("onetill-protocol") ?? 1),
          body: typeof init?.body === "string" ? JSON.parse(init.body, cutValue) : null,
          status: response.status,
          type,
          answer: type === "application/x-ndjson" ? cutSnapshot(answer) : cutAnswer(answer),
        });
      };
      underWay.push(exchange());
    }
    return response;
  };
}

function cutSnapshot(text: string): string {
  const [head, ...rest] = text.trimEnd().split("\n");
  const rows = rest.slice(0, -1).slice(0, KEPT_DOCUMENTS);
  const cut = { ...JSON.parse(head ?? ""), count: rows.length };
  return `${[JSON.stringify(cut), ...rows, JSON.stringify({ kind: "foot", count: rows.length })].join("\n")}\n`;
}

/** Fewer documents of each list of them, and no secrets: they opened a server that is no more, but a secret is a secret. */
function cutAnswer(text: string): string {
  const answer: unknown = JSON.parse(text, cutValue);
  if (typeof answer !== "object" || answer === null) return text;
  const secrets = Object.keys(answer).filter((name) => SECRETS.has(name));
  return JSON.stringify({ ...answer, ...Object.fromEntries(secrets.map((name) => [name, "recorded"])) });
}

function cutValue(name: string, value: unknown): unknown {
  if (name === "documents" && Array.isArray(value)) return value.slice(0, KEPT_DOCUMENTS);
  // Which build of a system it was recorded on says nothing of the till.
  return name === "os" && typeof value === "string" ? value.split(" ")[0] : value;
}

function writeLines(name: string, lines: readonly unknown[]): void {
  const file = join(into, name);
  if (!existsSync(file)) writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
