import {
  approvalsAnswerSchema,
  approvalsQuerySchema,
  clockCorrectionAnswerSchema,
  clockCorrectionRequestSchema,
  commissionAnswerSchema,
  commissionQuerySchema,
  timeClockAnswerSchema,
  timeClockQuerySchema,
} from "#protocol/hq/staff.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

const SEES = { ...LOOKS, right: "staff.read", reach: "filtered", refusals: ["notFound"] } as const;

export const WORK_CALLS = {
  timeClock: hqCall({
    ...SEES,
    path: "/hq/v1/time-clock",
    summary: "What colleagues worked, as they clocked it and as it was corrected; as JSON or CSV",
    query: timeClockQuerySchema,
    answer: { json: timeClockAnswerSchema, files: ["text/csv"] },
  }),
  correctHours: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/time-clock/corrections",
    summary: "Correct what somebody worked; what was clocked stays beside it",
    right: "staff.edit",
    reach: "filtered",
    body: clockCorrectionRequestSchema,
    answer: clockCorrectionAnswerSchema,
    status: 201,
    refusals: ["notFound", "conflict", "badRequest"],
    trail: { subject: "clockCorrection", id: () => null },
  }),
  approvals: hqCall({
    ...SEES,
    path: "/hq/v1/approvals",
    summary: "What people did at tills that somebody may ask about, the newest first",
    query: approvalsQuerySchema,
    answer: approvalsAnswerSchema,
  }),
  commission: hqCall({
    ...SEES,
    path: "/hq/v1/commission",
    summary: "What colleagues sold and what came back of it; as JSON or CSV",
    query: commissionQuerySchema,
    answer: { json: commissionAnswerSchema, files: ["text/csv"] },
  }),
};
