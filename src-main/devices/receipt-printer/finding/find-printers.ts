import { networkInterfaces } from "node:os";
import type { PrinterCatalogue } from "../port.ts";
import { lookAround } from "./look-around.ts";
import { portsOfMachine } from "./ports-of-machine.ts";
import { queuesOfSystem } from "./queues.ts";
import { neighbours } from "./subnet.ts";

const LONGEST_LISTING_MS = 3_000;

/** Looks at the ports of this machine, the queues of its system and the addresses beside its own. */
export const findPrinters: PrinterCatalogue["find"] = async (onFound, signal) => {
  const listing = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_LISTING_MS)]);
  const [ports, queues] = await Promise.all([portsOfMachine(), queuesOfSystem(listing)]);
  if (signal.aborted) return;
  for (const found of [...ports, ...queues]) onFound(found);
  await lookAround({ addresses: neighbours(networkInterfaces()), onFound, signal });
};
