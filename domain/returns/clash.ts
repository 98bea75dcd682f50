import { isRefundedTwice, type ReturnAct, type Returned, returnedOfLine, type Standing } from "./returned.ts";

/** Two times that something of a purchase came back of which one was once too often. */
export interface Clash {
  /** Null where a single return alone is more than was bought. */
  readonly first: ReturnAct | null;
  readonly second: ReturnAct;
}

/**
 * Which returns of a purchase make that more came back than was bought or paid: `latest`, and of the others the newest that took back of the same lines too much,
 * else the newest of all. Null where nothing came back twice.
 */
export function clashOf(standing: Standing, latest: ReturnAct): Clash | null {
  if (!isRefundedTwice(standing)) return null;
  const tooMany = new Set(
    standing.purchase.lines.flatMap(({ position, quantity }) =>
      returnedOfLine(standing, position).pieces > quantity ? [position] : [],
    ),
  );
  const others = standing.returned.acts.filter(({ id }) => id !== latest.id);
  const ofThose = ({ lines }: ReturnAct) => lines.some(({ position }) => tooMany.has(position));
  return { first: others.findLast(ofThose) ?? others.at(-1) ?? null, second: latest };
}

/** Only what is in the purchase's own money can be added up; a return in another is looked at by people. */
export function comparable({ purchase, returned }: Standing): Standing {
  const acts = returned.acts.filter(({ settled }) => settled.currency === purchase.currency);
  return { purchase, returned: { ...returned, acts } satisfies Returned };
}
