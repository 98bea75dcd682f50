import type { BulkEditAnswer } from "#protocol/hq/catalogue.ts";

/** Whether it goes on by itself, being made or being taken back. */
export function isUnderWay({ state, undo }: Pick<BulkEditAnswer, "state" | "undo">): boolean {
  return state === "running" || undo?.state === "running";
}

/** Whether there is something of it that nobody has asked to be taken back yet. */
export function canBeTakenBack({
  state,
  dryRun,
  changed,
  undo,
}: Pick<BulkEditAnswer, "state" | "dryRun" | "changed" | "undo">): boolean {
  return state !== "running" && !dryRun && changed > 0 && undo === null;
}
