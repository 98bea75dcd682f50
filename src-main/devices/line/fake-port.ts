import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtemp, rm, symlink, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endPseudoTerminal, openPseudoTerminal } from "./pseudo-terminal.ts";

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
    const { program: terminal, device } = await openPseudoTerminal();
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
    await endPseudoTerminal(terminal);
  }

  async stop(): Promise<void> {
    await this.unplug();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
