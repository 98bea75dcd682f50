import type { Platform, PlatformDriver } from "./port.ts";
import { shopwareDriver } from "./shopware/driver.ts";

/** The platforms that can be connected. */
export type Drivers = Readonly<Partial<Record<Platform, PlatformDriver>>>;

export const DRIVERS: Drivers = { shopware: shopwareDriver };
