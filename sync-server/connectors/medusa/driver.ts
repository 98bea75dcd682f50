import type { PlatformDriver } from "../port.ts";
import { adminApi } from "./admin-api.ts";
import { readWebhook } from "./read.ts";
import { tellStock } from "./stock.ts";
import { tellOrder } from "./tell.ts";
import { openWebhook } from "./verify.ts";

/** Medusa 2: a subscriber's messages in (the README shows one), the Admin API by a secret API key out. */
export const medusaDriver: PlatformDriver = {
  platform: "medusa",
  credentialNames: ["apiKey"],
  webhooks: { open: openWebhook, read: readWebhook },
  api: (parts) => {
    const api = adminApi(parts);
    return {
      tellOrder: (news) => tellOrder(api, news, parts.connector),
      tellStock: (levels) => tellStock(api, levels),
    };
  },
};
