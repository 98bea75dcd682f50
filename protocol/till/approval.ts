import { z } from "zod";
import { idSchema, scannedSchema } from "../scalars.ts";

/** Whose PIN or badge allows at the till what the one who works there may not do. */
export const approvalSchema = z.union([
  z.strictObject({ manager: idSchema<"Staff">(), pin: z.string().regex(/^\d{6}$/) }),
  z.strictObject({ badge: scannedSchema }),
]);
export type Approval = z.infer<typeof approvalSchema>;

/** `approvalNeeded`: ask again with the PIN of somebody who may. */
export const APPROVAL_REFUSALS = [
  "notSignedIn",
  "approvalNeeded",
  "wrongPin",
  "tooManyTries",
  "notAManager",
  "storage",
] as const;
export type ApprovalRefusal = (typeof APPROVAL_REFUSALS)[number];
