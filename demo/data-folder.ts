import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { systemCode, Trouble } from "./trouble.ts";

const MARKER = "made-by-onetill-demo.json";
const NEEDED_BYTES = 300 * 1024 * 1024;
const markerSchema = z.object({ pid: z.number().int().positive().nullable() });

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
  say: (line: string) => void;
}): DataFolder {
  const { path, reset, say } = of;
  try {
    const isOurs = existsSync(join(path, MARKER));
    if (!isOurs && existsSync(path) && readdirSync(path).length > 0) {
      throw new Trouble(
        `${path} holds files that npm start did not make, so they are left alone.\nChoose another folder: npm start -- --data DIR`,
      );
    }
    if (isOurs) refuseWhileInUse(path);
    if (isOurs && reset) {
      say(`Deleting ${path} (--reset)`);
      rmSync(path, { recursive: true, force: true });
    }
    mkdirSync(path, { recursive: true });
    requireSpace(path);
    writeMarker(path, process.pid);
  } catch (error) {
    throw inWords(error, path);
  }
  return { path, release: () => writeMarker(path, null) };
}

function refuseWhileInUse(path: string): void {
  const parsed = markerSchema.safeParse(parseJson(readFileSync(join(path, MARKER), "utf8")));
  const pid = parsed.success ? parsed.data.pid : null;
  if (pid === null || pid === process.pid || !isAlive(pid)) return;
  throw new Trouble(
    `Another npm start (process ${pid}) is using ${path}.\nStop it with Ctrl-C there, or choose another folder: npm start -- --data DIR`,
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

function writeMarker(path: string, pid: number | null): void {
  writeFileSync(join(path, MARKER), `${JSON.stringify({ pid })}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A start that was cut off while it wrote the marker: the folder is ours and nobody uses it.
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
