import type { ChildProcess } from "node:child_process";

/** Ends a program with the benchmark, however that ends: nothing goes on measuring behind the terminal's back. */
export function leash(child: ChildProcess): void {
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
}

/** Asks a program to end and waits until it has. */
export function ended(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    ask();
  });
}
