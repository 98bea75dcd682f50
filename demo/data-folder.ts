import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { systemCode, Trouble } from "./trouble.ts";

const MARKER = "made-by-onetill-demo.json";
const NEEDED_BYTES = 300 * 1024 * 1024;
const markerSchema = z.object({
  /** The start that uses the folder now; null when none does. */
  pid: z.number().int().positive().nullable(),
  /** Where the till in it was told to find its server. */
  serverPort: z.number().int().positive(),
});

export interface DataFolder {
  readonly path: string;
  /** Lets the next start have it. */
  release(): void;
}

/**
 * Takes a folder for this start: makes it when it is not there, and with `reset` empties it first. Only a folder that an
 * earlier start made (it left a marker), or an empty one, is ever written to or emptied. Throws a Trouble otherwise, when
 * another start is using it, and when the disk is full.
 */
export function takeDataFolder(of: {
  path: string;
  reset: boolean;
  serverPort: number;
  say: (line: string) => void;
}): DataFolder {
  const { path, reset, serverPort, say } = of;
  try {
    const isOurs = existsSync(join(path, MARKER));
    if (!isOurs && existsSync(path) && readdirSync(path).length > 0) {
      throw new Trouble(
        `${path} holds files that npm start did not make, so they are left alone.\nChoose another folder: npm start -- --data DIR`,
      );
    }
    const left = isOurs ? readMarker(path) : null;
    if (left !== null) refuseWhileInUse(path, left.pid);
    if (left !== null && !reset) refuseOtherServer({ path, paired: left.serverPort, asked: serverPort });
    if (isOurs && reset) {
      say(`Deleting ${path} (--reset)`);
      rmSync(path, { recursive: true, force: true });
    }
    mkdirSync(path, { recursive: true });
    requireSpace(path);
    writeMarker(path, { pid: process.pid, serverPort });
  } catch (error) {
    throw inWords(error, path);
  }
  return { path, release: () => writeMarker(path, { pid: null, serverPort }) };
}

/** What an earlier start left; null when it was cut off while it wrote: the folder is ours then and nobody uses it. */
function readMarker(path: string): z.infer<typeof markerSchema> | null {
  const parsed = markerSchema.safeParse(parseJson(readFileSync(join(path, MARKER), "utf8")));
  return parsed.success ? parsed.data : null;
}

function refuseWhileInUse(path: string, pid: number | null): void {
  if (pid === null || pid === process.pid || !isAlive(pid)) return;
  throw new Trouble(
    `Another npm start (process ${pid}) is using ${path}.\nStop it with Ctrl-C there, or choose another folder: npm start -- --data DIR`,
  );
}

/** A till keeps to the server it was paired with; on another port it would be offline for good. */
function refuseOtherServer(of: { path: string; paired: number; asked: number }): void {
  if (of.paired === of.asked) return;
  throw new Trouble(
    [
      `The till in ${of.path} belongs to the server on port ${of.paired}, not ${of.asked}.`,
      `Start it there: npm start -- --port ${of.paired}`,
      `or begin anew:  npm start -- --port ${of.asked} --reset`,
    ].join("\n"),
  );
}

function requireSpace(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize >= NEEDED_BYTES) return;
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  throw new Trouble(
    `Only ${free} MB are free where ${path} lies; the demo needs ${NEEDED_BYTES / 1024 / 1024} MB.`,
  );
}

function writeMarker(path: string, marker: z.infer<typeof markerSchema>): void {
  writeFileSync(
    join(path, MARKER),
    `${JSON.stringify(marker)}
`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

function inWords(error: unknown, path: string): unknown {
  switch (systemCode(error)) {
    case "ENOSPC":
      return new Trouble(`There is no space left on the disk where ${path} lies.`);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new Trouble(`${path} may not be written. Choose another folder: npm start -- --data DIR`);
    case "ENOTDIR":
    case "EEXIST":
      return new Trouble(`${path} is not a folder. Choose another: npm start -- --data DIR`);
    default:
      return error;
  }
}
