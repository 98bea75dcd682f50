import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { familyCpuMs, usageOf } from "./usage.ts";

test.runIf(process.platform === "linux")("says what this very process takes", () => {
  const { rss, peak, cpuMs } = usageOf(process.pid);
  expect(Math.abs(rss / process.memoryUsage().rss - 1)).toBeLessThan(0.5);
  expect(peak).toBeGreaterThanOrEqual(rss);
  const { user, system } = process.cpuUsage();
  expect(Math.abs(cpuMs - (user + system) / 1_000)).toBeLessThan(500);
});

test.runIf(process.platform === "linux")(
  "says what a process takes with those it started and that are gone",
  () => {
    const before = familyCpuMs(process.pid);
    spawnSync(process.execPath, [
      "-e",
      "const until = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < until);",
    ]);
    expect(familyCpuMs(process.pid) - before).toBeGreaterThanOrEqual(80);
  },
);
