import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";

/**
 * Loaded before a program (`--import`): counts the steps by which it makes something last (commits of either engine, files that are renamed or brought to the disk), writes the number
 * into the file `ONETILL_TEST_STEPS`, and kills the program before the step `ONETILL_TEST_ENDS_AT`.
 */
const file = process.env.ONETILL_TEST_STEPS ?? "";
const endsAt = Number(process.env.ONETILL_TEST_ENDS_AT ?? "0");
const { writeFileSync } = fs;
let steps = 0;

function step(): void {
  steps += 1;
  writeFileSync(file, String(steps));
  if (steps === endsAt) process.kill(process.pid, "SIGKILL");
}

const isCommit = (sql: unknown): boolean => typeof sql === "string" && sql.startsWith("COMMIT");

for (const name of ["renameSync", "fsyncSync"] as const)
  Object.assign(fs, { [name]: stepping(fs[name], () => true) });
syncBuiltinESMExports();
DatabaseSync.prototype.exec = stepping(DatabaseSync.prototype.exec, isCommit);
Client.prototype.query = stepping(Client.prototype.query, isCommit);

/** As `does`, but that a call for which it is one counts as a step. */
function stepping<F extends (...args: never[]) => unknown>(does: F, isStep: (first: unknown) => boolean): F {
  return new Proxy(does, {
    apply(target, self, args: unknown[]) {
      if (isStep(args[0])) step();
      return Reflect.apply(target, self, args);
    },
  });
}
