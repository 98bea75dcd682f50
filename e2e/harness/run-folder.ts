import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Where what one run of the suite makes once for all its tests lies, so that an older run's data is never taken for this one's. `run` is its first
 * process; a worker's parent is that.
 */
export const folderOf = (run: number): string => join(tmpdir(), `onetill-e2e-run-${run}`);

/** Playwright calls this in the run's first process, after the last test. */
// biome-ignore lint/style/noDefaultExport: Playwright takes what ends a run from there
export default function removeRunFolder(): void {
  rmSync(folderOf(process.pid), { recursive: true, force: true });
}
