import { z } from "zod";
import { MAX_RECORDS } from "../sync/health.ts";
import { recordsSchema } from "../sync/records.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";

export const confirmRecordsArgs = z.strictObject({
  /** What was read, as it was said. What was found since is not among it, and said on. */
  words: z.array(recordsSchema.pick({ state: true, at: true })).max(MAX_RECORDS),
  approval: approvalSchema.nullable().default(null),
});
export const CONFIRM_RECORDS_REFUSALS = APPROVAL_REFUSALS;
