import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { AddWebhookAnswer, DeadWebhook, WebhookRow } from "#protocol/hq/webhooks.ts";
import type { Storage } from "../storage/port.ts";
import { isSecureAddress } from "./secure-address.ts";
import { newWebhookSecret } from "./sign.ts";

const MAX_ENDPOINTS = 50;
const MAX_DEAD_SHOWN = 500;

/** What HQ decides about where events go. */
export interface Endpoints {
  /** Its secret is in this answer alone. Refused for an address that would carry events in the clear through a network. */
  add(endpoint: {
    readonly url: string;
    readonly types: readonly string[];
  }): Promise<Result<AddWebhookAnswer, "notSecure" | "tooMany">>;
  list(): Promise<readonly WebhookRow[]>;
  /** False when there is none such. */
  remove(id: string): Promise<boolean>;
  dead(): Promise<readonly DeadWebhook[]>;
  /** Makes dead letters due at once; answers how many. */
  replay(which: { readonly endpoint: string | null; readonly event: string | null }): Promise<number>;
}

export function createEndpoints({
  storage,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly newId: () => string;
}): Endpoints {
  return {
    async add({ url, types }) {
      if (!isSecureAddress(new URL(url))) return refused("notSecure");
      const endpoint = { id: newId(), url, types, secret: newWebhookSecret(), createdAt: now() };
      const isAdded = await storage.write(async (tx) => {
        if ((await tx.webhookEndpoints()).length >= MAX_ENDPOINTS) return false;
        await tx.addWebhookEndpoint(endpoint);
        return true;
      });
      return isAdded ? ok({ ...endpoint, types: [...types] }) : refused("tooMany");
    },

    list: () =>
      storage.read(async (tx) => {
        const rows: WebhookRow[] = [];
        for (const { id, url, types, createdAt } of await tx.webhookEndpoints())
          rows.push({ id, url, types: [...types], createdAt, ...(await tx.deliveryCounts(id)) });
        return rows;
      }),

    remove: (id) => storage.write((tx) => tx.removeWebhookEndpoint(id)),

    dead: () =>
      storage.read(async (tx) => {
        const urls = new Map((await tx.webhookEndpoints()).map(({ id, url }) => [id, url]));
        return (await tx.deadDeliveries({ to: "webhooks", limit: MAX_DEAD_SHOWN })).map(
          ({ endpoint, event, failures, lastFailure }) => ({
            endpoint,
            url: urls.get(endpoint) ?? "",
            event: event.id,
            type: event.type,
            at: event.at,
            failures,
            lastFailure: lastFailure ?? "",
          }),
        );
      }),

    replay: (which) => storage.write((tx) => tx.reviveDeliveries({ ...which, to: "webhooks", at: now() })),
  };
}
