let last: Promise<unknown> = Promise.resolve();

/**
 * Runs what the cashier does one after the other, in the order of the hands: a scan right after "exact cash" belongs to the next
 * sale, however quick it comes. An act that fails does not stop the next one.
 */
export function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const mine = last.then(act);
  last = mine.catch(() => undefined);
  return mine;
}
