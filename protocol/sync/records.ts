import { z } from "zod";
import { instantSchema } from "../scalars.ts";

/**
 * What was wrong with a till's own records (its journal, which lies on its disk twice) and what became of it.
 * `database`, `copy`, `both`: hurt or gone, and put right from the other, or from what was whole of each. `forked`: the copy told of another past and was set
 * aside. `oneCopy`: the second copy cannot be written, the till sells on with one. `hurt`: the database was found damaged while the till ran, which writes nothing before it is started again. `waiting`: both are gone, and the till sells nothing before it
 * has heard from the server where it was. `lost`: it has heard; what it had not sent is gone.
 */
export const recordsSchema = z.strictObject({
  state: z.enum(["database", "copy", "both", "forked", "oneCopy", "hurt", "waiting", "lost"]),
  /** When it was found, by the till's clock. */
  at: instantSchema,
});
export type Records = z.infer<typeof recordsSchema>;
export type RecordsState = Records["state"];
