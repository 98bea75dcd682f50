import { z } from "zod";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { instantSchema } from "../scalars.ts";
import { entrySchema } from "./entry.ts";
import { MAX_ENTRIES_PER_PUSH } from "./journal.ts";

/** `GET /sync/v1/journal?epoch&seq`: the asking till's own entries before that place of its journal, for one that lost some of both copies (SPEC S4e). */
export const ownJournalQuerySchema = z.strictObject({
  epoch: z.coerce.number().int().positive(),
  seq: z.coerce.number().int().positive(),
});

export const ownJournalAnswerSchema = z.strictObject({
  /** Newest first, as they were signed, over all epochs of the register; some of them, at least one where there is any. */
  entries: z.array(entrySchema).max(MAX_ENTRIES_PER_PUSH),
  serverTime: instantSchema,
});
export interface OwnJournalAnswer extends Omit<z.infer<typeof ownJournalAnswerSchema>, "entries"> {
  readonly entries: readonly JournalEntry[];
}
