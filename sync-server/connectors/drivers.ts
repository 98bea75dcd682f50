import type { Platform, PlatformDriver } from "./port.ts";

/** The platforms that can be connected. */
export type Drivers = Readonly<Partial<Record<Platform, PlatformDriver>>>;

export const DRIVERS: Drivers = {};
