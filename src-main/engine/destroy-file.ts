import { closeSync, fdatasyncSync, fstatSync, lstatSync, openSync, rmSync, writeSync } from "node:fs";

const PIECE = Buffer.alloc(1_048_576);

/**
 * Removes a file, if there is one, once nothing of what it said lies where it lay: as far as the disk takes it, for a disk may write elsewhere. From its beginning on, so that a database of which a crash leaves a half is none
 * any more. It needs no room. Throws where the file cannot be removed.
 */
export function destroyFile(file: string): void {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isFile()) overwrite(file);
  rmSync(file, { force: true });
}

function overwrite(file: string): void {
  tolerating(() => {
    const fd = openSync(file, "r+");
    try {
      const { size } = fstatSync(fd);
      for (let at = 0; at < size; at += PIECE.length)
        tolerating(() => writeSync(fd, PIECE, 0, Math.min(PIECE.length, size - at), at));
      tolerating(() => fdatasyncSync(fd));
    } finally {
      closeSync(fd);
    }
  });
}

/** A place that the disk does not write is no reason to leave the others, nor the file. */
function tolerating(work: () => unknown): void {
  try {
    work();
  } catch {
    // It is removed all the same.
  }
}
