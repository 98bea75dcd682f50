import { expect, test } from "vitest";
import { linesAllowed, linesOf } from "./open-files.ts";

test("as many lines as the system lets it open files, less what the server needs itself", () => {
  expect(linesOf(20_000)).toBe(19_500);
  expect(linesOf(256)).toBe(1);
});

test("where there is no limit there is none", () => {
  expect(linesOf("unlimited")).toBeNull();
});

test("the limit of this process is found", () => {
  expect(linesAllowed() ?? 1).toBeGreaterThan(0);
});
