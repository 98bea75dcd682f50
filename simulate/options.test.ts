import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("without options it is twenty days of a seed each", () => {
  expect(readOptions([])).toMatchObject({
    ok: true,
    value: { seeds: 20, first: 1, tills: null, steps: 200, json: false },
  });
});

test("each option is read", () => {
  const args = ["--seeds", "3", "--first", "7", "--tills", "2", "--hours", "0.5", "--steps", "40", "--json"];
  expect(readOptions([...args, "--log", "days.ndjson"])).toMatchObject({
    ok: true,
    value: { seeds: 3, first: 7, tills: 2, hours: 0.5, steps: 40, json: true, log: "days.ndjson" },
  });
});

test.each([
  ["--seeds", "0"],
  ["--steps", "a"],
  ["--tills", "99"],
  ["--hours", "-1"],
  ["--colour"],
  ["--only", "x"],
])("%s %s is refused in words", (...args) => {
  expect(readOptions(args)).toMatchObject({ ok: false, reason: expect.stringContaining("--") });
});
