import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{domain,protocol,src-main,src-renderer,sync-server,demo,gate,bench}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".tsbuild/**"],
    pool: "forks",
    testTimeout: 30_000,
  },
});
