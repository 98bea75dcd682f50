import type { z } from "zod";
import { REPLICA_SCHEMAS } from "./documents/collections.ts";
import { customerHistorySchema } from "./documents/history.ts";
import { shareBasketAnswerSchema, sharedBasketSchema } from "./shop/basket.ts";
import { availabilityAnswerSchema } from "./shop/order.ts";
import { balanceAnswerSchema } from "./sync/balances.ts";
import { casePurchaseAnswerSchema, casesFoundSchema } from "./sync/cases.ts";
import { wakeSchema } from "./sync/changes.ts";
import { customerFoundSchema, customersFoundSchema } from "./sync/customers.ts";
import { enrolAnswerSchema } from "./sync/enrol.ts";
import { errorBodySchema } from "./sync/error.ts";
import { healthAnswerSchema } from "./sync/health.ts";
import { pushAnswerSchema } from "./sync/journal.ts";
import { leaseAnswerSchema } from "./sync/leases.ts";
import { certificateAnswerSchema, letInAnswerSchema } from "./sync/letting-in.ts";
import { newerAnswerSchema } from "./sync/newer.ts";
import { ownJournalAnswerSchema } from "./sync/own-journal.ts";
import { pagesAnswerSchema } from "./sync/pages.ts";
import { personalKeyAnswerSchema } from "./sync/personal-key.ts";
import { pointsAnswerSchema } from "./sync/points.ts";
import { foundPurchasesSchema } from "./sync/purchases.ts";
import { receiptMailAnswerSchema } from "./sync/receipt-mails.ts";
import { replicaAnswerSchema } from "./sync/replica.ts";
import { snapshotFootSchema, snapshotHeadSchema, snapshotRowSchema } from "./sync/snapshot.ts";

/** What this version's server may tell a till and later ones have to go on saying, by the names that recordings have for it. */
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
  "answer availability": availabilityAnswerSchema,
  "answer basket": sharedBasketSchema,
  "answer baskets": shareBasketAnswerSchema,
  "answer case-purchases": casePurchaseAnswerSchema,
  "answer cases": casesFoundSchema,
  "answer certificate": certificateAnswerSchema,
  "answer customer": customerFoundSchema,
  "answer customers": customersFoundSchema,
  "answer history": customerHistorySchema,
  "answer let-in": letInAnswerSchema,
  "answer newer": newerAnswerSchema,
  "answer own-journal": ownJournalAnswerSchema,
  "answer pages": pagesAnswerSchema,
  "answer personal-key": personalKeyAnswerSchema,
  "event changes": wakeSchema,
};
