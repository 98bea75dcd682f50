import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Instant } from "#domain/ids.ts";
import { destroyFile } from "../destroy-file.ts";
import { replaceFile, syncFolderOf } from "../replace-file.ts";

/** Where files that were hurt are kept, for whoever wants to look: nothing of a journal is thrown away by itself. */
export const SET_ASIDE = "set-aside";
/** So many times of damage are kept: a disk that goes bad must not fill itself with what it hurt. */
const TIMES_KEPT = 3;
/** Lies with a database for as long as something in it is nowhere else: what a crash interrupts is gone on with by that. */
export const UNFINISHED = "unfinished";

/** Moves a database with its log out of the way. Nobody may have it open. It counts as needed until `finishAside`. */
export async function setAsideDatabase(dataDir: string, file: string, at: Instant): Promise<void> {
  const folder = await folderFor(dataDir, at);
  await replaceFile(join(folder, UNFINISHED), "");
  await syncFolderOf(folder);
  // The log first: a database without it is known by that, one without its database would be taken for nothing.
  for (const suffix of ["-wal", ""])
    await ifThere(rename(`${file}${suffix}`, join(folder, basename(file) + suffix)));
  await syncFolderOf(join(folder, UNFINISHED));
  await syncFolderOf(file);
  // Memory that processes shared, no data.
  await rm(`${file}-shm`, { force: true });
}

/** Puts a log back that a crash parted from its database. Before anybody opens it. */
export async function undoHalfAside(dataDir: string, file: string): Promise<void> {
  for (const folder of await unfinishedFolders(dataDir)) {
    const name = basename(file);
    if (existsSync(join(folder, name))) continue;
    await ifThere(rename(join(folder, `${name}-wal`), `${file}-wal`));
    await syncFolderOf(file);
    await finish(folder);
  }
}

/** Databases that were set aside and are needed yet, newest first. */
export async function unfinishedAside(dataDir: string, file: string): Promise<readonly string[]> {
  return (await unfinishedFolders(dataDir)).map((folder) => join(folder, basename(file)));
}

/** What was set aside is not needed any more: all that could be read of it is on the disk elsewhere. Only now what was kept of earlier times makes room for it. */
export async function finishAside(dataDir: string): Promise<void> {
  for (const folder of await unfinishedFolders(dataDir)) await finish(folder);
  for (const time of (await folders(dataDir)).slice(TIMES_KEPT))
    await rm(time, { recursive: true, force: true });
}

/** Removes databases that were set aside, with what they say of people, unless one is needed yet. */
export async function removeDatabasesAside(dataDir: string, file: string): Promise<void> {
  for (const folder of await folders(dataDir)) {
    if (isUnfinished(folder)) continue;
    for (const suffix of ["", "-wal", "-shm"]) destroyFile(join(folder, basename(file) + suffix));
  }
}

/** Keeps a file as it is, and leaves it where it lies. What it answers lets go of it again, for a mend that did not come about. */
export async function keepAsIs(dataDir: string, file: string, at: Instant): Promise<() => Promise<void>> {
  const folder = await folderFor(dataDir, at);
  const kept = join(folder, basename(file));
  const letGo = async (): Promise<void> => {
    await rm(kept, { force: true }).catch(() => undefined);
    // Another file may have been set aside at the same time.
    await rmdir(folder).catch(() => undefined);
  };
  try {
    await ifThere(copyFile(file, kept));
    return letGo;
  } catch (error) {
    // Half of it would only fill the disk.
    await letGo();
    throw error;
  }
}

async function folderFor(dataDir: string, at: Instant): Promise<string> {
  const folder = join(dataDir, SET_ASIDE, String(at));
  await mkdir(folder, { recursive: true });
  await syncFolderOf(join(dataDir, SET_ASIDE));
  return folder;
}

/** Newest first. */
async function folders(dataDir: string): Promise<readonly string[]> {
  const all = join(dataDir, SET_ASIDE);
  const times = existsSync(all) ? await readdir(all) : [];
  return times.sort((a, b) => Number(b) - Number(a)).map((time) => join(all, time));
}

const isUnfinished = (folder: string): boolean => existsSync(join(folder, UNFINISHED));

async function unfinishedFolders(dataDir: string): Promise<readonly string[]> {
  return (await folders(dataDir)).filter(isUnfinished);
}

/** On the disk when it resolves: a mark that came back would bring back what was removed since. */
async function finish(folder: string): Promise<void> {
  const mark = join(folder, UNFINISHED);
  await rm(mark, { force: true });
  await syncFolderOf(mark);
}

async function ifThere(moved: Promise<void>): Promise<void> {
  await moved.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}
