import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { DemoRun } from "./demo-run.ts";
import { HELP, readOptions } from "./options.ts";
import { Trouble } from "./trouble.ts";

const PARENT_CHECK_MS = 1_000;
const root = resolve(import.meta.dirname, "..");

async function main(): Promise<void> {
  const reading = readOptions(process.argv.slice(2), process.cwd());
  if (reading.kind === "help") {
    console.log(HELP);
    return;
  }
  if (reading.kind === "wrong")
    throw new Trouble(`${reading.message}\nnpm start -- --help shows what there is.`);
  const demo = new DemoRun(root, reading.options);
  const end = () => {
    if (!demo.isStopping) console.log("\n  Stopping …");
    void demo.stop().then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  endWithNpm(end);
  try {
    await demo.open();
    if (process.stdin.isTTY) obeyKeys(demo);
    await demo.over;
  } catch (error) {
    // While Ctrl-C is taking everything down, what fails on the way is no news.
    if (!demo.isStopping) throw error;
  } finally {
    await demo.stop();
  }
}

/** A signal sent to npm ends npm and its shell but is not passed on to us; that our parent is gone is all there is to see of it. */
function endWithNpm(end: () => void): void {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, PARENT_CHECK_MS);
  watch.unref();
}

/** `o` and Enter takes the server down and brings it back, for seeing how the till takes it. */
function obeyKeys(demo: DemoRun): void {
  let busy = Promise.resolve();
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    if (line.trim().toLowerCase() !== "o") return;
    busy = busy.then(() => demo.toggleServer()).catch(report);
  });
  void demo.over.catch(() => undefined).then(() => lines.close());
}

function report(error: unknown): void {
  const words = error instanceof Error && !(error instanceof Trouble) ? error.stack : undefined;
  console.error(`\n${words ?? (error instanceof Error ? error.message : String(error))}\n`);
}

try {
  await main();
} catch (error) {
  report(error);
  process.exitCode = 1;
}
