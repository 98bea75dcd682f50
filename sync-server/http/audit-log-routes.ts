import type { FastifyInstance } from "fastify";
import { auditLogAnswerSchema, auditLogChoicesSchema, auditLogQuerySchema } from "#protocol/hq/access.ts";
import type { ServerDeps } from "./deps.ts";
import { hqCall, serve } from "./hq-call.ts";

const PAGE = 100;
const MAX_CHOICES = 500;

export const AUDIT_LOG_CALLS = {
  auditLog: hqCall({
    method: "GET",
    path: "/hq/v1/audit-log",
    summary: "What people and programs asked HQ to change, the newest first, with before and after",
    right: "auditLog.read",
    reach: "allStores",
    params: null,
    query: auditLogQuerySchema,
    body: null,
    answer: auditLogAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  auditLogChoices: hqCall({
    method: "GET",
    path: "/hq/v1/audit-log/choices",
    summary: "Whom the audit log knows, and kinds of things in it",
    right: "auditLog.read",
    reach: "allStores",
    params: null,
    query: null,
    body: null,
    answer: auditLogChoicesSchema,
    refusals: [],
    trail: "none",
  }),
};

/** The audit log (access/trail.ts writes it). */
export function registerAuditLogRoutes(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, AUDIT_LOG_CALLS.auditLog, async ({ query }) => {
    const { by, subject, id, from, until, before } = query;
    const found = await deps.storage.read((tx) =>
      tx.trail({
        before: before ?? null,
        limit: PAGE + 1,
        ...(subject === undefined ? {} : { subject: { kind: subject, id: id ?? null } }),
        ...(by === undefined ? {} : { by }),
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      }),
    );
    const entries = found.slice(0, PAGE);
    return { entries, next: found.length > PAGE ? (entries.at(-1)?.cursor ?? null) : null };
  });
  serve(app, deps, AUDIT_LOG_CALLS.auditLogChoices, () =>
    deps.storage.read((tx) => tx.trailChoices(MAX_CHOICES)),
  );
}
