import { z } from "zod";
import { INSTALL_REFUSALS } from "#domain/updates/may-install.ts";
import { instantSchema } from "../scalars.ts";
import { versionSchema } from "../updates.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";

/** Why a version that is here is not installed yet. `notYet`: HQ's moment has not come. */
export const UPDATE_WAITS = [...INSTALL_REFUSALS, "notYet"] as const;

/** How this till stands with the version that HQ wants. */
export const updateViewSchema = z.strictObject({
  running: versionSchema,
  /** Null: HQ wants nothing later than what runs. */
  wanted: z.strictObject({ version: versionSchema, notBefore: instantSchema }).nullable(),
  now: z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("upToDate") }),
    /** This till cannot do it by itself: it is restarted with the new version. */
    z.strictObject({ state: z.literal("byHand") }),
    z.strictObject({ state: z.literal("downloading") }),
    z.strictObject({ state: z.literal("waiting"), why: z.enum(UPDATE_WAITS) }),
    /** Nothing speaks against it; it is installed once nobody is at the till. */
    z.strictObject({ state: z.literal("ready") }),
    z.strictObject({ state: z.literal("installing") }),
    /** Tried again by itself at `againAt`. */
    z.strictObject({
      state: z.literal("failed"),
      step: z.enum(["download", "install"]),
      againAt: instantSchema,
    }),
  ]),
});
export type UpdateView = z.infer<typeof updateViewSchema>;

export const installUpdateArgs = z.strictObject({ approval: approvalSchema.nullable().default(null) });
/** `noUpdate`: there is none here that could be installed. */
export const INSTALL_UPDATE_REFUSALS = [...APPROVAL_REFUSALS, ...UPDATE_WAITS, "noUpdate"] as const;
