import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

const OWNER_ONLY = 0o600;

/** Writes a file that its owner alone may read: beside it, fsynced, then renamed over. A power cut leaves the old file or the new one. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await replaceFileBy(file, (fresh) => fresh.writeFile(text));
}

/** As `replaceFile`, for what is written piece by piece. Throws what the disk throws; the old file is as it was then, and nothing lies beside it. */
export async function replaceFileBy<T>(file: string, write: (fresh: FileHandle) => Promise<T>): Promise<T> {
  const fresh = `${file}.new`;
  try {
    const written = await writtenTo(fresh, write);
    await rename(fresh, file);
    await syncFolderOf(file);
    return written;
  } catch (error) {
    // On a disk that is full it would keep it so.
    await rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function writtenTo<T>(fresh: string, write: (fresh: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(fresh, "w", OWNER_ONLY);
  try {
    const written = await write(handle);
    await handle.sync();
    return written;
  } finally {
    await handle.close();
  }
}

/** A name is on the disk only when its folder is. */
export async function syncFolderOf(file: string): Promise<void> {
  const folder = await open(dirname(file), "r");
  try {
    await folder.sync();
  } catch (error) {
    if (!isOfWindows(error)) throw error;
  } finally {
    await folder.close();
  }
}

/** Windows opens folders for reading alone, and syncs no such handle; NTFS has the name in its own log. */
function isOfWindows(error: unknown): boolean {
  return process.platform === "win32" && error instanceof Error && "code" in error && error.code === "EPERM";
}
