import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type PairAnswer, pairAnswerSchema } from "#protocol/hq/console.ts";
import { DEMO_SHEET_FILE, type DemoSheet, demoSheetSchema } from "#protocol/hq/demo.ts";
import type { Program } from "./program.ts";
import { Trouble } from "./trouble.ts";

const POLL_MS = 100;
const READY_PATIENCE_MS = 120_000;

export interface Headquarters {
  readonly address: string;
  /** The admin key the server made for itself. */
  readonly key: string;
  /** The made-up shop's staff and PINs; null when this data is not a demo's. */
  readonly sheet: DemoSheet | null;
}

/** Waits until the server answers its health check. Throws a Trouble when it dies or takes too long. */
export async function awaitServer(
  server: Program,
  of: { address: string; dataDir: string },
): Promise<Headquarters> {
  const deadline = Date.now() + READY_PATIENCE_MS;
  while (!(await isHealthy(of.address))) {
    if (Date.now() > deadline)
      throw new Trouble(`The server does not answer. What it said: ${server.logFile}`);
    await endedOrLater(server, POLL_MS);
  }
  const keyFile = join(of.dataDir, "hq.key");
  if (!existsSync(keyFile)) throw new Trouble(`The server left no key in ${keyFile}.`);
  return {
    address: of.address,
    key: readFileSync(keyFile, "utf8").trim(),
    sheet: readSheet(join(of.dataDir, DEMO_SHEET_FILE)),
  };
}

/** Asks the server for a one-time code that makes a till of this store. */
export async function askPairingCode(hq: Headquarters, store: string): Promise<PairAnswer> {
  const answer = await fetch(`${hq.address}/hq/v1/pairing-codes`, {
    method: "POST",
    headers: { authorization: `Bearer ${hq.key}`, "content-type": "application/json" },
    body: JSON.stringify({ store }),
  });
  const body: unknown = await answer.json();
  const parsed = pairAnswerSchema.safeParse(body);
  if (!answer.ok || !parsed.success) {
    throw new Trouble(
      `The server gave no pairing code for ${store} (${answer.status}): ${JSON.stringify(body)}`,
    );
  }
  return parsed.data;
}

/** Throws a Trouble when the program ends within `ms`; otherwise simply lets them pass. */
async function endedOrLater(program: Program, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const later = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), ms);
  });
  const how = await Promise.race([program.ended, later]);
  clearTimeout(timer);
  if (how !== null) throw deathOf(program, how);
}

/** What to say about a program that ended without being asked to. */
export function deathOf(program: Program, how: string): Trouble {
  const words = program.lastLines().map((line) => `  | ${line}`);
  return new Trouble(
    [`${program.name} stopped (${how}).`, ...words, `All it said: ${program.logFile}`].join("\n"),
  );
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}/healthz`);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    // Not listening yet.
    return false;
  }
}

function readSheet(path: string): DemoSheet | null {
  if (!existsSync(path)) return null;
  const parsed = demoSheetSchema.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return parsed.success ? parsed.data : null;
}
