import { ok, refused } from "#domain/result.ts";
import type { PrinterTrouble } from "#protocol/till/devices.ts";
import { deviceLink } from "./device-link.ts";
import type { Link } from "./link.ts";
import { runProgram } from "./system-program.ts";

/** What a queue says of its printer (`lpstat -l`), as the till says it. */
const ALERTS: readonly (readonly [RegExp, PrinterTrouble])[] = [
  [/media-(empty|needed)|paper-?(out|empty)/i, "outOfPaper"],
  [/(cover|door)-open/i, "coverOpen"],
  [/offline|connecting-to-device|disabled/i, "unreachable"],
];

/**
 * A print queue of the system, given the bytes as they are: `lp -o raw` where there is CUPS, on Windows the share of that name on this machine. Taken means that the
 * queue has it: what the queue knows of its printer is asked before.
 */
export function spoolerLink(queue: string, platform: NodeJS.Platform = process.platform): Link {
  if (platform === "win32") return deviceLink(`\\\\localhost\\${queue}`);
  return {
    async open({ connectMs }, signal) {
      const trouble = await queueTrouble(queue, AbortSignal.any([signal, AbortSignal.timeout(connectMs)]));
      if (trouble !== null) return refused(trouble);
      return ok({
        ask: async () => "silent",
        async deliver(bytes, waitMs) {
          const until = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
          const args = ["-d", queue, "-o", "raw", "-s"];
          const { status } = await runProgram("lp", { args, input: bytes, signal: until });
          if (status === 0) return ok(null);
          return refused(until.aborted && !signal.aborted ? "timeout" : "connectionLost");
        },
        close: async () => undefined,
      });
    },
  };
}

async function queueTrouble(queue: string, signal: AbortSignal): Promise<PrinterTrouble | null> {
  const { status, output } = await runProgram("lpstat", { args: ["-l", "-p", queue], signal });
  if (status !== 0) return "unreachable";
  return ALERTS.find(([alert]) => alert.test(output))?.[1] ?? null;
}
