import { describe, expect, test } from "vitest";
import { jsonLine, tableOf, toMetric } from "./metric.ts";

const scan = toMetric("scan-to-line", {
  metric: "idle.p99",
  value: 4.5,
  unit: "ms",
  floor: 1.5,
  params: { skus: 20_000 },
});

describe("a line of --json", () => {
  test("holds bench, metric, value, unit, floor, ratio and params, in one line", () => {
    const line = jsonLine(scan);
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toEqual({
      bench: "scan-to-line",
      metric: "idle.p99",
      value: 4.5,
      unit: "ms",
      floor: 1.5,
      ratio: 3,
      params: { skus: 20_000 },
    });
  });

  test("ratio is the value over the floor as both stand in the line", () => {
    const { value, floor, ratio } = toMetric("search", {
      metric: "p50",
      value: 1.234_567_89,
      unit: "ms",
      floor: 0.333_333_333,
      params: {},
    });
    expect({ value, floor }).toEqual({ value: 1.2346, floor: 0.33333 });
    expect(ratio).toBe(value / floor);
  });

  test.each([
    { value: Number.NaN, floor: 1 },
    { value: 1, floor: 0 },
    { value: 1, floor: Number.POSITIVE_INFINITY },
  ])("a value of $value over a floor of $floor is refused", ({ value, floor }) => {
    expect(() => toMetric("search", { metric: "p50", value, unit: "ms", floor, params: {} })).toThrow(
      RangeError,
    );
  });
});

describe("what a figure is meant to be", () => {
  const measured = { metric: "ack.p99", value: 120, unit: "ms", floor: 2, params: { tills: 9 } } as const;

  test("stands in its params with whether it was met", () => {
    expect(toMetric("load", { ...measured, aim: { most: 150 } }).params).toEqual({
      tills: 9,
      aim: "<= 150",
      met: "yes",
    });
    expect(toMetric("load", { ...measured, aim: { least: 150 } }).params).toMatchObject({ met: "no" });
  });

  test("has columns of its own in the table", () => {
    const aimed = toMetric("load", { ...measured, aim: { most: 100 } });
    expect(tableOf([aimed, toMetric("load", measured)]).split("\n")).toEqual([
      "metric     value     floor   ratio      aim   met",
      "ack.p99   120 ms   2.00 ms    60 x   <= 100    no",
      "ack.p99   120 ms   2.00 ms    60 x",
      "",
      "tills 9",
    ]);
  });
});

describe("the table for people", () => {
  test("aligns the figures and says once under what they were measured", () => {
    const slow = toMetric("scan-to-line", {
      metric: "idle.p99.9",
      value: 123,
      unit: "ms",
      floor: 1.5,
      params: { skus: 20_000 },
    });
    expect(tableOf([scan, slow]).split("\n")).toEqual([
      "metric         value     floor   ratio",
      "idle.p99     4.50 ms   1.50 ms   3.0 x",
      "idle.p99.9    123 ms   1.50 ms    82 x",
      "",
      "skus 20000",
    ]);
  });

  test("names the metrics where they were measured differently", () => {
    const other = toMetric("scan-to-line", {
      metric: "firstSync.p99",
      value: 9,
      unit: "ms",
      floor: 1.5,
      params: { skus: 20_000, samples: 50 },
    });
    expect(tableOf([scan, other]).split("\n").slice(-2)).toEqual([
      "idle.p99: skus 20000",
      "firstSync.p99: skus 20000, samples 50",
    ]);
  });

  test("says beside another program's figure how many times ours it is, and not beneath", () => {
    const other = toMetric("peers", {
      metric: "push.other",
      value: 9,
      unit: "ms",
      floor: 1.5,
      params: { skus: 20_000, timesOurs: 2 },
    });
    expect(tableOf([scan, other]).split("\n")).toEqual([
      "metric         value     floor   ratio   times ours",
      "idle.p99     4.50 ms   1.50 ms   3.0 x",
      "push.other   9.00 ms   1.50 ms   6.0 x          2 x",
      "",
      "skus 20000",
    ]);
  });
});
