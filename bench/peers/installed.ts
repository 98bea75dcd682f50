import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const HERE = import.meta.dirname;
/** Which versions lie in `node_modules`: the digest of the lock that they were installed by. */
const MARK = join(HERE, "node_modules/.installed");

/** Installs the peers beside these programs, the very versions of `package-lock.json`, unless they are there. Throws when npm could not. */
export async function ensureInstalled(say: (what: string) => void): Promise<void> {
  const wanted = createHash("sha256")
    .update(readFileSync(join(HERE, "package-lock.json")))
    .digest("hex");
  if (textOf(MARK) === wanted) return;
  say("installing the peers into bench/peers/");
  await npm(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
  writeFileSync(MARK, wanted);
}

function npm(args: readonly string[]): Promise<void> {
  const script = process.env.npm_execpath;
  const [command, first] = script === undefined ? ["npm", []] : [process.execPath, [script]];
  // npm talks to whoever reads the table's messages, never into the figures.
  const child = spawn(command, [...first, ...args], { cwd: HERE, stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("exit", (code) =>
      code === 0
        ? done()
        : failed(new Error(`npm could not install the peers: it ended with status ${code}`)),
    );
  });
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
