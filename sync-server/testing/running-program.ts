import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const MAIN = join(import.meta.dirname, "../main.ts");

/** The server as a program of its own, that listens. */
export interface RunningProgram {
  readonly address: string;
  readonly child: ChildProcess;
}

const running = new Set<ChildProcess>();

/** Starts the server on a free port, unless `args` name one; resolves once it listens. `env`: beside what this program has. Throws where it ends before. */
export async function startProgram(
  args: readonly string[],
  { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<RunningProgram> {
  const child = spawn(process.execPath, [MAIN, "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^listening on (http:\S+)$/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stdout.resume();
    return { address, child };
  }
  throw new Error("the server ended before it listened");
}

/** Resolves once it is gone. */
export async function endProgram(
  { child }: Pick<RunningProgram, "child">,
  signal: "SIGTERM" | "SIGKILL",
): Promise<void> {
  if (!running.has(child)) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

/** Kills whatever was started and did not end, though it does not listen yet: after a test. */
export async function endPrograms(): Promise<void> {
  await Promise.all([...running].map((child) => endProgram({ child }, "SIGKILL")));
}
