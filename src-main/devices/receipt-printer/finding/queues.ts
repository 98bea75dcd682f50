import { type FoundPrinter, printerLinkSchema } from "#protocol/till/devices.ts";
import { runProgram } from "../system-program.ts";

/** The system's print queues; none where the system has no spooler of this kind. */
export async function queuesOfSystem(signal: AbortSignal): Promise<readonly FoundPrinter[]> {
  const { status, output } = await runProgram("lpstat", { args: ["-p"], signal });
  return status === 0 ? queuesIn(output) : [];
}

/** The queues that `lpstat -p` lists (in English: `printer NAME is idle. …`). */
export function queuesIn(output: string): readonly FoundPrinter[] {
  return output.split("\n").flatMap((line) => {
    const name = /^printer (\S+) /.exec(line)?.[1];
    const link = printerLinkSchema.safeParse({ kind: "spooler", queue: name });
    return link.success && name !== undefined ? [{ link: link.data, name, model: null }] : [];
  });
}
