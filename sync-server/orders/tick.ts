import type { Exception } from "#domain/exceptions/exceptions.ts";
import type { DeviceId, Instant } from "#domain/ids.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { orderEvent } from "../events/order-events.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { isSilent, lastWordOf } from "./candidates.ts";
import { dropLeases, leased } from "./lease-changes.ts";
import { noteSeen, publishStoreOrder } from "./ledger.ts";
import { momentsOf, type TimelyAct } from "./moments.ts";
import { closeSilent } from "./order-exceptions.ts";
import { partOf, perform } from "./perform.ts";
import type { FulfilmentRow } from "./port.ts";
import { moveOn } from "./reroute.ts";
import { raiseSilent, silenceId } from "./route.ts";
import { giveStandingLease } from "./standing-lease.ts";

/** Seen to in one turn; what is left is seen to in the next. */
const MAX_PER_TURN = 500;

/** What the clock is asked with. */
export interface Timekeeping {
  readonly publisher: Publisher;
  readonly read: <T>(work: (tx: ReadTransaction) => Promise<T>) => Promise<T>;
  readonly now: () => Instant;
  readonly newId: () => string;
}

/** Does what time has brought about since the last turn. Each fulfilment is a transaction of its own. */
export async function tick({ publisher, read, now, newId }: Timekeeping): Promise<void> {
  const at = now();
  const { publish } = publisher;
  const due = await read((tx) => tx.fulfilmentsDue({ at, limit: MAX_PER_TURN }));
  const lapsed = await read((tx) => tx.leasesExpired({ before: at, limit: MAX_PER_TURN }));
  const revoked = await read(revokedHolders);
  const silenced = await read((tx) => unsaidSilence(tx, at));
  const heard = await read((tx) => endedSilence(tx, at));
  await allOf([
    ...due.map(
      ({ id }) =>
        () =>
          publish((publication) => seeTo(publication, id, newId)),
    ),
    ...lapsed.map(
      ({ subject }) =>
        () =>
          publish((publication) => lapse(publication, subject)),
    ),
    ...revoked.map((id) => () => publish((publication) => dropLeases(publication, id))),
    ...silenced.map(
      ({ id }) =>
        () =>
          publish((publication) => saySilence(publication, id)),
    ),
    ...heard.map((exception) => () => publish((publication) => closeSilent(publication, exception))),
  ]);
}

/** Does all of it, one after another, whatever fails; then throws what failed first. */
async function allOf(chores: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const chore of chores) await chore().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

async function saySilence(publication: Publication, id: FulfilmentRow["id"]): Promise<void> {
  const found = await findPart(publication.tx, id);
  if (found !== null && isOpen(found.fulfilment.state))
    await raiseSilent(publication, found.order, found.fulfilment);
}

async function findPart(
  tx: ReadTransaction,
  id: FulfilmentRow["id"],
): Promise<{ readonly order: Order; readonly fulfilment: Fulfilment } | null> {
  const order = await tx.orderOfFulfilment(id);
  const fulfilment = order === null ? undefined : partOf(order, id);
  return order === null || fulfilment === undefined ? null : { order, fulfilment };
}

/** Everything that has come due for one fulfilment, in its order in time; an act changes what comes due after it. */
async function seeTo(publication: Publication, id: FulfilmentRow["id"], newId: () => string): Promise<void> {
  const { tx, at } = publication;
  const row = await tx.fulfilmentRow(id);
  const done = new Set<TimelyAct>();
  for (;;) {
    const found = await findPart(tx, id);
    if (row === null || found === null) return;
    const policy = orderPolicyOf((await tx.store(row.store)) ?? {});
    const next = momentsOf(found.fulfilment, policy).find(
      (moment) =>
        moment.at <= at && !done.has(moment.act) && (moment.at > row.seenTo || moment.act === "forget"),
    );
    if (next === undefined) {
      if (!done.has("forget")) await noteSeen(publication, { ...found, seenTo: at });
      return;
    }
    done.add(next.act);
    await doInTime(publication, { act: next.act, ...found, newId });
  }
}

