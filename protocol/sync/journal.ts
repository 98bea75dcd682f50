import { z } from "zod";
import type { EntryId } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { parseReceiptNumber } from "#domain/ticket/receipt-number.ts";
import { hashSchema, idSchema, instantSchema } from "../scalars.ts";
import { entrySchema, laterEntrySchema } from "./entry.ts";

export const MAX_ENTRIES_PER_PUSH = 200;
export const MAX_PUSH_BYTES = 4 * 1024 * 1024;

/** What somebody practised is no fact: a till never sends it, and no server takes it. */
function counts({ fact }: Pick<JournalEntry, "fact">): boolean {
  const number = ticketOf(fact)?.number;
  return number === undefined || parseReceiptNumber(number)?.training !== true;
}

/** `POST /sync/v1/journal`: a run of entries of one epoch, seq ascending without a gap. Pushing the same again is harmless. */
export const pushRequestSchema = z.strictObject({
  entries: z.array(entrySchema.refine(counts, "a sale of a training")).min(1).max(MAX_ENTRIES_PER_PUSH),
  /** For entries of the run that say something sealed of a customer: the key (AES-256) of each, base64url. Never part of the journal. */
  keys: z
    .array(z.strictObject({ entry: idSchema<"Entry">(), key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }))
    .max(MAX_ENTRIES_PER_PUSH)
    .exactOptional(),
});
/** The same of a till of a later version: what happened may be of a kind that nobody knows here, and is kept as it is (SPEC S153). */
export const laterPushRequestSchema = z.strictObject({
  entries: z.array(laterEntrySchema.refine(counts, "a sale of a training")).min(1).max(MAX_ENTRIES_PER_PUSH),
  keys: pushRequestSchema.shape.keys,
});
export interface PushRequest {
  readonly entries: readonly JournalEntry[];
  readonly keys?: readonly { readonly entry: EntryId; readonly key: string }[];
}

/** Nothing of the run is taken in unless `ok`; a fork is quarantined whole and never dropped. */
export const pushAnswerSchema = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    /** Everything up to this seq of the epoch is safe at the server. */
    acknowledged: z.number().int().nonnegative(),
    serverTime: instantSchema,
  }),
  z.strictObject({
    ok: z.literal(false),
    /** `fork`: a known seq with another hash; the run is quarantined whole, and the till begins its next epoch. */
    reason: z.enum(["gap", "fork", "badHash", "badSignature", "wrongDevice", "wrongEpoch", "malformed"]),
    atSeq: z.number().int().nonnegative(),
    /** What the server has of this epoch, to go on from after a gap. */
    acknowledged: z.number().int().nonnegative(),
    headHash: hashSchema,
    serverTime: instantSchema,
  }),
]);
export type PushAnswer = z.infer<typeof pushAnswerSchema>;
