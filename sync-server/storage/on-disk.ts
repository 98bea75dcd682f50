import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** What was written to a file or folder is on the disk. */
export function synced(path: string): void {
  const opened = openSync(path, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** A name is on the disk only when its folder is. Windows syncs none: NTFS has the name in its own log. */
export function nameSynced(file: string): void {
  if (process.platform !== "win32") synced(dirname(file));
}
