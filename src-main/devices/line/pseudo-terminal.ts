import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

/** Runs something at a terminal of its own; part of Linux. */
const TERMINAL_PROGRAM = "script";

/** A terminal of the system (a pty) that stands for a port of this machine: what a driver writes to its device file comes out of `program`, and the other way round. */
export interface PseudoTerminal {
  readonly program: ChildProcessWithoutNullStreams;
  /** Path of the device file. */
  readonly device: string;
}

/** Opens one that passes every byte on as it is. Whoever opened it ends it. */
export async function openPseudoTerminal(): Promise<PseudoTerminal> {
  const holding = "tty; stty raw -echo; echo ready; exec sleep 600";
  const program = spawn(TERMINAL_PROGRAM, ["-q", "-f", "-c", holding, "/dev/null"], {
    env: { ...process.env, SHELL: "/bin/sh" },
  });
  return { program, device: await deviceOf(program) };
}

/** Resolves when the device is gone. */
export async function endPseudoTerminal(program: ChildProcessWithoutNullStreams): Promise<void> {
  const ended = new Promise((resolve) => program.once("close", resolve));
  program.kill("SIGKILL");
  await ended;
}

function deviceOf(program: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (data: Buffer): void => {
      said += data.toString("latin1");
      const device = /(\/dev\/\S+)\s+ready\s/.exec(said)?.[1];
      if (device === undefined) return;
      program.stdout.off("data", listen);
      resolve(device);
    };
    program.stdout.on("data", listen);
    program.once("error", reject);
    program.once("close", () => reject(new Error(`no terminal: ${said}`)));
  });
}
