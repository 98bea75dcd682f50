import { medusaDriver } from "./medusa/driver.ts";
import type { Platform, PlatformDriver } from "./port.ts";
import { shopifyDriver } from "./shopify/driver.ts";
import { shopwareDriver } from "./shopware/driver.ts";
import { woocommerceDriver } from "./woocommerce/driver.ts";

/** What each platform is to us; a part of them in tests. */
export type Drivers = Readonly<Partial<Record<Platform, PlatformDriver>>>;

export const DRIVERS = {
  medusa: medusaDriver,
  shopify: shopifyDriver,
  shopware: shopwareDriver,
  woocommerce: woocommerceDriver,
} as const satisfies Readonly<Record<Platform, PlatformDriver>>;
