import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/**
 * Asks the registry what is known against the packages that are installed, and whether they are signed by whom they should be. Not a part of `npm test`: what the
 * registry says changes without a change of code, and a machine without it must still be able to build. Exit status 0: nothing is known; 1: something is, of high
 * severity or worse, or a signature is wrong; 2: the registry gave no answer, so that nothing is said either way.
 */
const root = resolve(import.meta.dirname, "..");
const NO_ANSWER =
  /audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|E40[0-9]|E5\d\d|Method Not Allowed/;
const ASKED = [
  ["packages that the programs run with", ["audit", "--omit=dev", "--audit-level=high"]],
  ["packages that they are built and tested with", ["audit", "--audit-level=critical"]],
  ["signatures", ["audit", "signatures"]],
] as const;

/** A quiet `npm run` would make these quiet too. */
const env = { ...process.env, npm_config_loglevel: "warn" };

let status = 0;
for (const [what, args] of ASKED) {
  const { stdout, stderr, status: code } = spawnSync("npm", args, { cwd: root, encoding: "utf8", env });
  if (code === 0) {
    console.log(`${what}: nothing is known against them.`);
    continue;
  }
  const said = `${stdout ?? ""}${stderr ?? ""}`;
  const isMute = NO_ANSWER.test(said);
  console.error(
    isMute ? `${what}: the registry gave no answer. Ask again where it does.` : `${what}:\n${said}`,
  );
  if (status !== 1) status = isMute ? 2 : 1;
}
process.exit(status);
