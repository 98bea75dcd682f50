import { setImmediate as othersTurn } from "node:timers/promises";

/**
 * What is read or sealed before whoever else waits has a turn, in characters of the entries' texts: some milliseconds. Of a journal of years all at once would be ten seconds in which
 * the till hears nobody.
 */
const AT_ONCE_CHARACTERS = 200_000;

/** For whoever goes through many entries, and says of each when it is done: after each few of them others have their turn. */
export function inSlices(): (done: { readonly entry: string }) => Promise<void> {
  let characters = 0;
  return async ({ entry }) => {
    characters += entry.length;
    if (characters < AT_ONCE_CHARACTERS) return;
    characters = 0;
    await othersTurn();
  };
}
