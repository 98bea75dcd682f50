import { fork } from "node:child_process";
import { leash } from "../programs/leash.ts";
import { usageOf } from "../programs/usage.ts";

/** How long it takes to start Node with nothing to do, until it can be spoken to; milliseconds. */
export function emptyProcessMs(): Promise<number> {
  const start = performance.now();
  const child = fork(new URL("./nothing.ts", import.meta.url), { execArgv: [] });
  leash(child);
  return new Promise((resolve, reject) => {
    child.once("message", () => {
      resolve(performance.now() - start);
      child.kill();
    });
    child.once("error", reject);
  });
}

/** The memory that Node has with nothing to do, bytes. */
export function emptyProcessBytes(): Promise<number> {
  const child = fork(new URL("./nothing.ts", import.meta.url), { execArgv: [] });
  leash(child);
  return new Promise((resolve, reject) => {
    child.once("message", () => {
      resolve(usageOf(child.pid ?? 0).rss);
      child.kill();
    });
    child.once("error", reject);
  });
}
