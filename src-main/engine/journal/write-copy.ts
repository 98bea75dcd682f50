import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { linesOf } from "./copy-lines.ts";

const AT_ONCE = 500;

/**
 * Writes a second copy anew: beside the old one, fsynced, then renamed over it, so that a power cut leaves one or the other. Returns its length, bytes.
 * Throws what the disk throws; the old one is as it was then.
 */
export async function writeCopy(
  file: string,
  entries: readonly { readonly id: string; readonly entry: string }[],
): Promise<number> {
  const fresh = `${file}.new`;
  const handle = await open(fresh, "w", 0o600);
  let length = 0;
  try {
    for (let start = 0; start < entries.length; start += AT_ONCE) {
      // Each is a fact by now, whatever commit it came with.
      const lines = Buffer.concat(entries.slice(start, start + AT_ONCE).map((entry) => linesOf([entry])));
      await handle.writeFile(lines);
      length += lines.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
  await syncFolderOf(file);
  return length;
}

/** A name is on the disk only when its folder is. */
export async function syncFolderOf(file: string): Promise<void> {
  const folder = await open(dirname(file), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
