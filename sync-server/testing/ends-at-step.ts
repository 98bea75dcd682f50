import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { Client } from "pg";

/**
 * Loaded before a program (`--import`): counts the steps by which it changes anything on a disk (statements of either engine that are not mere questions, files that are renamed, linked or
 * brought to the disk), writes their number into the file `ONETILL_TEST_STEPS` as it ends, and kills the program before the step `ONETILL_TEST_ENDS_AT`.
 */
const file = process.env.ONETILL_TEST_STEPS ?? "";
const endsAt = Number(process.env.ONETILL_TEST_ENDS_AT ?? "0");
const { writeFileSync } = fs;
let steps = 0;

const note = () => writeFileSync(file, String(steps));
process.on("exit", note);

function step(): void {
  steps += 1;
  if (steps !== endsAt) return;
  note();
  process.kill(process.pid, "SIGKILL");
}

const changes = (sql: unknown): boolean =>
  typeof sql === "string" && !/^(SELECT|PRAGMA|BEGIN|SET)\b/.test(sql);
const always = () => true;

for (const name of ["renameSync", "linkSync", "fsyncSync"] as const)
  Object.assign(fs, { [name]: stepping(fs[name], always) });
syncBuiltinESMExports();
DatabaseSync.prototype.exec = stepping(DatabaseSync.prototype.exec, changes);
StatementSync.prototype.run = stepping(StatementSync.prototype.run, always);
Client.prototype.query = stepping(Client.prototype.query, changes);

/** As `does`, but that a call for which it is one counts as a step. */
function stepping<F extends (...args: never[]) => unknown>(does: F, isStep: (first: unknown) => boolean): F {
  return new Proxy(does, {
    apply(target, self, args: unknown[]) {
      if (isStep(args[0])) step();
      return Reflect.apply(target, self, args);
    },
  });
}
