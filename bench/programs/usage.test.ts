import { expect, test } from "vitest";
import { usageOf } from "./usage.ts";

test.runIf(process.platform === "linux")("says what this very process takes", () => {
  const { rss, peak, cpuMs } = usageOf(process.pid);
  expect(Math.abs(rss / process.memoryUsage().rss - 1)).toBeLessThan(0.5);
  expect(peak).toBeGreaterThanOrEqual(rss);
  const { user, system } = process.cpuUsage();
  expect(Math.abs(cpuMs - (user + system) / 1_000)).toBeLessThan(500);
});
