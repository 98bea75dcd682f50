import { keepLine } from "../line/kept-line.ts";
import type { KeepLine } from "../line/port.ts";
import { ScanFraming } from "./framing.ts";
import type { ConnectScanner } from "./port.ts";

/** A scanner that ends its codes with nothing is done after so long a silence, milliseconds. */
const SILENCE_MS = 80;

/** A scanner on a serial port (USB in serial mode, RS-232) or behind a TCP port. */
export const connectScanner: ConnectScanner = (setup, on) => scannerOver(keepLine, setup, on);

export function scannerOver(
  keep: KeepLine,
  ...[{ link }, on]: Parameters<ConnectScanner>
): ReturnType<ConnectScanner> {
  const framing = new ScanFraming();
  let timer: NodeJS.Timeout | undefined;
  const give = (code: string): void => {
    if (code !== "") on.code(code);
  };
  const line = keep(link, {
    state: on.state,
    bytes(bytes) {
      clearTimeout(timer);
      for (const code of framing.take(bytes)) give(code);
      timer = setTimeout(() => give(framing.flush()), SILENCE_MS);
    },
  });
  return {
    state: () => line.state(),
    async close() {
      clearTimeout(timer);
      await line.close();
    },
  };
}
