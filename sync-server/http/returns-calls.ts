import { z } from "zod";
import {
  mailReturnDetailSchema,
  purchasesAnswerSchema,
  purchasesQuerySchema,
  receiveReturnRequestSchema,
  refundReturnRequestSchema,
  rejectReturnRequestSchema,
  returnsAnswerSchema,
  returnsQuerySchema,
} from "#protocol/hq/returns.ts";
import type { Trail } from "../access/trail.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

const returnParams = z.object({ id: z.string().min(1).max(64) });

/** Codes of credit that was given out for it are nowhere in it. */
const trail: Trail<{ readonly params: z.output<typeof returnParams>; readonly body: unknown }> = {
  subject: "return",
  id: ({ params }) => params.id,
  state: async (tx, { params }) => {
    const found = await tx.mailReturn(params.id);
    if (found === null) return null;
    const { state, arrivals, refund, rejection } = found;
    return {
      state,
      arrivals,
      refund: refund === null ? null : { at: refund.at, by: refund.by, amount: refund.act.settled },
      rejection,
    };
  },
};

export const RETURN_CALLS = {
  returns: hqCall({
    ...LOOKS,
    path: "/hq/v1/returns",
    summary: "Goods that came back, at tills and by mail, the newest first",
    words: "Of a part of the stores: what one of them took in.",
    right: "returns.read",
    reach: "filtered",
    query: returnsQuerySchema,
    answer: returnsAnswerSchema,
    refusals: ["notFound"],
  }),
  purchases: hqCall({
    ...LOOKS,
    path: "/hq/v1/purchases",
    summary: "What was bought under a number, an approval code or a customer card, and what came back of it",
    words: "Of a part of the stores: what was sold in one of them.",
    right: "returns.read",
    reach: "filtered",
    query: purchasesQuerySchema,
    answer: purchasesAnswerSchema,
  }),
  mailReturn: hqCall({
    ...LOOKS,
    path: "/hq/v1/returns/:id",
    summary: "A return by mail with all that happened to it and what is to be given back for it",
    right: "returns.read",
    reach: "filtered",
    params: returnParams,
    answer: mailReturnDetailSchema,
    refusals: ["notFound"],
  }),
  receiveReturn: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/returns/:id/receive",
    summary: "Note what came in a parcel",
    words: "Again for each parcel. What goes on sale again is in the stock of the store that is named.",
    right: "returns.act",
    reach: "filtered",
    params: returnParams,
    body: receiveReturnRequestSchema,
    answer: mailReturnDetailSchema,
    refusals: ["notFound", "badRequest", "conflict"],
    trail,
  }),
  refundReturn: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/returns/:id/refund",
    summary: "Give the money back for what came",
    words: "As much as may go this way; the rest goes by the other ways that the policy offers.",
    right: "returns.act",
    reach: "filtered",
    params: returnParams,
    body: refundReturnRequestSchema,
    answer: mailReturnDetailSchema,
    refusals: ["notFound", "badRequest", "conflict"],
    trail,
  }),
  rejectReturn: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/returns/:id/reject",
    summary: "Send what came back to the customer",
    right: "returns.act",
    reach: "filtered",
    params: returnParams,
    body: rejectReturnRequestSchema,
    answer: mailReturnDetailSchema,
    refusals: ["notFound", "conflict"],
    trail,
  }),
};
