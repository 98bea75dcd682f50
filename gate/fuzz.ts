import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const HELP = `Puts random and half-right input into everything that reads what strangers write.

  npm run fuzz -- [--runs N] [FILES]

  --runs N   how often each of them is tried (default 500)
  FILES      parts of the names of tests: scan, import, webhooks, addresses …

What is found is said with its seed; a failing test with that very input comes before its repair.`;
const DEFAULT_RUNS = "500";

const { values, positionals } = parseArgs({
  options: { runs: { type: "string", default: DEFAULT_RUNS }, help: { type: "boolean", default: false } },
  allowPositionals: true,
});
const runs = Number(values.runs);
if (values.help || !Number.isInteger(runs) || runs < 1) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}
const root = resolve(import.meta.dirname, "..");
const vitest = spawn(
  process.execPath,
  [
    resolve(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--config",
    resolve(import.meta.dirname, "fuzz.config.ts"),
    ...positionals,
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, ONETILL_FUZZ_RUNS: String(runs) } },
);
vitest.once("close", (status) => process.exit(status ?? 1));
