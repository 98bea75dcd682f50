import type { z } from "zod";
import { REPLICA_SCHEMAS } from "./documents/collections.ts";
import { balanceAnswerSchema } from "./sync/balances.ts";
import { enrolAnswerSchema } from "./sync/enrol.ts";
import { errorBodySchema } from "./sync/error.ts";
import { healthAnswerSchema } from "./sync/health.ts";
import { pushAnswerSchema } from "./sync/journal.ts";
import { leaseAnswerSchema } from "./sync/leases.ts";
import { pointsAnswerSchema } from "./sync/points.ts";
import { foundPurchasesSchema } from "./sync/purchases.ts";
import { receiptMailAnswerSchema } from "./sync/receipt-mails.ts";
import { replicaAnswerSchema } from "./sync/replica.ts";
import { snapshotFootSchema, snapshotHeadSchema, snapshotRowSchema } from "./sync/snapshot.ts";

/** What this version's server may tell a till that an earlier one knew as well, by the names that recordings have for it. */
export const TOLD: Readonly<Record<string, z.ZodType>> = {
  ...REPLICA_SCHEMAS,
  "answer enrol": enrolAnswerSchema,
  "answer replica": replicaAnswerSchema,
  "answer snapshotHead": snapshotHeadSchema,
  "answer snapshotRow": snapshotRowSchema,
  "answer snapshotFoot": snapshotFootSchema,
  "answer journal": pushAnswerSchema,
  "answer leases": leaseAnswerSchema,
  "answer purchases": foundPurchasesSchema,
  "answer balances": balanceAnswerSchema,
  "answer points": pointsAnswerSchema,
  "answer receipt-mails": receiptMailAnswerSchema,
  "answer health": healthAnswerSchema,
  "answer error": errorBodySchema,
};
