import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

/** The fuzz tests alone, without limits of time: `npm run fuzz`. */
export default defineConfig({
  root: resolve(import.meta.dirname, ".."),
  test: {
    pool: "forks",
    include: ["{domain,protocol,src-main,sync-server}/**/*.fuzz.test.ts"],
    setupFiles: [resolve(import.meta.dirname, "fuzz-runs.ts")],
    testTimeout: 0,
    hookTimeout: 0,
    maxWorkers: 1,
  },
});
