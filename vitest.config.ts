import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{domain,protocol,paper,src-main,src-renderer,sync-server,demo,gate,bench}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".tsbuild/**"],
    pool: "forks",
    // The suites that RxDB publishes expect describe and it to be there.
    globals: true,
    testTimeout: 30_000,
  },
});
