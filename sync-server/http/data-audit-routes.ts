import type { FastifyInstance } from "fastify";
import { AUDIT_CHECKS } from "#domain/data-audit/checks.ts";
import type { StoreId } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import {
  auditFileQuerySchema,
  auditOwnerRequestSchema,
  auditParamsSchema,
  auditRowsAnswerSchema,
  auditRowsQuerySchema,
  dataAuditAnswerSchema,
  MAX_AUDIT_FILE_ROWS,
} from "#protocol/hq/data-audit.ts";
import type { AuditViewer } from "../data-audit/desk.ts";
import { auditCsv } from "../data-audit/file.ts";
import { type Asker, hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { goneWith } from "./gone-with.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";

const CSV = "text/csv; charset=utf-8";

export const DATA_AUDIT_CALLS = {
  dataAudit: hqCall({
    method: "GET",
    path: "/hq/v1/data-audit",
    summary:
      "The friction list: what is missing, doubled, contradicting or worked around, with count, trend and owner",
    words:
      "Counts are taken every hour, and kept for each day. Who works for some stores is told of these, and of nothing that is of all stores together.",
    right: "dataAudit.read",
    reach: "filtered",
    params: null,
    query: null,
    body: null,
    answer: dataAuditAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  countDataAudit: hqCall({
    method: "POST",
    path: "/hq/v1/data-audit/check",
    summary: "Counts all checks again, now",
    right: "dataAudit.act",
    reach: "filtered",
    params: null,
    query: null,
    body: null,
    answer: dataAuditAnswerSchema,
    refusals: [],
    trail: { subject: "dataAudit", id: () => "all" },
  }),
  auditRows: hqCall({
    method: "GET",
    path: "/hq/v1/data-audit/:check",
    summary: "What one check finds at this moment, with where each is set right, and how stores compare",
    right: "dataAudit.read",
    reach: "filtered",
    params: auditParamsSchema,
    query: auditRowsQuerySchema,
    body: null,
    answer: auditRowsAnswerSchema,
    refusals: ["badRequest", "notFound", "tooManyRequests"],
    trail: "none",
  }),
  auditFile: hqCall({
    method: "GET",
    path: "/hq/v1/data-audit/:check/file",
    summary: "What one check finds as a CSV file",
    words: `The first ${MAX_AUDIT_FILE_ROWS} of them, a column for each fact; amounts are decimal numbers of the currency beside them.`,
    right: "dataAudit.read",
    reach: "filtered",
    params: auditParamsSchema,
    query: auditFileQuerySchema,
    body: null,
    answer: { files: [CSV] },
    refusals: ["badRequest", "notFound", "tooManyRequests"],
    trail: "none",
  }),
  giveAudit: hqCall({
    method: "PUT",
    path: "/hq/v1/data-audit/:check/owner",
    summary: "Says who sees to a check, in all stores or in one, and until when",
    right: "dataAudit.act",
    reach: "filtered",
    params: auditParamsSchema,
    query: null,
    body: auditOwnerRequestSchema,
    answer: dataAuditAnswerSchema,
    refusals: ["badRequest", "notFound"],
    trail: {
      subject: "dataAudit",
      id: ({ params }) => params.check,
      state: async (tx, { params }) => (await tx.auditOwners()).filter(({ check }) => check === params.check),
    },
  }),
};

/** The data audit (protocol/hq/data-audit.ts). */
export function registerDataAuditRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { dataAudit } = deps;
  const listFor = (asker: Asker) => dataAudit.checks(viewerOf(asker));

  serve(app, deps, DATA_AUDIT_CALLS.dataAudit, ({ asker }) => listFor(asker));
  serve(app, deps, DATA_AUDIT_CALLS.countDataAudit, async ({ asker }) => {
    await dataAudit.count();
    return listFor(asker);
  });
  serve(app, deps, DATA_AUDIT_CALLS.auditRows, async ({ params, query, asker, reply }) => {
    const store = await storeOf(deps, asker, query.store);
    const { channel = null, offset, limit } = query;
    const question = { check: params.check, store, channel, offset, limit };
    return answered(await dataAudit.rows(viewerOf(asker), question, goneWith(reply)));
  });
  serve(app, deps, DATA_AUDIT_CALLS.auditFile, async ({ params, query, asker, reply }) => {
    const store = await storeOf(deps, asker, query.store);
    const { channel = null } = query;
    const question = { check: params.check, store, channel, offset: 0, limit: MAX_AUDIT_FILE_ROWS };
    const { rows } = answered(await dataAudit.rows(viewerOf(asker), question, goneWith(reply)));
    return reply
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="data-audit-${params.check}.csv"`)
      .type(CSV)
      .send(auditCsv(rows));
  });
  serve(app, deps, DATA_AUDIT_CALLS.giveAudit, async ({ params: { check }, body, asker }) => {
    const store = await storeOf(deps, asker, body.store);
    const viewer = viewerOf(asker);
    const { right, scope } = AUDIT_CHECKS[check];
    if ((asker.stores !== null && scope === "chain") || (right !== null && !viewer.may(right)))
      throw new Refusal("notFound", "There is no such check.");
    if (store !== null && scope === "chain")
      throw new Refusal("badRequest", "What this check finds is of no store.");
    if (store === null && asker.stores !== null)
      throw new Refusal("badRequest", "Say in which of your stores.", ["store"]);
    const to = body.owner === "me" ? { id: asker.id, name: nameOf(asker) } : body.owner;
    const { due, note } = body;
    const given = await dataAudit.give({ check, store, to, due, note, by: nameOf(asker) });
    if (!given.ok) throw new Refusal("badRequest", DUE[given.reason], ["due"]);
    return listFor(asker);
  });
}

const DUE = {
  over: "This day is over.",
  tooFar: "This day is more than a year away.",
} as const;

/** A program's key may have no name. */
function nameOf({ name }: Asker): string {
  return name === "" ? "HQ" : name;
}

function viewerOf(asker: Asker): AuditViewer {
  return { stores: asker.stores, may: (right) => hasRight(asker, right) };
}

async function storeOf(
  { storage }: ServerDeps,
  asker: Asker,
  code: string | undefined,
): Promise<StoreId | null> {
  return code === undefined ? null : (await storage.read((tx) => ownStoreCalled(tx, asker, code))).store;
}

/** Throws a refusal where it was not answered. */
function answered<T>(result: Result<T, "notFound" | "busy" | "cancelled">): T {
  if (result.ok) return result.value;
  if (result.reason === "notFound") throw new Refusal("notFound", "There is no such check.");
  throw new Refusal("tooManyRequests", "Too much is being looked up. Try again in a moment.");
}
