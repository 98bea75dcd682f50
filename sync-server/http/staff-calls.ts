import { z } from "zod";
import { roleSchema } from "#protocol/documents/role.ts";
import {
  badgeAnswerSchema,
  colleagueRequestSchema,
  colleagueRowSchema,
  newColleagueRequestSchema,
  pinRequestSchema,
  roleParamsSchema,
  roleRequestSchema,
  rolesAnswerSchema,
  staffAnswerSchema,
  staffParamsSchema,
  staffQuerySchema,
} from "#protocol/hq/staff.ts";
import type { Trail } from "../access/trail.ts";
import { retailersRoles } from "../staff/roles.ts";
import { ACTS, hqCall, LOOKS } from "./hq-call.ts";

/** What PIN and badge are checked by is nowhere in it. */
const ofColleague: Trail<{ readonly params: z.output<typeof staffParamsSchema>; readonly body: unknown }> = {
  subject: "colleague",
  id: ({ params }) => params.id,
  state: async (tx, { params }) => {
    const known = await tx.colleague(params.id);
    if (known === null) return null;
    const { name, role, active, badge } = known.member;
    return { name, role, active, hasBadge: badge !== undefined, stores: known.stores };
  },
  secrets: ["pin"],
};
const ofRole: Trail<{ readonly params: z.output<typeof roleParamsSchema>; readonly body: unknown }> = {
  subject: "role",
  id: ({ params }) => params.id,
  state: async (tx, { params }) => (await retailersRoles(tx)).find(({ id }) => id === params.id) ?? null,
};
const EDITS = {
  ...ACTS,
  right: "staff.edit",
  reach: "filtered",
  params: staffParamsSchema,
  answer: colleagueRowSchema,
  refusals: ["notFound", "forbidden"],
  trail: ofColleague,
} as const;

export const STAFF_CALLS = {
  staff: hqCall({
    ...LOOKS,
    path: "/hq/v1/staff",
    summary: "Who works for the retailer, by name",
    words: "Of a part of the stores: who works in one of them, also since they work in all.",
    right: "staff.read",
    reach: "filtered",
    query: staffQuerySchema,
    answer: staffAnswerSchema,
    refusals: ["notFound"],
  }),
  addColleague: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/staff",
    summary: "Add a colleague with a first PIN",
    right: "staff.edit",
    reach: "filtered",
    body: newColleagueRequestSchema,
    answer: colleagueRowSchema,
    status: 201,
    refusals: ["notFound", "badRequest", "forbidden"],
    trail: { subject: "colleague", id: () => null, secrets: ["pin"] },
  }),
  editColleague: hqCall({
    ...EDITS,
    method: "PUT",
    path: "/hq/v1/staff/:id",
    summary: "Say what a colleague is called, which role they have and where they work",
    body: colleagueRequestSchema,
    refusals: ["notFound", "badRequest", "forbidden"],
  }),
  dismissColleague: hqCall({
    ...EDITS,
    method: "POST",
    path: "/hq/v1/staff/:id/dismiss",
    summary: "Dismiss a colleague: every till locks them out as soon as it hears of it",
  }),
  takeBackColleague: hqCall({
    ...EDITS,
    method: "POST",
    path: "/hq/v1/staff/:id/take-back",
    summary: "Let a colleague in again who was dismissed, with the PIN that they had",
  }),
  setPin: hqCall({
    ...EDITS,
    method: "PUT",
    path: "/hq/v1/staff/:id/pin",
    summary: "Give a colleague a PIN",
    body: pinRequestSchema,
    refusals: ["notFound", "badRequest", "forbidden"],
  }),
  issueBadge: hqCall({
    ...EDITS,
    method: "POST",
    path: "/hq/v1/staff/:id/badge",
    summary: "Issue a badge in place of one that a colleague had",
    words: "Its code is told this once and kept nowhere.",
    answer: badgeAnswerSchema,
    status: 201,
    refusals: ["notFound", "conflict", "forbidden"],
  }),
  revokeBadge: hqCall({
    ...EDITS,
    method: "DELETE",
    path: "/hq/v1/staff/:id/badge",
    summary: "Revoke a colleague's badge",
  }),
  roles: hqCall({
    ...LOOKS,
    path: "/hq/v1/roles",
    summary: "The roles of the retailer at its tills, and how many colleagues have each",
    right: "staff.read",
    reach: "shared",
    answer: rolesAnswerSchema,
  }),
  addRole: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/roles",
    summary: "Add a role for the tills of every store",
    right: "staff.edit",
    reach: "allStores",
    body: roleRequestSchema,
    answer: roleSchema,
    status: 201,
    refusals: ["badRequest", "conflict"],
    trail: { subject: "role", id: () => null },
  }),
  changeRole: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/roles/:id",
    summary: "Change what colleagues of a role may do at every till",
    right: "staff.edit",
    reach: "allStores",
    params: roleParamsSchema,
    body: roleRequestSchema,
    answer: roleSchema,
    refusals: ["notFound", "badRequest", "conflict"],
    trail: ofRole,
  }),
  removeRole: hqCall({
    ...ACTS,
    method: "DELETE",
    path: "/hq/v1/roles/:id",
    summary: "Take a role away that nobody has who may sign in",
    right: "staff.edit",
    reach: "allStores",
    params: roleParamsSchema,
    answer: z.strictObject({}),
    refusals: ["notFound", "conflict"],
    trail: ofRole,
  }),
};
