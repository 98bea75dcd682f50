import { join } from "node:path";
import type { Instant } from "#domain/ids.ts";
import type { OpenFiscalDevice } from "./port.ts";
import { FiscalSimulator } from "./simulator.ts";

const SIMULATOR_FOLDER = "fiscal-simulator";

/** Opens the fiscal devices that there are drivers for; a simulator keeps its state in the till's own folder. */
export function fiscalDevicesIn(dataDir: string, now: () => Instant): OpenFiscalDevice {
  return () => new FiscalSimulator({ folder: join(dataDir, SIMULATOR_FOLDER), now });
}
