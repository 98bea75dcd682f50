import { z } from "zod";
import { cashPolicySchema } from "#protocol/documents/settings.ts";
import {
  cashPoliciesAnswerSchema,
  shiftsAnswerSchema,
  shiftsQuerySchema,
  storeCashSchema,
  zReportDetailSchema,
  zReportsAnswerSchema,
  zReportsQuerySchema,
} from "#protocol/hq/shifts.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";
import { storeParams, storeTrail } from "./store-called.ts";

const reportParams = z.object({ id: z.string().min(1).max(64) });
const SEES = { ...LOOKS, right: "shifts.read", reach: "filtered", refusals: ["notFound"] } as const;

export const SHIFT_CALLS = {
  shifts: hqCall({
    ...SEES,
    path: "/hq/v1/shifts",
    summary: "Drawers' shifts with all that was done with them, the newest first",
    query: shiftsQuerySchema,
    answer: shiftsAnswerSchema,
  }),
  zReports: hqCall({
    ...SEES,
    path: "/hq/v1/z-reports",
    summary: "Z reports, the newest first",
    query: zReportsQuerySchema,
    answer: zReportsAnswerSchema,
  }),
  zReport: hqCall({
    ...SEES,
    path: "/hq/v1/z-reports/:id",
    summary: "A Z report with the drawers that it closed",
    params: reportParams,
    answer: zReportDetailSchema,
  }),
  zReportFile: hqCall({
    ...SEES,
    path: "/hq/v1/z-reports/:id/file",
    summary: "A Z report as its till printed it, in the store's language",
    params: reportParams,
    answer: { files: ["application/pdf"] },
    refusals: ["notFound", "tooManyRequests"],
  }),
  cashPolicies: hqCall({
    ...LOOKS,
    path: "/hq/v1/cash-policies",
    summary: "How each store handles its cash",
    right: "rules.read",
    reach: "filtered",
    answer: cashPoliciesAnswerSchema,
  }),
  putCashPolicy: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/stores/:code/cash",
    summary: "Decide how a store handles its cash",
    right: "rules.edit",
    reach: { code: "path" },
    params: storeParams,
    body: cashPolicySchema,
    answer: storeCashSchema,
    refusals: ["notFound", "badRequest"],
    trail: storeTrail("cash"),
  }),
};
