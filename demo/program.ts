import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Program {
  readonly name: string;
  readonly logFile: string;
  /** Settles when it has ended, with a word on how. */
  readonly ended: Promise<string>;
  /** Whether it was asked to end. */
  wasStopped(): boolean;
  /** The first line it prints that this pattern fits; waits for it. */
  firstLine(pattern: RegExp): Promise<string>;
  /** Its last lines, for a message when it died. */
  lastLines(): readonly string[];
  /** Ends it gently, and by force after ten seconds. */
  stop(): Promise<void>;
}

const STOP_PATIENCE_MS = 10_000;
const LINES_KEPT = 15;
const LEASH = join(import.meta.dirname, "leash.js");

/** Starts one of our programs under this Node, on a leash, with its output in `logFile` and line by line in `onLine`. */
export function startProgram(of: {
  name: string;
  root: string;
  args: readonly string[];
  /** Besides what this program has in its own. */
  env?: Readonly<Record<string, string>>;
  logFile: string;
  onLine: (line: string) => void;
}): Program {
  const child = spawn(process.execPath, ["--import", LEASH, ...of.args], {
    cwd: of.root,
    env: { ...process.env, ...of.env, ONETILL_DEMO_PID: String(process.pid) },
    stdio: ["pipe", "pipe", "pipe"],
    // In a group of its own, so that Ctrl-C reaches the demo alone and programs end in order: till first, then server.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  return watchProgram(child, of);
}

/** Turns a child process into a Program: keeps its output, knows how it ended, can stop it. */
export function watchProgram(
  child: ChildProcess,
  of: { name: string; logFile: string; onLine: (line: string) => void },
): Program {
  const log = createWriteStream(of.logFile, { flags: "w" });
  const last: string[] = [];
  let asked = false;
  const waiting: { pattern: RegExp; found: (line: string) => void }[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    stream.pipe(log, { end: false });
    createInterface({ input: stream }).on("line", (line) => {
      last.push(line);
      if (last.length > LINES_KEPT) last.shift();
      of.onLine(line);
      for (const { pattern, found } of waiting) if (pattern.test(line)) found(line);
    });
  }
  child.stdin?.on("error", () => undefined);
  const ended = new Promise<string>((settle) => {
    // Whoever is told that it ended finds its words in the file.
    const end = (how: string): void => void log.end(() => settle(how));
    child.once("error", (error) => end(error.message));
    child.once("close", (code, signal) => end(signal === null ? `exit status ${code}` : `signal ${signal}`));
  });
  return {
    name: of.name,
    logFile: of.logFile,
    ended,
    firstLine: (pattern) =>
      new Promise((found) => {
        const already = last.find((line) => pattern.test(line));
        if (already === undefined) waiting.push({ pattern, found });
        else found(already);
      }),
    lastLines: () => [...last],
    wasStopped: () => asked,
    stop: async () => {
      asked = true;
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}
