import { z } from "zod";
import { RECORDS_STATES } from "#domain/journal/own-records.ts";
import { instantSchema } from "../scalars.ts";

/** Entries of a till's journal that are in neither of its copies. */
export const missingSchema = z.strictObject({
  /** By the till's clock, when the entry before them was written; null: they are the first. */
  from: instantSchema.nullable(),
  /** The same of the entry behind them; null: they are the last. */
  until: instantSchema.nullable(),
  /** Number of the first receipt that may be among them; null: none is, or it is not known. */
  firstReceipt: z.string().nullable(),
  /** Of the last one; null: none is, or it is not known. */
  lastReceipt: z.string().nullable(),
});
export type Missing = z.infer<typeof missingSchema>;

/** One thing that a till says of its own records. */
export const recordsSchema = z.strictObject({
  state: z.enum(RECORDS_STATES),
  /** When it was found, by the till's clock. */
  at: instantSchema,
  /** Of `incomplete`: what is missing, oldest first. Of what was put right: what may be missing at its end, for nobody can tell whether it was written. */
  missing: z.array(missingSchema).exactOptional(),
});
export type Records = z.infer<typeof recordsSchema>;
