import { medusaDriver } from "./medusa/driver.ts";
import type { Platform, PlatformDriver } from "./port.ts";
import { shopifyDriver } from "./shopify/driver.ts";
import { shopwareDriver } from "./shopware/driver.ts";

/** The platforms that can be connected. */
export type Drivers = Readonly<Partial<Record<Platform, PlatformDriver>>>;

export const DRIVERS: Drivers = {
  medusa: medusaDriver,
  shopify: shopifyDriver,
  shopware: shopwareDriver,
};
