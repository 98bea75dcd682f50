import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import type { Storage, WriteTransaction } from "../storage/port.ts";
import type { Publisher } from "../sync/publisher.ts";
import { type Acting, actOnMessage, toTryAgain } from "./act-on-message.ts";
import type { Drivers } from "./drivers.ts";
import type { Connector, RawWebhook } from "./port.ts";
import { wordsOf } from "./read-message.ts";
import type { InboxMessage, MessageState } from "./records.ts";

const MAX_RETRIED_AT_ONCE = 100;
const DISMISSED = "Dismissed by HQ.";
const ACT_FAILED = "It could not be acted on, and nothing of it was.";

/** What became of a webhook. The last are those of a message that is genuine and new. */
export type Receipt = "noSuchConnector" | "forged" | "malformed" | "duplicate" | MessageState;

/** The messages of connected shops: each is verified, kept and acted on in one transaction, once. */
export interface Inbox {
  /** Whether there is such a connector, whose messages can be acted on. */
  knows(connector: string): Promise<boolean>;
  /** Nothing is kept of a message that is forged or malformed, and nothing is done for one whose delivery is known. */
  receive(connector: string, webhook: RawWebhook): Promise<Receipt>;
  /** Acts again on messages that wait and whose time has come. Safe to call at any time. */
  retryDue(): Promise<void>;
  /** Acts again, at once, on a message that waits or is dead; its tries are counted anew. */
  replay(
    name: Pick<InboxMessage, "connector" | "delivery">,
  ): Promise<Result<InboxMessage, "noSuchMessage" | "doneAlready">>;
  /** Takes a message that waits or is dead off the list of what is open: nothing is to be done for it. */
  dismiss(
    name: Pick<InboxMessage, "connector" | "delivery">,
  ): Promise<Result<InboxMessage, "noSuchMessage" | "doneAlready">>;
  /** Forged messages since this server was started. */
  forged(connector: string): number;
}

export interface InboxParts {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly orders: Pick<OrderDesk, "takeSnapshot" | "editForShop">;
  readonly drivers: Drivers;
  readonly now: () => Instant;
  /** Answers a number from 0 to 1. */
  readonly chance: () => number;
}

/** Finds, within the transaction in which it is acted on, the message that is meant. */
type Taking = (tx: WriteTransaction) => Promise<InboxMessage | null>;

/** The inbox on one storage. */
export function createInbox({ storage, publisher, orders, drivers, now, chance }: InboxParts): Inbox {
  const forged = new Map<string, number>();

  function actingFor(connector: Connector | null): Acting | null {
    const driver = connector === null ? undefined : drivers[connector.platform];
    return connector === null || driver === undefined ? null : { connector, driver, orders, chance };
  }

  /** Acts on what `take` finds, in a transaction of its own; null: there is nothing (any more). What fails is undone, and the message is kept to be tried again. */
  async function act(acting: Acting, take: Taking): Promise<InboxMessage | null> {
    try {
      return await publisher.publish(async (publication) => {
        const message = await take(publication.tx);
        if (message === null) return null;
        const after = await actOnMessage(publication, { message, acting });
        await publication.tx.putMessage(after);
        return after;
      });
    } catch (error) {
      const words = `${ACT_FAILED} ${wordsOf(error)}`;
      return storage.write(async (tx) => {
        const message = await take(tx);
        if (message === null) return null;
        const failed = { ...message, reason: words, tries: message.tries + 1 };
        const after = toTryAgain(failed, { now: now(), chance: chance(), words });
        await tx.putMessage(after);
        return after;
      });
    }
  }

  return {
    knows: async (id) => actingFor(await storage.read((tx) => tx.connector(id))) !== null,

    async receive(id, webhook) {
      const acting = actingFor(await storage.read((tx) => tx.connector(id)));
      if (acting === null) return "noSuchConnector";
      const opened = openSafely(acting, webhook);
      if (!opened.ok) {
        if (opened.reason === "forged") forged.set(id, (forged.get(id) ?? 0) + 1);
        return opened.reason;
      }
      const { delivery, topic, body } = opened.value;
      const message: InboxMessage = {
        connector: id,
        delivery,
        topic,
        body: JSON.stringify(body),
        receivedAt: now(),
        externalId: null,
        state: "waiting",
        reason: "",
        tries: 0,
        nextTryAt: null,
      };
      const after = await act(acting, async (tx) => ((await tx.addMessage(message)) ? message : null));
      return after?.state ?? "duplicate";
    },

    async retryDue() {
      const at = now();
      const due = await storage.read((tx) => tx.messagesDue({ at, limit: MAX_RETRIED_AT_ONCE }));
      for (const name of due) {
        const acting = actingFor(await storage.read((tx) => tx.connector(name.connector)));
        if (acting === null) continue;
        await act(acting, async (tx) => {
          const message = await tx.message(name);
          // The order may have come since, and taken it along.
          const isDue = message !== null && message.nextTryAt !== null && message.nextTryAt <= at;
          return isDue && message.state === "waiting" ? message : null;
        });
      }
    },

    async replay(name) {
      const known = await storage.read((tx) => tx.message(name));
      const acting = actingFor(await storage.read((tx) => tx.connector(name.connector)));
      if (known === null || acting === null) return refused("noSuchMessage");
      const after = await act(acting, async (tx) => {
        const message = await tx.message(name);
        return message !== null && isOpen(message) ? { ...message, tries: 0 } : null;
      });
      return after === null ? refused("doneAlready") : ok(after);
    },

    dismiss: (name) =>
      storage.write(async (tx) => {
        const message = await tx.message(name);
        if (message === null) return refused("noSuchMessage");
        if (!isOpen(message)) return refused("doneAlready");
        const reason = message.reason === "" ? DISMISSED : `${DISMISSED} ${message.reason}`;
        const after: InboxMessage = { ...message, state: "ignored", reason, nextTryAt: null };
        await tx.putMessage(after);
        return ok(after);
      }),

    forged: (connector) => forged.get(connector) ?? 0,
  };
}

function isOpen({ state }: InboxMessage): boolean {
  return state === "waiting" || state === "dead";
}

/** A message over which its driver stumbles before it was found genuine is none. */
function openSafely({ driver, connector }: Acting, webhook: RawWebhook): Opened {
  try {
    return driver.webhooks.open(webhook, connector);
  } catch {
    return refused("forged");
  }
}

type Opened = ReturnType<Acting["driver"]["webhooks"]["open"]>;
