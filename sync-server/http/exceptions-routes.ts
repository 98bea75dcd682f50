import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { reachesStore } from "#domain/access/roles.ts";
import { EXCEPTION_RULES, type Exception } from "#domain/exceptions/exceptions.ts";
import { idOf } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  type ExceptionRow,
  exceptionFiguresSchema,
  exceptionRowSchema,
  exceptionsAnswerSchema,
  resolveRequestSchema,
} from "#protocol/hq/orders.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import type { ResolvingRefusal } from "../exceptions/exceptions.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { doerOf } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";

const MAX_EXCEPTIONS = 500;
const exceptionParams = z.object({ id: z.string().min(1).max(300) });

export const EXCEPTION_CALLS = {
  exceptions: hqCall({
    method: "GET",
    path: "/hq/v1/exceptions",
    summary: "What went wrong, the newest first",
    right: "exceptions.read",
    reach: "filtered",
    params: null,
    query: null,
    body: null,
    answer: exceptionsAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  exceptionFigures: hqCall({
    method: "GET",
    path: "/hq/v1/exceptions/figures",
    summary: "How many exceptions there were of each kind, and how long they stood open",
    right: "exceptions.read",
    reach: "allStores",
    params: null,
    query: null,
    body: null,
    answer: exceptionFiguresSchema,
    refusals: [],
    trail: "none",
  }),
  resolveException: hqCall({
    method: "POST",
    path: "/hq/v1/exceptions/:id/resolve",
    summary: "Say what was done about an exception",
    right: "exceptions.act",
    reach: "filtered",
    params: exceptionParams,
    query: null,
    body: resolveRequestSchema,
    answer: exceptionRowSchema,
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "exception",
      id: ({ params }) => params.id,
      state: (tx, { params }) => tx.exception(params.id),
    },
  }),
};

/** What went wrong and what people do about it (protocol/hq/orders.ts). */
export function registerExceptionsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { exceptions, exceptionFigures, resolveException } = EXCEPTION_CALLS;
  serve(app, deps, exceptions, async ({ asker }) => {
    const found = await deps.exceptions.list({ open: false, limit: MAX_EXCEPTIONS, store: asker.stores });
    const stores = await deps.storage.read((tx) => tx.stores());
    const counting = await deps.exceptions.counting();
    const named = await deps.storage.read((tx) => withCustomerNames(tx, found));
    return { exceptions: named.map((exception) => exceptionRow(exception, { stores, counting })) };
  });
  serve(app, deps, exceptionFigures, () => deps.exceptions.figures());
  serve(app, deps, resolveException, async ({ params: { id }, body, asker }) => {
    const { store: code, ...decision } = body;
    const store = await deps.storage.read(async (tx) => {
      const exception = await tx.exception(id);
      if (exception !== null && !reachesStore(asker.stores, exception.store))
        throw resolvingRefusal("noSuchException");
      return code === null ? null : ownStoreCalled(tx, asker, code);
    });
    const resolved = await deps.exceptions.resolve({
      ...decision,
      by: doerOf(asker, decision.by),
      id,
      store: store?.store ?? null,
    });
    if (!resolved.ok) throw resolvingRefusal(resolved.reason);
    const stores = await deps.storage.read((tx) => tx.stores());
    const [named = resolved.value] = await deps.storage.read((tx) => withCustomerNames(tx, [resolved.value]));
    return exceptionRow(named, { stores, counting: await deps.exceptions.counting() });
  });
}

const REFUSALS: Readonly<
  Record<ResolvingRefusal, { readonly as: ErrorBody["reason"]; readonly words: string }>
> = {
  noSuchException: { as: "notFound", words: "There is no such exception." },
  alreadyResolved: { as: "conflict", words: "Somebody has dealt with this exception already." },
  notForThis: { as: "badRequest", words: "This is no resolution for an exception of this kind." },
  notNow: { as: "conflict", words: "The order has gone on since: look at it again and choose anew." },
  stillNotBooked: {
    as: "conflict",
    words:
      "It still cannot be booked. What happened at the till is kept; a newer version of Onetill tries again by itself.",
  },
  noStoreHasIt: { as: "conflict", words: "No store has all of it. Choose another resolution." },
};

function resolvingRefusal(reason: ResolvingRefusal): Refusal {
  const { as, words } = REFUSALS[reason];
  return new Refusal(as, words, [reason]);
}

/** Exceptions keep customers by their ids, so that whoever is erased is nowhere in them; people read their names, while there are any. */
async function withCustomerNames(
  tx: ReadTransaction,
  exceptions: readonly Exception[],
): Promise<readonly Exception[]> {
  const named: Exception[] = [];
  for (const exception of exceptions) {
    const { customer: id, ...detail } = exception.detail;
    const customer = id === undefined ? null : await tx.customer(idOf<"Customer">(id));
    named.push(
      customer === null ? exception : { ...exception, detail: { ...detail, customer: customer.name } },
    );
  }
  return named;
}

function exceptionRow(
  exception: Exception,
  { stores, counting }: { readonly stores: readonly StoreSettings[]; readonly counting: ReadonlySet<string> },
): ExceptionRow {
  const isCounting = counting.has(exception.id);
  const { id, kind, store, subject, raisedAt, detail, closing } = exception;
  const { lands, resolutions } = EXCEPTION_RULES[kind];
  return {
    id,
    kind,
    store: stores.find((each) => each.store === store)?.code ?? "",
    raisedAt,
    detail: { ...detail },
    order: subject?.order ?? null,
    lands,
    isCounting,
    resolutions: closing === null ? resolutions.filter((each) => each !== "recount" || !isCounting) : [],
    resolved: closing !== null,
    closing,
  };
}
