import type { CreditId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type HqCreditAct, moveByHq } from "#domain/value/by-hq.ts";
import { withoutHeld } from "#domain/value/hold.ts";
import type { Publisher } from "../sync/publisher.ts";
import { type Booked, bookOn } from "./book.ts";
import { booked } from "./credits.ts";

/** What HQ does to a credit or gift card. */
export interface HqDesk {
  act(act: {
    readonly id: CreditId;
    readonly act: HqCreditAct;
    /** Why, kept with the entry. */
    readonly reason: string;
  }): Promise<Result<Booked, "unknown" | "nothingLeft" | "nothingToRestore">>;
}

export function createHqDesk({
  publisher,
  newId,
}: {
  readonly publisher: Publisher;
  readonly newId: () => string;
}): HqDesk {
  return {
    act: ({ id, act, reason }) =>
      publisher.publish(async (publication) => {
        const { tx, at } = publication;
        const credit = await tx.credit(id);
        if (credit === null) return refused("unknown");
        const { sums, entries } = await booked(tx, credit);
        if (sums === null) return refused("unknown");
        const open = withoutHeld(sums, await tx.holdsOf(id), at);
        const move = moveByHq(act, { sums: open, entries });
        if (!move.ok) return move;
        const done = await bookOn(publication, credit, {
          ...move.value,
          id: `hq:${newId()}`,
          at,
          ticket: null,
          number: null,
          store: null,
          device: null,
          staff: null,
          note: reason,
        });
        if (done === null) throw new Error(`the books of ${id} have this entry already`);
        return ok(done);
      }),
  };
}
