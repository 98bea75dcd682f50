const reasons = new Set<() => boolean>();

/** While this answers yes, the till neither locks by itself nor changes hands: something is under way that nobody may be cut off from. Gives what ends it. */
export function stayAwakeWhile(isBusy: () => boolean): () => void {
  reasons.add(isBusy);
  return () => reasons.delete(isBusy);
}

/** Whether something is under way that must not be interrupted. */
export function isBusyNow(): boolean {
  return [...reasons].some((isBusy) => isBusy());
}
