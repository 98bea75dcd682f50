import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtemp, rm, symlink, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endPseudoTerminal, openPseudoTerminal } from "../line/pseudo-terminal.ts";
import type { FakeMood } from "./fake-network-printer.ts";
import { answerRequests } from "./fake-status.ts";

/** A cut ends a document: GS V and what kind. */
const CUT = Buffer.of(0x1d, 0x56);

/** How a printer on a port may be; a port has nobody who could hang up. */
export type DeviceMood = Exclude<FakeMood, "refusing" | "hangingUp"> | "unplugged";

/**
 * A printer on a port of this machine, without paper: a terminal of the system (a pty) stands for the port, so that the real driver opens, sets, writes and reads
 * a real device file. Needs `script`, which is part of Linux.
 */
export class FakeDevicePrinter {
  readonly #terminal: ChildProcessWithoutNullStreams;
  readonly #folder: string;
  readonly #device: string;
  readonly #receipts: Buffer[] = [];
  readonly #listeners = new Set<() => void>();
  #taken = Buffer.alloc(0);
  #mood: DeviceMood = "ready";

  private constructor(terminal: ChildProcessWithoutNullStreams, device: string, folder: string) {
    this.#terminal = terminal;
    this.#device = device;
    this.#folder = folder;
    terminal.stdout.on("data", (data: Buffer) => this.#take(data));
    // Unplugged while it answers: nobody hears the rest.
    terminal.stdin.on("error", () => undefined);
  }

  static async start(): Promise<FakeDevicePrinter> {
    const folder = await mkdtemp(join(tmpdir(), "onetill-printer-"));
    const { program: terminal, device } = await openPseudoTerminal();
    const printer = new FakeDevicePrinter(terminal, device, folder);
    await symlink(device, printer.path);
    return printer;
  }

  /** Its device file. */
  get path(): string {
    return join(this.#folder, "lp0");
  }

  get receipts(): readonly Buffer[] {
    return this.#receipts;
  }

  get texts(): readonly string[] {
    return this.#receipts.map((bytes) => bytes.toString("latin1"));
  }

  async become(mood: DeviceMood): Promise<void> {
    const before = this.#mood;
    this.#mood = mood;
    if (mood === "unplugged") await unlink(this.path);
    else if (before === "unplugged") await symlink(this.#device, this.path);
    if (mood === "hanging") this.#terminal.kill("SIGSTOP");
    else if (before === "hanging") this.#terminal.kill("SIGCONT");
  }

  /** Resolves when that many receipts have come out. */
  printed(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.#receipts.length < count) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    this.#terminal.kill("SIGCONT");
    await endPseudoTerminal(this.#terminal);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #take(data: Buffer): void {
    const { printed, answers } = answerRequests(data, this.#mood);
    if (answers.length > 0) this.#terminal.stdin.write(answers);
    this.#taken = Buffer.concat([this.#taken, printed]);
    for (
      let at = this.#taken.indexOf(CUT);
      at !== -1 && this.#taken.length > at + 2;
      at = this.#taken.indexOf(CUT)
    ) {
      const end = at + 3;
      this.#receipts.push(this.#taken.subarray(0, end));
      this.#taken = this.#taken.subarray(end);
    }
    for (const listener of [...this.#listeners]) listener();
  }
}
