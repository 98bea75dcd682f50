import { type Instant, instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { editOfCancelling, editOfRefunds } from "#domain/orders/shop-edit.ts";
import { nextTryAt } from "../events/backoff.ts";
import type { OrderDesk } from "../orders/order-desk.ts";
import type { Publication } from "../sync/publisher.ts";
import type { Connector, PlatformDriver, Reading, SeenOrder, Unreadable } from "./port.ts";
import { readMessage } from "./read-message.ts";
import type { InboxMessage, ShopOrderMemory } from "./records.ts";
import { REFUSAL_WORDS } from "./refusal-words.ts";

/** What a message of a platform is acted on with. */
export interface Acting {
  readonly connector: Connector;
  readonly driver: PlatformDriver;
  readonly orders: Pick<OrderDesk, "takeSnapshot" | "editForShop">;
  /** Answers a number from 0 to 1. */
  readonly chance: () => number;
}

/** What became of a message. */
type Outcome = Pick<InboxMessage, "state" | "reason">;

const TAKEN: Outcome = { state: "taken", reason: "" };
const OLDER = ignored("Older than what is known of the order already.");
const UNPAID: Outcome = {
  state: "taken",
  reason: "Not to be done yet: the order is placed once the shop says so.",
};
const CANCELLED_BEFORE: Outcome = {
  state: "taken",
  reason: "The order was cancelled before it was to be done.",
};
const DONE_THERE = ignored("Handed over or sent by the shop itself, before it was an order here.");
const BEGUN_THERE: Outcome = {
  state: "dead",
  reason:
    "The shop itself has handed over or sent a part of it already. Finish it there, or cancel there what is left and order it anew.",
};
const NOT_COME_YET: Outcome = { state: "waiting", reason: "The order that it is about has not come yet." };
const NEVER_CAME =
  "The order that it is about never came. Look it up in the shop, have it sent again, then replay this.";

/**
 * Does what a message says and answers the message as it stands then; the caller writes it. An order that comes takes along what waited for it, all in
 * the same transaction.
 */
export async function actOnMessage(
  publication: Publication,
  { message, acting }: { readonly message: InboxMessage; readonly acting: Acting },
): Promise<InboxMessage> {
  const reading = readMessage(acting.driver, acting.connector, message);
  const outcome = await outcomeOf(publication, reading, acting);
  const tried = { ...message, ...outcome, externalId: externalIdOf(reading), tries: message.tries + 1 };
  return outcome.state === "waiting"
    ? toTryAgain(tried, { now: publication.at, chance: acting.chance(), words: NEVER_CAME })
    : { ...tried, nextTryAt: null };
}

/** A message that could not be acted on, due again by the backoff of all sending here, or dead for `words`. */
export function toTryAgain(
  message: InboxMessage,
  { now, chance, words }: { readonly now: Instant; readonly chance: number; readonly words: string },
): InboxMessage {
  const next = nextTryAt({ failures: message.tries, now, chance });
  return next === null
    ? { ...message, state: "dead", reason: words, nextTryAt: null }
    : { ...message, state: "waiting", nextTryAt: next };
}

function externalIdOf(reading: Reading | Unreadable): string | null {
  if ("problem" in reading || reading.kind === "nothing") return null;
  return reading.kind === "order" ? reading.order.request.id : reading.externalId;
}

async function outcomeOf(
  publication: Publication,
  reading: Reading | Unreadable,
  acting: Acting,
): Promise<Outcome> {
  if ("problem" in reading) return { state: "dead", reason: reading.problem };
  if (reading.kind === "nothing") return ignored(reading.why);
  if (reading.kind === "order") return takeOrder(publication, reading.order, acting);
  const { tx } = publication;
  const { channel, id: connector } = acting.connector;
  const { externalId } = reading;
  const order = await tx.orderByExternalId({ channel, externalId });
  const memory = await tx.shopOrderMemory({ connector, externalId });
  const known = memory ?? { connector, externalId, updatedAt: null, standing: "toDo", refunds: [] };
  if (order === null) return withoutOrder(publication, reading, memory);
  return reading.kind === "refund"
    ? takeRefund(publication, { order, refund: reading.refund, memory: known, acting })
    : said(
        await acting.orders.editForShop(publication, {
          order,
          edit: editOfCancelling(order, reading.reason),
        }),
      );
}

function ignored(reason: string): Outcome {
  return { state: "ignored", reason };
}

function said(done: Awaited<ReturnType<OrderDesk["editForShop"]>>): Outcome {
  return done.ok ? TAKEN : { state: "dead", reason: REFUSAL_WORDS[done.reason] };
}

async function takeOrder(publication: Publication, seen: SeenOrder, acting: Acting): Promise<Outcome> {
  const { tx } = publication;
  const { id: connector, channel } = acting.connector;
  const { request, updatedAt, stillWanted, refunded, cancelled, release, fulfilledThere } = seen;
  const name = { connector, externalId: request.id };
  const memory = await tx.shopOrderMemory(name);
  const newest = memory?.updatedAt ?? null;
  const isTie = newest === updatedAt;
  if (newest !== null && updatedAt < newest) return OLDER;
  const isKnown = (await tx.orderByExternalId({ channel, externalId: request.id })) !== null;
  const remember = (standing: ShopOrderMemory["standing"]) =>
    tx.putShopOrderMemory({ ...name, updatedAt, standing, refunds: memory?.refunds ?? [] });
  if (!isKnown && isTie && memory?.standing === "cancelled") return CANCELLED_BEFORE;
  if (!isKnown && cancelled !== null) {
    await remember("cancelled");
    return CANCELLED_BEFORE;
  }
  // A platform's later words need not say again what was sent.
  if (!isKnown && (fulfilledThere === "all" || memory?.standing === "fulfilledThere")) {
    await remember("fulfilledThere");
    return DONE_THERE;
  }
  if (!isKnown && fulfilledThere === "part") return BEGUN_THERE;
  if (!isKnown && release === "waiting") {
    await remember("waiting");
    return UNPAID;
  }
  const snapshot = { request, updatedAt, newest, stillWanted, refunded, cancelled };
  const taken = await acting.orders.takeSnapshot(publication, snapshot);
  // What is not taken is not remembered either: replaying it must not find it outdated.
  if (!taken.ok) return { state: "dead", reason: REFUSAL_WORDS[taken.reason] };
  await remember(cancelled === null ? "toDo" : "cancelled");
  if (!isKnown) await takeWhatWaited(publication, name, acting);
  return TAKEN;
}

async function takeWhatWaited(
  publication: Publication,
  order: Pick<ShopOrderMemory, "connector" | "externalId">,
  acting: Acting,
): Promise<void> {
  const { tx } = publication;
  for (const message of await tx.messagesWaitingFor(order))
    await tx.putMessage(await actOnMessage(publication, { message, acting }));
}

async function takeRefund(
  publication: Publication,
  {
    order,
    refund,
    memory,
    acting,
  }: {
    readonly order: Order;
    readonly refund: ShopOrderMemory["refunds"][number];
    readonly memory: ShopOrderMemory;
    readonly acting: Acting;
  },
): Promise<Outcome> {
  if (memory.refunds.some(({ id }) => id === refund.id)) return ignored("This refund is known already.");
  if (refund.amount.currency !== order.currency)
    return { state: "dead", reason: REFUSAL_WORDS.wrongCurrency };
  const refunds = [...memory.refunds, refund];
  await publication.tx.putShopOrderMemory({ ...memory, refunds });
  return said(await acting.orders.editForShop(publication, { order, edit: editOfRefunds(order, refunds) }));
}

/** A word about an order that is not here: it waits, unless the order will not come. */
async function withoutOrder(
  { tx }: Publication,
  reading: Extract<Reading, { readonly kind: "refund" | "cancelled" }>,
  memory: ShopOrderMemory | null,
): Promise<Outcome> {
  if (memory === null || memory.standing === "toDo") return NOT_COME_YET;
  if (memory.standing === "cancelled") return CANCELLED_BEFORE;
  if (memory.standing === "fulfilledThere") return DONE_THERE;
  if (reading.kind === "refund") return NOT_COME_YET;
  const at = Math.max(reading.at ?? 0, memory.updatedAt ?? 0);
  await tx.putShopOrderMemory({ ...memory, standing: "cancelled", updatedAt: instant(at) });
  return CANCELLED_BEFORE;
}
