import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Instant } from "#domain/ids.ts";

/** Where files that were hurt are kept, for whoever wants to look: nothing of a journal is thrown away by itself. */
const FOLDER = "set-aside";
/** So many times of damage are kept: a disk that goes bad must not fill itself with what it hurt. */
const TIMES_KEPT = 3;

/** Moves a database with its log out of the way. Nobody may have it open. */
export async function setAsideDatabase(dataDir: string, file: string, at: Instant): Promise<void> {
  const folder = await folderFor(dataDir, at);
  for (const suffix of ["-wal", ""])
    await ifThere(rename(`${file}${suffix}`, join(folder, basename(file) + suffix)));
  // Memory that processes shared, no data.
  await rm(`${file}-shm`, { force: true });
}

/** Keeps a file as it is, and leaves it where it lies. */
export async function keepAsIs(dataDir: string, file: string, at: Instant): Promise<void> {
  await ifThere(copyFile(file, join(await folderFor(dataDir, at), basename(file))));
}

async function folderFor(dataDir: string, at: Instant): Promise<string> {
  const all = join(dataDir, FOLDER);
  const folder = join(all, String(at));
  await mkdir(folder, { recursive: true });
  const times = (await readdir(all)).sort((a, b) => Number(b) - Number(a));
  for (const time of times.slice(TIMES_KEPT)) await rm(join(all, time), { recursive: true, force: true });
  return folder;
}

async function ifThere(moved: Promise<void>): Promise<void> {
  await moved.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}
