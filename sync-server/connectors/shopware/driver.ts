import type { PlatformDriver } from "../port.ts";
import { adminApi } from "./admin-api.ts";
import { readWebhook } from "./read.ts";
import { tellStock } from "./stock.ts";
import { tellOrder } from "./tell.ts";
import { openWebhook } from "./verify.ts";

/** Shopware 6: an app's webhooks in, the Admin API (as an integration) out. */
export const shopwareDriver: PlatformDriver = {
  platform: "shopware",
  credentialNames: ["clientId", "clientSecret"],
  webhooks: { open: openWebhook, read: readWebhook },
  api: (parts) => {
    const api = adminApi(parts);
    return { tellOrder: (news) => tellOrder(api, news), tellStock: (levels) => tellStock(api, levels) };
  },
};