async function doInTime(
  publication: Publication,
  {
    act,
    order,
    fulfilment,
    newId,
  }: {
    readonly act: TimelyAct;
    readonly order: Order;
    readonly fulfilment: Fulfilment;
    readonly newId: () => string;
  },
): Promise<void> {
  const { tx, at } = publication;
  switch (act) {
    case "late":
      return raiseLate(publication, order, fulfilment);
    case "notAccepted":
      return notAccepted(publication, { order, fulfilment, newId });
    case "remind": {
      const stores = await tx.stores();
      return tx.addEvent(orderEvent({ id: newId(), type: "order.reminder", order, stores, at }));
    }
    case "expire": {
      const store = await tx.store(fulfilment.store);
      const { keepReadyMs } = orderPolicyOf(store ?? {});
      const context = { at, by: { kind: "server" } as const, keepReadyMs };
      await perform(
        publication,
        { order, fulfilment: fulfilment.id, act: { type: "expired" }, context },
        newId,
      );
      await raiseException(publication, {
        id: `uncollected:${fulfilment.id}`,
        kind: "uncollected",
        store: fulfilment.store,
        subject: { order: order.id, fulfilment: fulfilment.id },
        detail: { number: order.number, state: fulfilment.state },
      });
      return;
    }
    case "forget": {
      const row = await tx.fulfilmentRow(fulfilment.id);
      if (row !== null) await tx.putFulfilmentRow({ ...row, seenTo: at, nextAt: null });
      return publication.forgetStoreOrder(fulfilment.store, fulfilment.id);
    }
  }
}

/** Another store may send it; whoever wants to collect it there has to be asked first, and that is for people. */
async function notAccepted(
  publication: Publication,
  {
    order,
    fulfilment,
    newId,
  }: { readonly order: Order; readonly fulfilment: Fulfilment; readonly newId: () => string },
): Promise<void> {
  if (order.delivery.kind === "ship") {
    const moved = await moveOn(publication, {
      order,
      fulfilment: fulfilment.id,
      wish: "byRules",
      reason: "Not accepted in time",
      by: { kind: "server" },
      newId,
    });
    if (moved.ok) return;
  }
  const { tx, at } = publication;
  const policy = orderPolicyOf((await tx.store(fulfilment.store)) ?? {});
  const lastWord = lastWordOf(await tx.devices(), fulfilment.store);
  if (isSilent({ lastWord, policy, at })) await raiseSilent(publication, order, fulfilment);
  else await raiseLate(publication, order, fulfilment);
}

async function raiseLate(publication: Publication, order: Order, fulfilment: Fulfilment): Promise<void> {
  await raiseException(publication, {
    id: `late:${fulfilment.id}`,
    kind: "late",
    store: fulfilment.store,
    subject: { order: order.id, fulfilment: fulfilment.id },
    detail: { number: order.number, state: fulfilment.state },
  });
}

/** A lease that ran out: a ready order goes back to its desk, so that it can be handed out without a connection again. */
async function lapse(publication: Publication, subject: string): Promise<void> {
  const { tx, at } = publication;
  const lease = await tx.lease(subject);
  if (lease === null || lease.expiresAt > at) return;
  await tx.dropLease(subject);
  const found = await leased(tx, subject);
  if (found === null) return;
  const { order, fulfilment } = found;
  const policy = orderPolicyOf((await tx.store(fulfilment.store)) ?? {});
  await giveStandingLease(publication, { fulfilment, policy });
  await publishStoreOrder(publication, order, fulfilment);
}

/** Tills that were revoked while they held a lease or waited for one: whoever revoked them may have been cut off before that was seen to. */
async function revokedHolders(tx: ReadTransaction): Promise<readonly DeviceId[]> {
  const holders: DeviceId[] = [];
  for (const { id, revokedAt } of await tx.devices())
    if (revokedAt !== null && (await tx.leasesOf(id)).length > 0) holders.push(id);
  return holders;
}

/** Open fulfilments in stores that fell silent, of which nobody has been told. */
async function unsaidSilence(tx: ReadTransaction, at: Instant): Promise<readonly FulfilmentRow[]> {
  const devices = await tx.devices();
  const unsaid: FulfilmentRow[] = [];
  for (const store of await tx.stores()) {
    const lastWord = lastWordOf(devices, store.store);
    if (!isSilent({ lastWord, policy: orderPolicyOf(store), at })) continue;
    for (const row of await tx.openFulfilments(store.store))
      if ((await tx.exception(silenceId(row.id, lastWord))) === null) unsaid.push(row);
  }
  return unsaid;
}

/** Open exceptions about the silence of stores that have been heard since. */
async function endedSilence(tx: ReadTransaction, at: Instant): Promise<readonly Exception[]> {
  const devices = await tx.devices();
  const ended: Exception[] = [];
  for (const exception of await tx.openExceptionsOf("storeSilent")) {
    const store = exception.store === null ? null : await tx.store(exception.store);
    const lastWord = store === null ? null : lastWordOf(devices, store.store);
    if (store === null || lastWord === null) continue;
    // A word that came before the exception was raised may have been noted after it.
    const isHeard = !isSilent({ lastWord, policy: orderPolicyOf(store), at });
    if (isHeard || lastWord > exception.raisedAt) ended.push(exception);
  }
  return ended;
}
