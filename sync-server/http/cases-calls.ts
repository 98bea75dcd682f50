import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { casePolicySchema } from "#protocol/documents/case.ts";
import {
  casePoliciesAnswerSchema,
  caseStorePolicySchema,
  casesAnswerSchema,
  casesQuerySchema,
  hqCaseActSchema,
  hqCaseSchema,
  hqOpenCaseSchema,
} from "#protocol/hq/cases.ts";
import { imageHashSchema } from "#protocol/scalars.ts";
import { MAX_PUSH_BYTES } from "#protocol/sync/journal.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";
import { storeParams, storeTrail } from "./store-called.ts";

const caseParams = z.object({ id: z.string().min(1).max(64) });
const pictureParams = z.object({ hash: imageHashSchema });
/** Who came with a case and what they told is in the case alone, which forgets them when they are erased. */
const SECRETS = ["contact", "fault", "condition", "accessories", "note", "photos"];

export const CASE_CALLS = {
  cases: hqCall({
    ...LOOKS,
    path: "/hq/v1/cases",
    summary: "Complaints, warranty and repair: open ones by deadline, others the newest first",
    right: "cases.read",
    reach: "filtered",
    query: casesQuerySchema,
    answer: casesAnswerSchema,
    refusals: ["notFound"],
  }),
  case: hqCall({
    ...LOOKS,
    path: "/hq/v1/cases/:id",
    summary: "A case with its whole history",
    words: "Its photos are at `/hq/v1/pictures/{hash}`.",
    right: "cases.read",
    reach: "filtered",
    params: caseParams,
    answer: hqCaseSchema,
    refusals: ["notFound"],
  }),
  openCase: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/cases",
    summary: "Open a case that a store deals with",
    right: "cases.act",
    reach: "filtered",
    maxBodyBytes: MAX_PUSH_BYTES,
    body: hqOpenCaseSchema,
    answer: hqCaseSchema,
    status: 201,
    refusals: ["notFound"],
    trail: {
      subject: "case",
      id: () => null,
      made: (answer) => hqCaseSchema.parse(answer).case.id,
      secrets: SECRETS,
    },
  }),
  actOnCase: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/cases/:id/acts",
    summary: "Go on with a case: its status, its outcome, a note, photos, another deadline or another store",
    right: "cases.act",
    reach: "filtered",
    maxBodyBytes: MAX_PUSH_BYTES,
    params: caseParams,
    body: hqCaseActSchema,
    answer: hqCaseSchema,
    refusals: ["notFound", "badRequest", "conflict"],
    trail: {
      subject: "case",
      id: ({ params }) => params.id,
      state: async (tx, { params }) => {
        const found = await tx.case(idOf<"Case">(params.id));
        if (found === null) return null;
        const { number, store, status, outcome, deadline, closedAt } = found;
        return { number, store, status, outcome, deadline, closedAt };
      },
      secrets: SECRETS,
    },
  }),
  casePolicies: hqCall({
    ...LOOKS,
    path: "/hq/v1/case-policies",
    summary: "Within how many days each store lets its customers hear",
    right: "rules.read",
    reach: "filtered",
    answer: casePoliciesAnswerSchema,
  }),
  putCasePolicy: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/stores/:code/cases",
    summary: "Decide within how many days a store lets its customers hear",
    right: "rules.edit",
    reach: { code: "path" },
    params: storeParams,
    body: casePolicySchema,
    answer: caseStorePolicySchema,
    refusals: ["notFound"],
    trail: storeTrail("cases"),
  }),
  picture: hqCall({
    ...LOOKS,
    path: "/hq/v1/pictures/:hash",
    summary: "A picture by the hash of its bytes; under one hash it never changes",
    right: null,
    reach: "shared",
    params: pictureParams,
    answer: { files: ["image/*"] },
    refusals: ["notFound"],
  }),
};
