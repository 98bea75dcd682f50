import { type Closing, type Exception, mayResolve } from "#domain/exceptions/exceptions.ts";
import type { StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { cancel } from "../orders/cancel.ts";
import { moveOn } from "../orders/reroute.ts";
import { refundUndelivered, settleShort } from "../orders/settle.ts";
import type { Storage } from "../storage/port.ts";
import type { Booking } from "../sync/booking.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import type { Exceptions, ResolvingRefusal } from "./exceptions.ts";
import { closeException } from "./raise.ts";
import { askToCount } from "./recount.ts";

type Decision = Parameters<Exceptions["resolve"]>[0];

/** Exceptions on one storage; `newId` names what an act makes. */
export function createExceptions({
  storage,
  publisher,
  booking,
  newId,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly booking: Pick<Booking, "bookAgain">;
  readonly newId: () => string;
}): Exceptions {
  return {
    list: ({ open, limit, store = null }) =>
      storage.read((tx) => (open ? tx.openExceptions(limit, store) : tx.exceptions(limit, store))),
    counting: () =>
      storage.read(async (tx) => new Set((await tx.openTasks()).map(({ exception }) => exception))),
    assign: (id, to) =>
      storage.write(async (tx) => {
        if ((await tx.exception(id)) === null) return refused("noSuchException");
        if (!(await tx.assignException(id, to))) return refused("alreadyResolved");
        const assigned = await tx.exception(id);
        return assigned === null ? refused("noSuchException") : ok(assigned);
      }),
    figures: () => storage.read((tx) => tx.exceptionFigures()),
    resolve: (decision) =>
      publisher.publish((publication) => resolve(publication, decision, { booking, newId })),
    bookAgain: async () => {
      const open = await storage.read((tx) => tx.openExceptionsOf("notBooked"));
      for (const exception of open)
        await publisher.publish(async (publication) => {
          if (!(await booking.bookAgain(publication, exception.id))) return;
          const closing = { resolution: "causeGone", by: "", note: "", at: publication.at } as const;
          await closeException(publication, exception, closing);
        });
    },
  };
}

async function resolve(
  publication: Publication,
  decision: Decision,
  means: Means,
): Promise<Result<Exception, ResolvingRefusal>> {
  const { id, resolution, by, note } = decision;
  const exception = await publication.tx.exception(id);
  if (exception === null) return refused("noSuchException");
  if (exception.closing !== null) return refused("alreadyResolved");
  if (!mayResolve(exception.kind, resolution)) return refused("notForThis");
  const done = await act(publication, { exception, decision, ...means });
  if (!done.ok) return done;
  // Asked for is not counted: the store's figure closes it.
  if (resolution === "recount") return ok(exception);
  const closing: Closing = { resolution, by, note, at: publication.at };
  await closeException(publication, exception, closing);
  return ok((await publication.tx.exception(id)) ?? { ...exception, closing });
}

interface Means {
  readonly booking: Pick<Booking, "bookAgain">;
  readonly newId: () => string;
}

interface Acting extends Means {
  readonly exception: Exception;
  readonly decision: Decision;
}

async function act(publication: Publication, acting: Acting): Promise<Result<null, ResolvingRefusal>> {
  const { exception, decision } = acting;
  switch (decision.resolution) {
    case "contact":
    case "accept":
      return ok(null);
    case "bookAgain":
      return (await acting.booking.bookAgain(publication, exception.id))
        ? ok(null)
        : refused("stillNotBooked");
    case "recount":
      return (await askToCount(publication, exception, decision)) ? ok(null) : refused("notNow");
    case "refund":
    case "reroute":
    case "cancelOrder":
      return actOnItsOrder(publication, acting);
  }
}

async function actOnItsOrder(
  publication: Publication,
  { exception, decision, newId }: Acting,
): Promise<Result<null, ResolvingRefusal>> {
  const { subject, kind } = exception;
  const order = subject === null ? null : await publication.tx.order(subject.order);
  if (subject === null || order === null) return refused("notNow");
  const by = { kind: "hq", who: decision.by } as const;
  const reason = decision.note === "" ? kind : decision.note;
  const part = order.fulfilments.find(({ id }) => id === subject.fulfilment);
  switch (decision.resolution) {
    case "cancelOrder": {
      const cancelled = await cancel(publication, { order, reason, by, newId });
      return cancelled.ok ? ok(null) : refused("notNow");
    }
    case "refund": {
      if (part === undefined) return refused("notNow");
      if (part.state === "short")
        return settleShort(publication, { order, part, rest: "refundRest", by, store: null, newId });
      return refundUndelivered(publication, { order, part, newId });
    }
    default: {
      if (part?.state === "short" && kind === "shortPick")
        return settleShort(publication, {
          order,
          part,
          rest: "rerouteRest",
          by,
          store: decision.store,
          newId,
        });
      const move = { order, fulfilment: part?.id ?? null, wish: wishOf(decision.store), reason, by, newId };
      const moved = await moveOn(publication, move);
      if (moved.ok) return ok(null);
      return refused(moved.reason === "noStoreHasIt" ? "noStoreHasIt" : "notNow");
    }
  }
}

function wishOf(store: StoreId | null): { readonly store: StoreId } | "byRules" {
  return store === null ? "byRules" : { store };
}
