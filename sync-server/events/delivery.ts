import type { Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";
import type { OutgoingEvent, WebhookEndpoint } from "./port.ts";
import type { Post } from "./post.ts";
import { createServing, type Delivery, type Handed } from "./serving.ts";
import { webhookHeaders } from "./sign.ts";

/** Messages in flight to one receiver. */
const AT_ONCE = 8;
/** The receiver says that it is gone for good. */
const GONE = 410;

/** Sends one event to one endpoint, signed, and tells how that went. Never throws. */
export async function postEvent({
  post,
  endpoint: { url, secret },
  event,
  at,
}: {
  readonly post: Post;
  readonly endpoint: Pick<WebhookEndpoint, "url" | "secret">;
  readonly event: OutgoingEvent;
  readonly at: Instant;
}): Promise<Handed> {
  const body = JSON.stringify({
    type: event.type,
    timestamp: new Date(event.at).toISOString(),
    data: JSON.parse(event.data),
  });
  const answer = await post({ url, body, headers: webhookHeaders({ secret, id: event.id, at, body }) });
  if ("failure" in answer) return { kind: "failed", failure: answer.failure, isFinal: false, afterMs: null };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: "taken" };
  return { kind: "failed", failure: `status ${status}`, isFinal: status === GONE, afterMs: null };
}

/** Hands events to the endpoints that HQ named and has not paused, signed. `chance` answers a number from 0 to 1. */
export function createDelivery({
  storage,
  now,
  chance,
  post,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly chance: () => number;
  readonly post: Post;
}): Delivery {
  return createServing({
    storage,
    now,
    chance,
    atOnce: AT_ONCE,
    receivers: async () =>
      (await storage.read((tx) => tx.webhookEndpoints()))
        .filter(({ pausedAt }) => pausedAt === null)
        .map((endpoint) => ({
          id: endpoint.id,
          hand: ({ event }) => postEvent({ post, endpoint, event, at: now() }),
        })),
  });
}
