import { spawn } from "node:child_process";

/** How a program of the system ended. `status` null: it could not be started, or was stopped. */
export interface ProgramEnd {
  readonly status: number | null;
  readonly output: string;
}

/** Enough for any list of printers; a program that says more is not listened to. */
const MAX_OUTPUT_CHARS = 200_000;

/** Runs a program of the system, without a shell, in English; stopped by the signal. Never rejects. */
export function runProgram(
  program: string,
  {
    args,
    input,
    signal,
  }: { readonly args: readonly string[]; readonly input?: Uint8Array; readonly signal: AbortSignal },
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, [...args], {
      signal,
      windowsHide: true,
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const listen = (data: Buffer): void => {
      if (output.length < MAX_OUTPUT_CHARS) output += data.toString("utf8");
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    // A program that ends before it has read all closes its ear; how it ended says why.
    child.stdin.on("error", () => undefined);
    child.once("error", () => resolve({ status: null, output }));
    child.once("close", (status) => resolve({ status, output }));
    child.stdin.end(input ?? "");
  });
}
