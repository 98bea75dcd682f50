import type { PlatformDriver } from "../port.ts";
import { readWooCommerce } from "./read.ts";
import { callWooCommerce } from "./rest.ts";
import { tellWooStock } from "./stock.ts";
import { tellWooOrder } from "./tell.ts";
import { openWooCommerce } from "./verify.ts";

/** WooCommerce, by webhooks and REST API v3 of the shop itself (key with read and write access). */
export const woocommerceDriver: PlatformDriver = {
  platform: "woocommerce",
  credentialNames: ["consumerKey", "consumerSecret"],
  webhooks: { open: openWooCommerce, read: readWooCommerce },
  api: (parts) => {
    const call = callWooCommerce(parts);
    return {
      tellOrder: (news) => tellWooOrder(call, news),
      tellStock: (levels) => tellWooStock(call, levels),
    };
  },
};
