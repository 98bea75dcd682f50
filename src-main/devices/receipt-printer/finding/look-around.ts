import type { FoundPrinter } from "#protocol/till/devices.ts";
import type { LinkPatience } from "../link.ts";
import { modelNamed } from "../models.ts";
import { networkLink } from "../network-link.ts";
import { nameOf } from "./ask-model.ts";

/** Raw printing, on every printer's network card. */
const RAW_PRINT_PORT = 9100;
/** Knocked at so many doors at a time: quick enough, and no storm on a store's network. */
const AT_ONCE = 32;
const PATIENCE: LinkPatience = { connectMs: 400, statusMs: 400, printMs: 1_000 };

/** Knocks at the raw printing port of each address and asks whoever opens what it is called. */
export async function lookAround({
  addresses,
  onFound,
  signal,
  port = RAW_PRINT_PORT,
}: {
  readonly addresses: readonly string[];
  readonly onFound: (found: FoundPrinter) => void;
  readonly signal: AbortSignal;
  readonly port?: number;
}): Promise<void> {
  const left = [...addresses];
  const knock = async (): Promise<void> => {
    for (let host = left.shift(); host !== undefined && !signal.aborted; host = left.shift()) {
      const link = { kind: "network", host, port } as const;
      const named = await nameOf(networkLink(link), PATIENCE, signal);
      if (named !== null && !signal.aborted)
        onFound({ link, name: `${named.maker} ${named.model}`.trim(), model: modelNamed(named.model) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, knock));
}
