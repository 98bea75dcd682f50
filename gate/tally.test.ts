import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { addTallies, tallyOfCheck, tallyOfPlaywright, tallyOfVitest } from "./tally.ts";

const folder = mkdtempSync(join(tmpdir(), "onetill-tally-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test("a check that passes is no test, one that fails is a failure", () => {
  expect(tallyOfCheck("lint", 0)).toMatchObject({ passed: 0, failed: 0 });
  expect(tallyOfCheck("lint", 2)).toMatchObject({ failed: 1, troubles: ["lint failed."] });
});

test("unit tests are counted as they were run", () => {
  const path = report({
    numPassedTests: 7,
    numFailedTests: 0,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [],
  });
  expect(tallyOfVitest({ status: 0, report: path })).toMatchObject({ passed: 7, failed: 0, skipped: 3 });
});

test("a unit test file that cannot be loaded counts as failed", () => {
  const path = report({ numPassedTests: 7, testResults: [{ status: "failed", assertionResults: [] }] });
  expect(tallyOfVitest({ status: 1, report: path })).toMatchObject({ passed: 7, failed: 1 });
});

test("an end-to-end test that passed only at the second try counts as failed", () => {
  const path = report({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 1 } });
  expect(tallyOfPlaywright({ status: 0, report: path })).toMatchObject({ passed: 4, failed: 1, skipped: 1 });
});

test("a runner that dies without a report, or runs nothing, counts as failed", () => {
  expect(tallyOfVitest({ status: 1, report: join(folder, "none.json") })).toMatchObject({ failed: 1 });
  expect(tallyOfVitest({ status: 0, report: join(folder, "none.json") })).toMatchObject({ failed: 1 });
  expect(tallyOfPlaywright({ status: 0, report: report({ stats: { expected: 0 } }) })).toMatchObject({
    failed: 1,
  });
  const passedButCrashed = report({ numPassedTests: 3, testResults: [] });
  expect(tallyOfVitest({ status: 134, report: passedButCrashed })).toMatchObject({ passed: 3, failed: 1 });
});

test("tallies add up", () => {
  const sum = addTallies([tallyOfCheck("lint", 1), { passed: 2, failed: 0, skipped: 1, troubles: [] }]);
  expect(sum).toEqual({ passed: 2, failed: 1, skipped: 1, troubles: ["lint failed."] });
});
