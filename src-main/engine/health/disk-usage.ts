import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Health } from "#protocol/sync/health.ts";

/** Bytes that the till's files take, and that are left on their disk; null where the system does not say. */
export async function diskUsage(folder: string): Promise<Health["storage"]> {
  const [databaseBytes, diskFreeBytes] = await Promise.all([
    bytesIn(folder).catch(() => null),
    statfs(folder).then(
      ({ bavail, bsize }) => bavail * bsize,
      () => null,
    ),
  ]);
  return { databaseBytes, diskFreeBytes };
}

/** Of the files in the folder itself: databases and what lies beside them. Pictures, which can be had again, are in folders of their own. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(({ name }) =>
        stat(join(folder, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
