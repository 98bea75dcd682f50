import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type {
  AddWebhookAnswer,
  AttemptRow,
  ChangedWebhook,
  DeadWebhook,
  TestedWebhook,
  WebhookChange,
  WebhookRow,
} from "#protocol/hq/webhooks.ts";
import type { Storage } from "../storage/port.ts";
import { postEvent } from "./delivery.ts";
import type { Post } from "./post.ts";
import { isSecureAddress } from "./secure-address.ts";
import { newWebhookSecret } from "./sign.ts";

const MAX_ENDPOINTS = 50;
const MAX_DEAD_SHOWN = 500;

/** What HQ decides about where events go, and what it sees of their way. */
export interface Endpoints {
  /** Its secret is in this answer alone. Refused for an address that would carry events in the clear through a network. */
  add(endpoint: {
    readonly url: string;
    readonly types: readonly string[];
  }): Promise<Result<AddWebhookAnswer, "notSecure" | "tooMany">>;
  /** What waits goes to the new address; while it is paused nothing goes. */
  change(id: string, change: WebhookChange): Promise<Result<ChangedWebhook, "notSecure" | "unknown">>;
  list(): Promise<readonly WebhookRow[]>;
  /** False when there is none such. */
  remove(id: string): Promise<boolean>;
  dead(): Promise<readonly DeadWebhook[]>;
  /** Makes dead letters due at once; answers how many. */
  replay(which: { readonly endpoint: string | null; readonly event: string | null }): Promise<number>;
  /** What was tried, the newest first; null where there is no such endpoint. */
  attempts(ask: {
    readonly endpoint: string;
    readonly onlyFailed: boolean;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly AttemptRow[] | null>;
  /** Sends an event that tells nothing, now, and says what came back; null where there is no such endpoint. */
  test(id: string): Promise<TestedWebhook | null>;
  /** Sends an event once more, at once. */
  sendAgain(what: {
    readonly endpoint: string;
    readonly event: string;
  }): Promise<Result<true, "unknown" | "forgotten">>;
}

export function createEndpoints({
  storage,
  now,
  newId,
  post,
}: {
  readonly storage: Storage;
  readonly post: Post;
  readonly now: () => Instant;
  readonly newId: () => string;
}): Endpoints {
  return {
    async add({ url, types }) {
      if (!isSecureAddress(new URL(url))) return refused("notSecure");
      const secret = newWebhookSecret();
      const endpoint = { id: newId(), url, types, secret, createdAt: now(), pausedAt: null };
      const isAdded = await storage.write(async (tx) => {
        if ((await tx.webhookEndpoints()).length >= MAX_ENDPOINTS) return false;
        await tx.addWebhookEndpoint(endpoint);
        return true;
      });
      return isAdded ? ok({ ...endpoint, types: [...types] }) : refused("tooMany");
    },

    async change(id, { url, types, paused }) {
      if (!isSecureAddress(new URL(url))) return refused("notSecure");
      return storage.write(async (tx) => {
        const known = (await tx.webhookEndpoints()).find((each) => each.id === id);
        if (known === undefined) return refused("unknown");
        const pausedAt = paused ? (known.pausedAt ?? now()) : null;
        await tx.changeWebhookEndpoint({ id, url, types, pausedAt });
        return ok({ id, url, types: [...types], createdAt: known.createdAt, pausedAt });
      });
    },

    list: () =>
      storage.read(async (tx) => {
        const rows: WebhookRow[] = [];
        for (const { secret: _, types, ...endpoint } of await tx.webhookEndpoints())
          rows.push({ ...endpoint, types: [...types], ...(await tx.deliveryCounts(endpoint.id)) });
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

    attempts: (ask) =>
      storage.read(async (tx) => {
        const isKnown = (await tx.webhookEndpoints()).some(({ id }) => id === ask.endpoint);
        if (!isKnown) return null;
        return (await tx.deliveryAttempts(ask)).map(({ endpoint: _, ...attempt }) => attempt);
      }),

    async test(id) {
      const endpoint = (await storage.read((tx) => tx.webhookEndpoints())).find((each) => each.id === id);
      if (endpoint === undefined) return null;
      const at = now();
      const event = { id: `test:${newId()}`, type: "test", order: null, at, data: "{}" };
      const handed = await postEvent({ post, endpoint, event, at });
      const failure = handed.kind === "taken" ? null : handed.failure;
      const tookMs = now() - at;
      await storage.write((tx) =>
        tx.noteAttempt({ endpoint: id, event: event.id, type: event.type, at, tookMs, failure }),
      );
      return { failure, tookMs };
    },

    sendAgain: ({ endpoint, event }) =>
      storage.write(async (tx) => {
        const isKnown = (await tx.webhookEndpoints()).some(({ id }) => id === endpoint);
        if (!isKnown) return refused("unknown");
        return (await tx.sendAgain({ endpoint, event, at: now() })) ? ok(true) : refused("forgotten");
      }),
  };
}
