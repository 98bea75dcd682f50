import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { periodOf } from "#domain/reports/presets.ts";
import { doneAnswerSchema } from "#protocol/hq/connectors.ts";
import {
  reportMailsAnswerSchema,
  reportViewSchema,
  type SavedViewRequest,
  type SavedViewRow,
  savedViewParamsSchema,
  savedViewRequestSchema,
  savedViewRowSchema,
  savedViewsAnswerSchema,
} from "#protocol/hq/reports.ts";
import type { SavedView } from "../reports/port.ts";
import { createViews, mayChangeView, type ViewAsker } from "../reports/views.ts";
import { type Asker, hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";
import { questionOf } from "./reports-routes.ts";

const MAX_MAILS = 100;
/** Whether somebody may ask does not hang on the day. */
const ANY_DAY = idOf<"BusinessDay">("2027-01-01");
const BASE = { right: "reports.read", reach: "filtered", query: null } as const;
const trail = {
  subject: "reportView",
  id: ({ params }: { readonly params: z.output<typeof savedViewParamsSchema> }) => params.id,
  state: (
    tx: { reportView(id: string): Promise<SavedView | null> },
    { params }: { readonly params: { readonly id: string } },
  ) => tx.reportView(params.id),
};

export const REPORT_VIEW_CALLS = {
  reportViews: hqCall({
    ...BASE,
    method: "GET",
    path: "/hq/v1/report-views",
    summary: "Saved reports: one's own and those that others share",
    params: null,
    body: null,
    answer: savedViewsAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  addReportView: hqCall({
    ...BASE,
    right: "reports.edit",
    method: "POST",
    path: "/hq/v1/report-views",
    summary: "Save a report, and have it sent by e-mail where that is wanted",
    params: null,
    body: savedViewRequestSchema,
    answer: savedViewRowSchema,
    status: 201,
    refusals: ["badRequest", "forbidden", "notFound", "conflict"],
    trail: { subject: "reportView", id: () => null },
  }),
  changeReportView: hqCall({
    ...BASE,
    right: "reports.edit",
    method: "PUT",
    path: "/hq/v1/report-views/:id",
    summary: "Change a saved report, and when and to whom it is sent",
    params: savedViewParamsSchema,
    body: savedViewRequestSchema,
    answer: savedViewRowSchema,
    refusals: ["badRequest", "forbidden", "notFound"],
    trail,
  }),
  removeReportView: hqCall({
    ...BASE,
    right: "reports.edit",
    method: "DELETE",
    path: "/hq/v1/report-views/:id",
    summary: "Forget a saved report; it is sent no more",
    params: savedViewParamsSchema,
    body: null,
    answer: doneAnswerSchema,
    refusals: ["notFound"],
    trail,
  }),
  reportMails: hqCall({
    ...BASE,
    method: "GET",
    path: "/hq/v1/report-views/:id/mails",
    summary: "When a saved report was sent to whom, the newest first",
    params: savedViewParamsSchema,
    body: null,
    answer: reportMailsAnswerSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
};

/** Saved reports and their e-mails (protocol/hq/reports.ts). */
export function registerReportViewsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const views = createViews(deps);
  serve(app, deps, REPORT_VIEW_CALLS.reportViews, async ({ asker }) => {
    const all = await views.list(viewAskerOf(asker));
    return { views: all.map((view) => rowOf(view, asker)), sendsMail: deps.mails.sends };
  });
  serve(app, deps, REPORT_VIEW_CALLS.addReportView, async ({ body, asker }) => {
    await mayAskFor(deps, asker, body);
    const added = await views.add(viewAskerOf(asker), body);
    if (!added.ok)
      throw new Refusal("conflict", "You have saved as many reports as anybody may. Remove one first.", [
        added.reason,
      ]);
    return rowOf(added.value, asker);
  });
  serve(app, deps, REPORT_VIEW_CALLS.changeReportView, async ({ params, body, asker }) => {
    await mayAskFor(deps, asker, body);
    const changed = await views.change(viewAskerOf(asker), params.id, body);
    if (!changed.ok) throw noSuchView();
    return rowOf(changed.value, asker);
  });
  serve(app, deps, REPORT_VIEW_CALLS.removeReportView, async ({ params, asker }) => {
    const removed = await views.remove(viewAskerOf(asker), params.id);
    if (!removed.ok) throw noSuchView();
    return {};
  });
  serve(app, deps, REPORT_VIEW_CALLS.reportMails, async ({ params, asker }) => {
    const view = await views.own(viewAskerOf(asker), params.id);
    if (view === null) throw noSuchView();
    const mails = await deps.storage.read((tx) => tx.reportMails({ view: view.id, limit: MAX_MAILS }));
    return {
      mails: mails.map(({ id, dueAt, recipient, state, sentAt, lastFailure }) => ({
        id,
        dueAt,
        recipient,
        state,
        sentAt,
        lastFailure,
      })),
    };
  });
}

function noSuchView(): Refusal {
  return new Refusal("notFound", "There is no such saved report, or it is somebody else's.");
}

/** Whoever looks after people looks after what is sent to them as well. */
function viewAskerOf(asker: Asker): ViewAsker {
  const { kind, id, name, stores } = asker;
  return { by: { kind, id, name }, reach: stores, keeps: hasRight(asker, "users.edit") };
}

/** Nobody saves, or has sent, what they may not see. */
async function mayAskFor(deps: ServerDeps, asker: Asker, { view }: SavedViewRequest): Promise<void> {
  const { report, by, stores, channels, categories, compare } = view;
  const period = typeof view.period === "string" ? periodOf(view.period, ANY_DAY) : view.period;
  await questionOf(deps, asker, {
    report,
    by,
    ...period,
    stores: stores ?? undefined,
    channels: channels ?? undefined,
    categories: categories ?? undefined,
    compare: compare ?? undefined,
  });
}

function rowOf(saved: SavedView, asker: Asker): SavedViewRow {
  const mayChange = mayChangeView(viewAskerOf(asker), saved);
  const { id, name, shared, view, owner, nextAt } = saved;
  return {
    id,
    name,
    shared,
    view: reportViewSchema.parse(view),
    // To whom it goes is for those who may change it.
    mailing:
      mayChange && saved.mailing !== null
        ? { ...saved.mailing, recipients: [...saved.mailing.recipients] }
        : null,
    owner: owner.name,
    mayChange,
    nextAt,
  };
}
