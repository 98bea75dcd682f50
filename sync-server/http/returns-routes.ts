import type { FastifyInstance } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import type { Result } from "#domain/result.ts";
import type { MailReturn } from "#domain/returns/mail-return.ts";
import type { FoundPurchase, MailReturnDetail } from "#protocol/hq/returns.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import type { ReceivingRefusal, RefundingRefusal } from "../returns/mail-returns.ts";
import { type Asker, doerOf } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled, serve, storesAsked } from "./hq-call.ts";
import { foundPurchase, mailReturnDetail, returnRows } from "./return-rows.ts";
import { RETURN_CALLS } from "./returns-calls.ts";

/** What came back, and what HQ does with goods that come by mail (protocol/hq/returns.ts). */
export function registerReturnsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, mailReturns } = deps;
  const { returns, purchases, mailReturn, receiveReturn, refundReturn, rejectReturn } = RETURN_CALLS;
  serve(app, deps, returns, ({ query, asker }) =>
    storage.read(async (tx) => {
      const { store: code, kind = null, state = null, ...rest } = query;
      const store = await storesAsked(tx, asker, code);
      const { entries, total } = await tx.returnLog({ ...rest, kind, state, store });
      return { returns: await returnRows(tx, entries), total };
    }),
  );
  serve(app, deps, purchases, async ({ query: { search }, asker }) => {
    const standings = await deps.returns.find({ text: search }, asker.stores);
    return storage.read(async (tx) => {
      const found: FoundPurchase[] = [];
      for (const standing of standings) found.push(await foundPurchase(tx, standing, asker.stores));
      return { purchases: found };
    });
  });
  serve(app, deps, mailReturn, async ({ params: { id }, asker }) =>
    detail(deps, asker, { ok: true, value: await ownReturn(deps, asker, id) }),
  );
  serve(app, deps, receiveReturn, async ({ params: { id }, body: { store: code, ...parcel }, asker }) => {
    await ownReturn(deps, asker, id);
    const store = code === null ? null : (await storage.read((tx) => ownStoreCalled(tx, asker, code))).store;
    return detail(
      deps,
      asker,
      await mailReturns.receive(id, { ...parcel, by: doerOf(asker, parcel.by), store }),
    );
  });
  serve(app, deps, refundReturn, async ({ params: { id }, body, asker }) => {
    await ownReturn(deps, asker, id);
    return detail(deps, asker, await mailReturns.refund(id, { ...body, by: doerOf(asker, body.by) }));
  });
  serve(app, deps, rejectReturn, async ({ params: { id }, body, asker }) => {
    await ownReturn(deps, asker, id);
    return detail(deps, asker, await mailReturns.reject(id, { ...body, by: doerOf(asker, body.by) }));
  });
}

/** It belongs to the store that took in the last of it; until then it is the chain's. */
async function ownReturn({ storage }: ServerDeps, { stores }: Asker, id: string): Promise<MailReturn> {
  const found = await storage.read((tx) => tx.mailReturn(id));
  if (found === null || !reachesStore(stores, found.arrivals.at(-1)?.store ?? null))
    throw refusalOf("noSuchReturn");
  return found;
}

function detail(
  { storage, now }: ServerDeps,
  { stores }: Asker,
  result: Result<MailReturn, ReceivingRefusal | RefundingRefusal>,
): Promise<MailReturnDetail> {
  if (result.ok)
    return storage.read((tx) => mailReturnDetail(tx, result.value, { at: now(), reach: stores }));
  throw refusalOf(result.reason);
}

function refusalOf(reason: ReceivingRefusal | RefundingRefusal): Refusal {
  const { as, words } = REFUSALS[reason];
  return new Refusal(as, words, [reason]);
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
