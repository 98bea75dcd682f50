import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addTallies, type Tally, tallyOfCheck, tallyOfPlaywright, tallyOfVitest } from "./tally.ts";

/**
 * `npm test`: format, lint, layers and unused code; types; unit tests; the build; end-to-end tests. Every step runs even
 * when one before it failed (except the end-to-end tests, which need the build), and the last line says what came of it.
 */
const root = resolve(import.meta.dirname, "..");
const reports = mkdtempSync(join(tmpdir(), "onetill-test-"));

/** Runs a script of package.json with its output going straight to the terminal; returns its exit status. */
function npmRun(
  script: string,
  options: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  console.log(`\n── npm run ${script}`);
  const { args = [], env = {} } = options;
  return new Promise((done, fail) => {
    const child = spawn("npm", ["run", "--silent", script, ...(args.length > 0 ? ["--", ...args] : [])], {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32",
      env: { ...process.env, ...env },
    });
    child.once("error", fail);
    child.once("exit", (code) => done(code ?? 1));
  });
}

async function runUnit(): Promise<Tally> {
  const report = join(reports, "unit.json");
  const status = await npmRun("test:unit", {
    args: ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  });
  return tallyOfVitest({ status, report });
}

async function runEndToEnd(): Promise<Tally> {
  const report = join(reports, "e2e.json");
  const status = await npmRun("test:e2e", {
    args: ["--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  return tallyOfPlaywright({ status, report });
}

const tallies: Tally[] = [];
tallies.push(tallyOfCheck("lint", await npmRun("lint")));
tallies.push(tallyOfCheck("typecheck", await npmRun("typecheck")));
tallies.push(await runUnit());
const build = tallyOfCheck("build", await npmRun("build"));
tallies.push(build);
if (build.failed === 0) tallies.push(await runEndToEnd());
else console.log("\nThe end-to-end tests were not run: they need the build, which failed.");
rmSync(reports, { recursive: true, force: true });

const total = addTallies(tallies);
console.log("");
for (const trouble of total.troubles) console.log(trouble);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
