import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtemp, rm, symlink, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs something at a terminal of its own. */
const TERMINAL_PROGRAM = "script";

/**
 * A serial port with a device that a test plays: a terminal of the system (a pty) stands for the port, so that the real driver opens, sets, reads and writes a real
 * device file. Needs `script`, which is part of Linux.
 */
export class FakePort {
  readonly #folder: string;
  #terminal: ChildProcessWithoutNullStreams | null = null;
  /** Called with what the till sends. */
  onBytes: (bytes: Buffer) => void = () => undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<FakePort> {
    const port = new FakePort(await mkdtemp(join(tmpdir(), "onetill-port-")));
    await port.plugIn();
    return port;
  }

  get path(): string {
    return join(this.#folder, "ttyUSB0");
  }

  /** The device says something. */
  send(bytes: string | Uint8Array): void {
    this.#terminal?.stdin.write(bytes);
  }

  async plugIn(): Promise<void> {
    const holding = "tty; stty raw -echo; echo ready; exec sleep 600";
    const terminal = spawn(TERMINAL_PROGRAM, ["-q", "-f", "-c", holding, "/dev/null"], {
      env: { ...process.env, SHELL: "/bin/sh" },
    });
    const device = await terminalOf(terminal);
    this.#terminal = terminal;
    terminal.stdout.on("data", (bytes: Buffer) => this.onBytes(bytes));
    await symlink(device, this.path);
  }

  /** Pulls the plug: the file is gone, and whoever has it open hears nothing more. */
  async unplug(): Promise<void> {
    const terminal = this.#terminal;
    if (terminal === null) return;
    this.#terminal = null;
    await unlink(this.path);
    const ended = new Promise((resolve) => terminal.once("close", resolve));
    terminal.kill("SIGKILL");
    await ended;
  }

  async stop(): Promise<void> {
    await this.unplug();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Which terminal the program holds, once it is set to pass every byte on as it is. */
function terminalOf(terminal: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (data: Buffer): void => {
      said += data.toString("latin1");
      const device = /(\/dev\/\S+)\s+ready\s/.exec(said)?.[1];
      if (device === undefined) return;
      terminal.stdout.off("data", listen);
      resolve(device);
    };
    terminal.stdout.on("data", listen);
    terminal.once("error", reject);
    terminal.once("close", () => reject(new Error(`no terminal: ${said}`)));
  });
}
