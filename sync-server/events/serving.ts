import { type Instant, instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";
import { nextTryAt } from "./backoff.ts";
import type { WebhookDelivery } from "./port.ts";

/** How handing an event over went. `isFinal`: trying again is useless. */
export type Handed =
  | { readonly kind: "taken" }
  | {
      readonly kind: "failed";
      readonly failure: string;
      readonly isFinal: boolean;
      /** The receiver asked to be left alone so long, milliseconds. */
      readonly afterMs: number | null;
    };

/** Where events go. */
export interface Receiver {
  /** As deliveries name it. */
  readonly id: string;
  /** Never throws. */
  hand(delivery: WebhookDelivery): Promise<Handed>;
}

/** The longest that a receiver may have itself left alone. */
const MAX_AFTER_MS = 24 * 3_600_000;

/** An event on its way is nobody else's for so long: longer than any receiver is given to take it. One whose server fell goes again after it. */
const CLAIM_MS = 120_000;

export interface Delivery {
  /** Hands over whatever is due now, and what that makes due. Safe to call at any time: a receiver that is being served is waited for, not served twice. */
  deliver(): Promise<void>;
}

/** Events are handed to each receiver by itself, so that a slow one holds up no other; of one order, one after the other. `chance` answers a number from 0 to 1. */
export function createServing({
  storage,
  now,
  chance,
  receivers,
  atOnce,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly chance: () => number;
  readonly receivers: () => Promise<readonly Receiver[]>;
  /** Events on their way to one receiver. */
  readonly atOnce: number;
}): Delivery {
  const serving = new Map<string, Promise<void>>();

  async function serve(receiver: Receiver): Promise<void> {
    for (;;) {
      const due = await claimDue(receiver);
      if (due.length === 0) return;
      await Promise.all(due.map((delivery) => handOne(delivery, receiver)));
    }
  }

  /** Notes that what is due is on its way, so that no other server takes it along. */
  async function claimDue({ id: endpoint }: Receiver): Promise<readonly WebhookDelivery[]> {
    const ask = { endpoint, at: now(), limit: atOnce };
    if ((await storage.read((tx) => tx.dueDeliveries(ask))).length === 0) return [];
    return storage.write(async (tx) => {
      const due = await tx.dueDeliveries(ask);
      for (const each of due) await tx.putDelivery({ ...each, nextTryAt: instant(ask.at + CLAIM_MS) });
      return due;
    });
  }

  async function handOne(delivery: WebhookDelivery, to: Receiver): Promise<void> {
    const at = now();
    const handed = await to.hand(delivery);
    const { endpoint, event } = delivery;
    const failure = handed.kind === "taken" ? null : handed.failure;
    await storage.write(async (tx) => {
      await tx.noteAttempt({ endpoint, event: event.id, type: event.type, at, tookMs: now() - at, failure });
      if (handed.kind === "taken") await tx.dropDelivery(delivery);
      else await tx.putDelivery(afterFailure(delivery, handed));
    });
  }

  function afterFailure(
    delivery: WebhookDelivery,
    { failure, isFinal, afterMs }: Extract<Handed, { readonly kind: "failed" }>,
  ): WebhookDelivery {
    const failures = delivery.failures + 1;
    const next = isFinal ? null : nextTryAt({ failures, now: now(), chance: chance() });
    const notBefore = now() + Math.min(Math.max(Math.ceil(afterMs ?? 0), 0), MAX_AFTER_MS);
    return {
      ...delivery,
      failures,
      nextTryAt: next === null ? null : instant(Math.max(next, notBefore)),
      lastFailure: failure,
    };
  }

  return {
    async deliver() {
      await storage.write((tx) => tx.spreadEvents(now()));
      for (const receiver of await receivers()) {
        if (serving.has(receiver.id)) continue;
        serving.set(
          receiver.id,
          serve(receiver).finally(() => serving.delete(receiver.id)),
        );
      }
      await Promise.all(serving.values());
    },
  };
}
