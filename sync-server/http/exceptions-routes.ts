import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { HQ_ROLES, reachesStore } from "#domain/access/roles.ts";
import { mayBeGiven } from "#domain/access/users.ts";
import {
  type Assignee,
  dueAt,
  EXCEPTION_RULES,
  type Exception,
  overdueBefore,
} from "#domain/exceptions/exceptions.ts";
import { idOf } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  assigneesAnswerSchema,
  assignRequestSchema,
  type ExceptionRow,
  exceptionFiguresSchema,
  exceptionRowSchema,
  exceptionsAnswerSchema,
  exceptionsQuerySchema,
  resolveRequestSchema,
} from "#protocol/hq/orders.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import { publicUser } from "../access/sessions.ts";
import type { ResolvingRefusal } from "../exceptions/exceptions.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Asker, doerOf } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";

/** As many names as one chooses from. */
const MAX_ASSIGNEES = 500;
const exceptionParams = z.object({ id: z.string().min(1).max(300) });

export const EXCEPTION_CALLS = {
  exceptions: hqCall({
    method: "GET",
    path: "/hq/v1/exceptions",
    summary: "What went wrong, the newest first",
    right: "exceptions.read",
    reach: "filtered",
    params: null,
    query: exceptionsQuerySchema,
    body: null,
    answer: exceptionsAnswerSchema,
    refusals: ["notFound"],
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
  assignees: hqCall({
    method: "GET",
    path: "/hq/v1/exceptions/:id/assignees",
    summary: "Whom an exception can be given to",
    words: "Users who may deal with exceptions and work for its store, by their names alone.",
    right: "exceptions.act",
    reach: "filtered",
    params: exceptionParams,
    query: null,
    body: null,
    answer: assigneesAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  assignException: hqCall({
    method: "POST",
    path: "/hq/v1/exceptions/:id/assign",
    summary: "Take an exception on, give it to somebody, or give it back",
    words: "`to` is `me`, the id of a user, or null.",
    right: "exceptions.act",
    reach: "filtered",
    params: exceptionParams,
    query: null,
    body: assignRequestSchema,
    answer: exceptionRowSchema,
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "exception",
      id: ({ params }) => params.id,
      state: (tx, { params }) => tx.exception(params.id),
    },
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
  const { exceptions, exceptionFigures, assignees, assignException, resolveException } = EXCEPTION_CALLS;
  serve(app, deps, exceptions, async ({ query, asker }) => {
    const counting = await deps.exceptions.counting();
    return deps.storage.read(async (tx) => {
      const { store: code, kind = null, assignee = null, ...rest } = query;
      const stores = code === undefined ? asker.stores : [(await ownStoreCalled(tx, asker, code)).store];
      const whose = assignee === "me" ? asker.id : assignee;
      const found = await tx.exceptionsAsked({ ...rest, stores, kind, assignee: whose });
      const named = await withCustomerNames(tx, found.exceptions);
      const all = await tx.stores();
      return {
        exceptions: named.map((exception) => exceptionRow(exception, { stores: all, counting })),
        total: found.total,
        kinds: await tx.openByKind({ stores, overdueBefore: overdueBefore(deps.now()) }),
      };
    });
  });
  serve(app, deps, assignees, async ({ params: { id }, asker }) => {
    const { store } = await ownException(deps, asker, id);
    const users = await deps.storage.read((tx) => assigneesOf(tx, store));
    return { users: users.slice(0, MAX_ASSIGNEES) };
  });
  serve(app, deps, assignException, async ({ params: { id }, body: { to }, asker }) => {
    const { store } = await ownException(deps, asker, id);
    const assignee = await assigneeOf(asker, to, () => deps.storage.read((tx) => assigneesOf(tx, store)));
    const assigned = await deps.exceptions.assign(id, assignee);
    if (!assigned.ok) throw resolvingRefusal(assigned.reason);
    return rowOf(deps, assigned.value);
  });
  serve(app, deps, exceptionFigures, () => deps.exceptions.figures());
  serve(app, deps, resolveException, async ({ params: { id }, body, asker }) => {
    const { store: code, ...decision } = body;
    await ownException(deps, asker, id);
    const store = code === null ? null : await deps.storage.read((tx) => ownStoreCalled(tx, asker, code));
    const resolved = await deps.exceptions.resolve({
      ...decision,
      by: doerOf(asker, decision.by),
      id,
      store: store?.store ?? null,
    });
    if (!resolved.ok) throw resolvingRefusal(resolved.reason);
    return rowOf(deps, resolved.value);
  });
}

async function rowOf(deps: ServerDeps, exception: Exception): Promise<ExceptionRow> {
  const counting = await deps.exceptions.counting();
  return deps.storage.read(async (tx) => {
    const [named = exception] = await withCustomerNames(tx, [exception]);
    return exceptionRow(named, { stores: await tx.stores(), counting });
  });
}

/** Of stores that whoever asks does not reach they learn nothing. */
async function ownException(deps: ServerDeps, { stores }: Asker, id: string): Promise<Exception> {
  const exception = await deps.storage.read((tx) => tx.exception(id));
  if (exception === null || !reachesStore(stores, exception.store)) throw resolvingRefusal("noSuchException");
  return exception;
}

async function assigneeOf(
  { id, name }: Asker,
  to: string | null,
  others: () => Promise<readonly Assignee[]>,
): Promise<Assignee | null> {
  if (to === null) return null;
  if (to === "me" || to === id) return { id, name };
  const found = (await others()).find((each) => each.id === to);
  if (found === undefined) throw new Refusal("notFound", "There is no such user.");
  return found;
}

/** Who may deal with exceptions of a store, by name. */
async function assigneesOf(tx: ReadTransaction, store: Exception["store"]): Promise<readonly Assignee[]> {
  const wanted = { right: "exceptions.act", store } as const;
  const users = (await Promise.all(HQ_ROLES.map((role) => tx.usersOfRole(role)))).flat().map(publicUser);
  return users
    .filter((user) => mayBeGiven(user, wanted))
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1));
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
    dueAt: dueAt(exception),
    assignee: exception.assignee ?? null,
    closing,
  };
}
