import { z } from "zod";
import type { EntryId } from "#domain/ids.ts";
import type { DayState, JournalPlace } from "#domain/shift/day-state.ts";
import { idSchema } from "#protocol/scalars.ts";
import { dayStateSchema, journalPlaceSchema } from "#protocol/sync/day-state.ts";

/** The day as it was after an entry, kept on disk so that a till without Z reports need not read its whole journal at each start. */
export interface DaySnapshot {
  readonly entry: EntryId;
  readonly place: JournalPlace;
  readonly state: DayState;
}

export const daySnapshotSchema: z.ZodType<DaySnapshot> = z.strictObject({
  entry: idSchema<"Entry">(),
  place: journalPlaceSchema,
  state: dayStateSchema,
});
