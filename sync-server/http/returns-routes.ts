import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Result } from "#domain/result.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import {
  type FoundPurchase,
  type MailReturnDetail,
  purchasesQuerySchema,
  type ReturnRow,
  receiveReturnRequestSchema,
  refundReturnRequestSchema,
  rejectReturnRequestSchema,
  returnsQuerySchema,
} from "#protocol/hq/returns.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import type { ReceivingRefusal, RefundingRefusal } from "../returns/mail-returns.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { foundPurchase, mailReturnDetail, returnRows } from "./return-rows.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

const returnParams = z.object({ id: z.string().min(1).max(64) });

/** What came back, and what HQ does with goods that come by mail (protocol/hq/returns.ts). */
export function registerReturnsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, mailReturns } = deps;
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/returns", (request) => returns(deps, request));
    hq.get("/hq/v1/purchases", (request) => purchases(deps, request));
    hq.get("/hq/v1/returns/:id", async (request) => {
      const found = await storage.read((tx) => tx.mailReturn(idOf(request)));
      return detail(
        deps,
        found === null ? { ok: false, reason: "noSuchReturn" } : { ok: true, value: found },
      );
    });
    hq.post("/hq/v1/returns/:id/receive", async (request) => {
      const { store: code, ...parcel } = validated(receiveReturnRequestSchema, request.body);
      const store = code === null ? null : (await deps.storage.read((tx) => storeCalled(tx, code))).store;
      return detail(deps, await mailReturns.receive(idOf(request), { ...parcel, store }));
    });
    hq.post("/hq/v1/returns/:id/refund", async (request) => {
      const how = validated(refundReturnRequestSchema, request.body);
      return detail(deps, await mailReturns.refund(idOf(request), how));
    });
    hq.post("/hq/v1/returns/:id/reject", async (request) => {
      const why = validated(rejectReturnRequestSchema, request.body);
      return detail(deps, await mailReturns.reject(idOf(request), why));
    });
  });
}

function idOf(request: FastifyRequest): string {
  return validated(returnParams, request.params).id;
}

async function returns(
  { storage }: ServerDeps,
  request: FastifyRequest,
): Promise<{ readonly returns: readonly ReturnRow[]; readonly total: number }> {
  const query = validated(returnsQuerySchema, request.query);
  const { store: code, search, offset, limit, kind = null, state = null } = query;
  return storage.read(async (tx) => {
    const store = code === undefined ? null : (await storeCalled(tx, code)).store;
    const { entries, total } = await tx.returnLog({ kind, state, store, search, offset, limit });
    return { returns: await returnRows(tx, entries), total };
  });
}

async function purchases(
  deps: ServerDeps,
  request: FastifyRequest,
): Promise<{ readonly purchases: readonly FoundPurchase[] }> {
  const { search } = validated(purchasesQuerySchema, request.query);
  const standings = await deps.returns.find({ text: search });
  return deps.storage.read(async (tx) => {
    const found: FoundPurchase[] = [];
    for (const standing of standings) found.push(await foundPurchase(tx, standing));
    return { purchases: found };
  });
}

function detail(
  { storage, now }: ServerDeps,
  result: Result<MailReturn, ReceivingRefusal | RefundingRefusal>,
): Promise<MailReturnDetail> {
  if (result.ok) return storage.read((tx) => mailReturnDetail(tx, result.value, now()));
  const { as, words } = REFUSALS[result.reason];
  throw new Refusal(as, words, [result.reason]);
}

const REFUSALS: Readonly<
  Record<ReceivingRefusal | RefundingRefusal, { readonly as: ErrorBody["reason"]; readonly words: string }>
> = {
  noSuchReturn: { as: "notFound", words: "There is no such return by mail." },
  notNow: { as: "conflict", words: "The return has gone on since: look at it again." },
  unknownLine: { as: "badRequest", words: "The purchase has no such line." },
  moreThanBought: {
    as: "badRequest",
    words: "More pieces of a line would have come than were bought. Note only what is of this purchase.",
  },
  storeMissing: { as: "badRequest", words: "Say whose stock it is: some of it goes on sale again." },
  heldByTill: {
    as: "conflict",
    words: "A till is taking the same purchase back right now. Try again in a few minutes.",
  },
  nothingLeft: {
    as: "conflict",
    words: "All of it came back elsewhere already, so nothing is to be given back. Reject it and say why.",
  },
  notThisWay: { as: "badRequest", words: "The returns policy does not offer this way." },
  notAllOfIt: {
    as: "conflict",
    words: "The returns policy offers no way for all of the money. Change the policy, then refund.",
  },
};
