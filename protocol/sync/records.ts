import { z } from "zod";
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

/**
 * What was wrong with a till's own records (its journal, which lies on its disk twice) and what became of it.
 * `database`, `copy`, `both`: hurt or gone, and put right from the other, or from what was whole of each. `given`: both were hurt at the same place, and the server gave what neither
 * had. `forked`: the copy told of another past and was set aside. `oneCopy`: the second copy cannot be written, the till sells on with one. `hurt`: the database was found damaged while
 * the till ran, which writes nothing before it is started again. `waiting`: both are gone, and the till sells nothing before it has heard from the server where it was. `lost`: it has
 * heard; what it had not sent is gone. `asking`: both are hurt at the same place, and the till sells nothing before it has asked the server for what neither has. `incomplete`: the
 * server does not have it either.
 */
export const recordsSchema = z.strictObject({
  state: z.enum([
    "database",
    "copy",
    "both",
    "given",
    "forked",
    "oneCopy",
    "hurt",
    "waiting",
    "lost",
    "asking",
    "incomplete",
  ]),
  /** When it was found, by the till's clock. */
  at: instantSchema,
  /** Of `incomplete`: what is missing, oldest first. Of what was put right: what may be missing at its end, for nobody can tell whether it was written. */
  missing: z.array(missingSchema).exactOptional(),
});
export type Records = z.infer<typeof recordsSchema>;
export type RecordsState = Records["state"];
