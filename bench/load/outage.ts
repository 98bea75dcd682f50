import type { SoldSale } from "../light-till/selling.ts";
import type { Outage } from "./reconnect.ts";

/** Sales by whether they met an outage; milliseconds until each was acknowledged. */
export interface SoldAround {
  /** Of those that fell due before or after it, and did not wait in it: from the sale on. */
  readonly there: readonly number[];
  /** Of those that did wait in it: from the sale on, */
  readonly away: readonly number[];
  /** and from when the server listened again. */
  readonly back: readonly number[];
}

/** A sale that was made before the server was killed, and not yet acknowledged then, waits in the outage as any that is made in it. */
export function soldAround(sales: readonly SoldSale[], { from, to }: Outage): SoldAround {
  const waits = ({ dueAt, ackMs }: SoldSale) => dueAt < to && dueAt + ackMs >= from;
  const waited = sales.filter(waits);
  return {
    there: sales.filter((sale) => !waits(sale)).map(({ ackMs }) => ackMs),
    away: waited.map(({ ackMs }) => ackMs),
    back: waited.map(({ dueAt, ackMs }) => Math.max(0, dueAt + ackMs - to)),
  };
}
