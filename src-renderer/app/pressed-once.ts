import { inTurn } from "./in-turn.ts";

const underWay = new Map<string, Promise<unknown>>();

/**
 * What is pressed once more while it is still being done is done once, and every press gets the one answer: an engine that is slow for a moment makes no
 * second payment into the drawer of a second tap. `of`: all that the act is about, so that another act is none of these presses.
 */
export function pressedOnce<T>(name: string, of: unknown, act: () => Promise<T>): Promise<T> {
  const key = `${name} ${JSON.stringify(of)}`;
  const before = underWay.get(key);
  // Kept under the name of what answers it.
  if (before !== undefined) return before as Promise<T>;
  const mine = act().finally(() => underWay.delete(key));
  underWay.set(key, mine);
  return mine;
}

/** The same for an act that waits for its turn: until then, too, it is one act. */
export function onceInTurn<T>(name: string, of: unknown, act: () => Promise<T>): Promise<T> {
  return pressedOnce(name, of, () => inTurn(act));
}
