import { expect, test } from "vitest";
import { p50AndP99 } from "./figures.ts";

const hundred = Array.from({ length: 100 }, (_, index) => index + 1);

test("each percentile stands beside the same one of the floor, with how many samples it is of", () => {
  const figures = p50AndP99({
    name: "idle",
    times: hundred.map((ms) => ms * 3),
    floor: hundred,
    params: { skus: 5 },
  });
  expect(figures).toEqual([
    { metric: "idle.p50", value: 150, unit: "ms", floor: 50, params: { skus: 5, samples: 100 } },
    { metric: "idle.p99", value: 297, unit: "ms", floor: 99, params: { skus: 5, samples: 100 } },
  ]);
});

test("without a name the metric is the percentile alone", () => {
  const figures = p50AndP99({ name: "", times: [1], floor: [1], params: {} });
  expect(figures.map(({ metric }) => metric)).toEqual(["p50", "p99"]);
});

test("no times are no figure", () => {
  expect(() => p50AndP99({ name: "idle", times: [], floor: [1], params: {} })).toThrow("nothing was timed");
});
