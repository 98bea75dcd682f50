import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { projectRoot } from "./program.ts";

/** The simulated payment terminal as a process of its own; obeys what is said to it. */
export class SimulatedTerminal {
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();
  #output = "";

  private constructor() {
    const script = resolve(projectRoot, "src-main/devices/payment-terminal/simulate.ts");
    this.#child = spawn(process.execPath, [script, "--port", "0", "--delay", "0"], {
      cwd: projectRoot,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#child.stdout?.on("data", (data: Buffer) => {
      this.#output += data.toString("utf8");
      for (const look of [...this.#waiting]) look();
    });
  }

  static async start(): Promise<{ readonly terminal: SimulatedTerminal; readonly port: string }> {
    const terminal = new SimulatedTerminal();
    const port = await terminal.printed(/terminal ready at 127\.0\.0\.1:(\d+)/);
    return { terminal, port };
  }

  /** What the next payment is to be like, or another word of its help. */
  say(word: string): void {
    this.#child.stdin?.write(`${word}\n`);
  }

  /** What it moved so far, in order: `approved`, `refunded` or `reversed`, and minor units. */
  get moved(): readonly string[] {
    return [...this.#output.matchAll(/^(approved|refunded|reversed) \S+ (\d+)/gm)].map(
      ([, what, minor]) => `${what} ${minor}`,
    );
  }

  printed(pattern: RegExp): Promise<string> {
    return new Promise((give) => {
      const look = (): void => {
        const found = pattern.exec(this.#output);
        if (found === null) return;
        this.#waiting.delete(look);
        give(found[1] ?? found[0]);
      };
      this.#waiting.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill();
    await gone;
  }
}
