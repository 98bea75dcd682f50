import { readFileSync } from "node:fs";

/** How many tests were really executed, and what went wrong besides them. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly troubles: readonly string[];
}

interface Finished {
  /** Exit status of the test runner. */
  readonly status: number;
  /** Path of its JSON report; may be missing when the runner did not get that far. */
  readonly report: string;
}

/** A check that is no test (lint, types, build): nothing when it passed, one failure when it did not. */
export function tallyOfCheck(name: string, status: number): Tally {
  return status === 0
    ? { passed: 0, failed: 0, skipped: 0, troubles: [] }
    : { passed: 0, failed: 1, skipped: 0, troubles: [`${name} failed.`] };
}

/** Counts a Vitest JSON report. A test file that could not even be loaded counts as one failure. */
export function tallyOfVitest({ status, report }: Finished): Tally {
  const data = readReport(report);
  const files = listAt(data, "testResults");
  const unloadable = files.filter(
    (file) => textAt(file, "status") === "failed" && listAt(file, "assertionResults").length === 0,
  ).length;
  return settle("unit tests", status, {
    passed: numberAt(data, "numPassedTests"),
    failed: numberAt(data, "numFailedTests") + unloadable,
    skipped: numberAt(data, "numPendingTests") + numberAt(data, "numTodoTests"),
    troubles: unloadable > 0 ? [`${unloadable} unit test file(s) could not be loaded.`] : [],
  });
}

/** Counts a Playwright JSON report. A test that passed only when repeated counts as failed. */
export function tallyOfPlaywright({ status, report }: Finished): Tally {
  const data = readReport(report);
  const stats = fieldOf(data, "stats");
  return settle("end-to-end tests", status, {
    passed: numberAt(stats, "expected"),
    failed: numberAt(stats, "unexpected") + numberAt(stats, "flaky"),
    skipped: numberAt(stats, "skipped"),
    troubles: [],
  });
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
    skipped: tallies.reduce((sum, tally) => sum + tally.skipped, 0),
    troubles: tallies.flatMap((tally) => tally.troubles),
  };
}

/** A runner that ended badly, or ran nothing at all, never counts as a success. */
function settle(name: string, status: number, tally: Tally): Tally {
  if (tally.failed > 0)
    return { ...tally, troubles: [...tally.troubles, `${name}: ${tally.failed} failed.`] };
  if (status !== 0) {
    return { ...tally, failed: 1, troubles: [...tally.troubles, `${name}: ended with status ${status}.`] };
  }
  if (tally.passed === 0)
    return { ...tally, failed: 1, troubles: [...tally.troubles, `${name}: none was run.`] };
  return tally;
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // The runner ended before it wrote one; `settle` counts that as a failure.
    return null;
  }
}

function fieldOf(data: unknown, key: string): unknown {
  if (typeof data !== "object" || data === null) return undefined;
  return Object.entries(data).find(([name]) => name === key)?.[1];
}

function numberAt(data: unknown, key: string): number {
  const value = fieldOf(data, key);
  return typeof value === "number" ? value : 0;
}

function textAt(data: unknown, key: string): string {
  const value = fieldOf(data, key);
  return typeof value === "string" ? value : "";
}

function listAt(data: unknown, key: string): readonly unknown[] {
  const value = fieldOf(data, key);
  return Array.isArray(value) ? value : [];
}
