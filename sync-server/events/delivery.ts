import type { Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";
import { nextTryAt } from "./backoff.ts";
import type { WebhookDelivery, WebhookEndpoint } from "./port.ts";
import type { Post, PostAnswer } from "./post.ts";
import { webhookHeaders } from "./sign.ts";

/** Messages in flight to one receiver. */
const AT_ONCE = 8;
/** The receiver says that it is gone for good. */
const GONE = 410;

export interface Delivery {
  /** Sends whatever is due now, and what that makes due. Safe to call at any time: an endpoint that is being served is waited for, not served twice. */
  deliver(): Promise<void>;
}

/** `chance` answers a number from 0 to 1. */
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
  /** Each endpoint is served by itself, so that a slow one holds up no other. */
  const serving = new Map<string, Promise<void>>();

  async function serve(endpoint: WebhookEndpoint): Promise<void> {
    for (;;) {
      const ask = { endpoint: endpoint.id, at: now(), limit: AT_ONCE };
      const due = await storage.read((tx) => tx.dueDeliveries(ask));
      if (due.length === 0) return;
      await Promise.all(due.map((delivery) => deliverOne(delivery, endpoint)));
    }
  }

  async function deliverOne(delivery: WebhookDelivery, to: WebhookEndpoint): Promise<void> {
    const answer = await send(delivery, to);
    await storage.write((tx) =>
      isTaken(answer) ? tx.dropDelivery(delivery) : tx.putDelivery(afterFailure(delivery, answer)),
    );
  }

  function send({ event }: WebhookDelivery, { url, secret }: WebhookEndpoint): Promise<PostAnswer> {
    const body = JSON.stringify({
      type: event.type,
      timestamp: new Date(event.at).toISOString(),
      data: JSON.parse(event.data),
    });
    return post({ url, body, headers: webhookHeaders({ secret, id: event.id, at: now(), body }) });
  }

  function afterFailure(delivery: WebhookDelivery, answer: PostAnswer): WebhookDelivery {
    const failures = delivery.failures + 1;
    const isGone = "status" in answer && answer.status === GONE;
    return {
      ...delivery,
      failures,
      nextTryAt: isGone ? null : nextTryAt({ failures, now: now(), chance: chance() }),
      lastFailure: "status" in answer ? `status ${answer.status}` : answer.failure,
    };
  }

  return {
    async deliver() {
      await storage.write((tx) => tx.spreadEvents(now()));
      const endpoints = await storage.read((tx) => tx.webhookEndpoints());
      for (const endpoint of endpoints) {
        if (serving.has(endpoint.id)) continue;
        serving.set(
          endpoint.id,
          serve(endpoint).finally(() => serving.delete(endpoint.id)),
        );
      }
      await Promise.all(serving.values());
    },
  };
}

function isTaken(answer: PostAnswer): boolean {
  return "status" in answer && answer.status >= 200 && answer.status < 300;
}
