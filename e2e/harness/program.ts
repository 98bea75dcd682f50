import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

export const projectRoot = resolve(import.meta.dirname, "../..");

/** A program of the project as a real process, watched by what it prints. */
export class Program {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #output = "";
  readonly #waiting = new Set<() => void>();

  constructor(script: string, args: readonly string[]) {
    this.#child = spawn(process.execPath, [resolve(projectRoot, script), ...args], {
      cwd: projectRoot,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#exited = once(this.#child, "exit");
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (piece: Buffer) => {
        this.#output += piece.toString();
        for (const look of this.#waiting) look();
      });
    }
    this.#child.on("exit", () => {
      for (const look of this.#waiting) look();
    });
  }

  get output(): string {
    return this.#output;
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** The first group of the pattern once it is printed; rejects when the program ends without it. */
  printed(pattern: RegExp): Promise<string> {
    return new Promise((done, fail) => {
      const look = (): void => {
        const found = pattern.exec(this.#output);
        if (found === null && this.#child.exitCode === null && this.#child.signalCode === null) return;
        this.#waiting.delete(look);
        if (found === null) fail(new Error(`it ended without saying ${pattern}:\n${this.#output}`));
        else done(found[1] ?? found[0]);
      };
      this.#waiting.add(look);
      look();
    });
  }

  async ended(): Promise<void> {
    await this.#exited;
  }

  /** Asks it to end and waits until it has. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGTERM");
    await this.#exited;
  }

  /** Ends it as a crash or a power button would. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill("SIGKILL");
    await this.#exited;
  }
}
