import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** The suite that RxDB publishes switches its development mode on, and there is no way back within a process. */
const NEEDS_ITS_OWN_PROCESS = ["src-main/engine/storage/replication-suite.test.ts"];
const NO_TESTS = ["**/node_modules/**", ".tsbuild/**"];

export default defineConfig({
  test: {
    pool: "forks",
    // The suites that RxDB publishes expect describe and it to be there.
    globals: true,
    testTimeout: 30_000,
    // Left to itself, vitest keeps a core free: on a machine with two, half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "apart",
          include: NEEDS_ITS_OWN_PROCESS,
        },
      },
      {
        extends: true,
        test: {
          name: "together",
          include: [
            "{domain,protocol,paper,src-main,src-renderer,sync-server,demo,gate,bench,simulate}/**/*.test.{ts,tsx}",
          ],
          exclude: [...NO_TESTS, ...NEEDS_ITS_OWN_PROCESS],
          // Half the time went into a process and the same modules for each file.
          isolate: false,
        },
      },
    ],
  },
});
