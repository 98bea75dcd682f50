import type { PlatformDriver } from "../port.ts";
import { askShopify } from "./graphql.ts";
import { readShopify } from "./read.ts";
import { tellShopifyStock } from "./stock.ts";
import { tellShopifyOrder } from "./tell.ts";
import { openShopify } from "./verify.ts";

/** Shopify, by webhooks and the GraphQL Admin API of the shop's own app (scopes: orders, merchant-managed fulfillment orders, products, inventory). */
export const shopifyDriver: PlatformDriver = {
  platform: "shopify",
  credentialNames: ["accessToken"],
  webhooks: { open: openShopify, read: readShopify },
  api: ({ connector, http, now }) => {
    const ask = askShopify({ connector, http, now });
    return {
      tellOrder: (news) => tellShopifyOrder(ask, news),
      tellStock: (levels) => tellShopifyStock(ask, { levels, at: now() }),
    };
  },
};
