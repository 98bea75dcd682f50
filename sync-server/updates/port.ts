import type { StagedUpdates } from "#domain/updates/rings.ts";

export interface UpdateReads {
  /** Nothing is staged before HQ does it. */
  stagedUpdates(): Promise<StagedUpdates>;
}

export interface UpdateWrites {
  putStagedUpdates(staged: StagedUpdates): Promise<void>;
}
