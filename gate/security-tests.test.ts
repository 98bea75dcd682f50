import { existsSync, globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const rows = readFileSync(resolve(root, "docs/security-tests.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (threat|-)/.test(line))
  .map((line) => line.split("|").slice(1, -1));
const filesIn = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);

it("every threat has tests, and each file that is named is there", () => {
  expect(rows.length).toBeGreaterThan(25);
  for (const [threat = "", defence = "", tests] of rows) {
    expect(defence.trim(), threat).not.toBe("");
    expect(filesIn(tests).length, threat).toBeGreaterThan(0);
    for (const path of filesIn(tests)) expect(existsSync(resolve(root, path)), path).toBe(true);
  }
});

it("every fuzz test is named", () => {
  const named = rows.flatMap(([, , tests]) => filesIn(tests));
  const fuzzed = globSync("{domain,protocol,src-main,sync-server}/**/*.fuzz.test.ts", { cwd: root });
  expect(fuzzed.filter((path) => !named.includes(path.replaceAll("\\", "/")))).toEqual([]);
});
