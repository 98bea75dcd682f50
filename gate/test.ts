import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { addTallies, type Tally, tallyOfCheck, tallyOfPlaywright, tallyOfVitest } from "./tally.ts";

/**
 * `npm test`: format, lint, layers and unused code, beside the types and the build; unit tests; end-to-end tests. Every step runs even
 * when one before it failed (except the end-to-end tests, which need the build), and the last line says what came of it.
 */
const root = resolve(import.meta.dirname, "..");
const reports = mkdtempSync(join(tmpdir(), "onetill-test-"));

interface Run {
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** A script of package.json as a process; `stdio`: where what it says goes. */
function npmRun(script: string, { args = [], env = {} }: Run, stdio: "inherit" | "pipe"): ChildProcess {
  return spawn("npm", ["run", "--silent", script, ...(args.length > 0 ? ["--", ...args] : [])], {
    cwd: root,
    stdio: ["ignore", stdio, stdio],
    shell: process.platform === "win32",
    env: { ...process.env, ...env },
  });
}

/** Its exit status, once it has ended and all it said was read. */
function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
}

/** Runs it with its output going straight to the terminal; returns its exit status. */
function npmRunAloud(script: string, run: Run): Promise<number> {
  console.log(`\n── npm run ${script}`);
  return statusOf(npmRun(script, run, "inherit"));
}

/** Runs it beside others: what it said is shown as one piece when it has ended. */
async function check(script: string, run: Run = {}): Promise<Tally> {
  const child = npmRun(script, run, "pipe");
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (piece: Buffer) => {
      said.push(piece);
    });
  const status = await statusOf(child);
  console.log(`\n── npm run ${script}`);
  process.stdout.write(Buffer.concat(said));
  return tallyOfCheck(script, status);
}

async function runUnit(): Promise<Tally> {
  const report = join(reports, "unit.json");
  const status = await npmRunAloud("test:unit", {
    args: ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  });
  return tallyOfVitest({ status, report });
}

async function runEndToEnd(): Promise<Tally> {
  const report = join(reports, "e2e.json");
  const status = await npmRunAloud("test:e2e", {
    args: ["--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  return tallyOfPlaywright({ status, report });
}

// Each of these uses more than one core for part of its time only, so they go side by side.
const [lint, typecheck, build] = await Promise.all([
  check("lint"),
  // The compiler's own garbage collector took a fifth of its time.
  check("typecheck", { env: { GOGC: "300" } }),
  check("build"),
]);
const tallies: Tally[] = [lint, typecheck, build, await runUnit()];
if (build.failed === 0) tallies.push(await runEndToEnd());
else console.log("\nThe end-to-end tests were not run: they need the build, which failed.");
rmSync(reports, { recursive: true, force: true });

const total = addTallies(tallies);
console.log("");
for (const trouble of total.troubles) console.log(trouble);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
