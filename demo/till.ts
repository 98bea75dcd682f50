import { deathOf } from "./hq.ts";
import type { Program } from "./program.ts";
import { Trouble } from "./trouble.ts";

const READY_PATIENCE_MS = 180_000;

/** Waits until the till prints its own address, session token included. Throws a Trouble when it dies or takes too long. */
export async function awaitTillAddress(till: Program, port: number): Promise<string> {
  const own = new RegExp(`http://(?:127\\.0\\.0\\.1|localhost):${port}/\\S*`);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, fail) => {
    timer = setTimeout(
      () => fail(new Trouble(`The till does not come up. What it said: ${till.logFile}`)),
      READY_PATIENCE_MS,
    );
  });
  try {
    const said = await Promise.race([
      till.firstLine(own),
      patience,
      till.ended.then((how) => {
        throw deathOf(till, how);
      }),
    ]);
    return own.exec(said)?.[0] ?? said;
  } finally {
    clearTimeout(timer);
  }
}
