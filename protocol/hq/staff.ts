import { z } from "zod";
import { STAFF_LOG_KINDS } from "#domain/staff/log.ts";
import { roleLimitsSchema, roleSchema } from "../documents/role.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  textSchema,
} from "../scalars.ts";
import { permissionSchema } from "../sync/shift-facts.ts";

const staffId = idSchema<"Staff">();
const storeCode = z.string().min(1).max(8);
const nameSchema = z.string().trim().min(1).max(80);
const MAX_STORES = 1_000;

/** `GET /hq/v1/staff?store&active&search`: by name. */
export const staffQuerySchema = z.strictObject({
  store: storeCode.optional(),
  active: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
  search: z.string().max(120).default(""),
});
/** Somebody who works for the retailer. `stores`: the codes of those where they work; null: all. */
export const colleagueRowSchema = z.strictObject({
  id: staffId,
  name: textSchema,
  role: idSchema<"Role">(),
  /** Empty where the retailer has no such role any more: whoever has it may do nothing. */
  roleName: textSchema,
  stores: z.array(z.string()).nullable(),
  active: z.boolean(),
  hasBadge: z.boolean(),
});
export type ColleagueRow = z.infer<typeof colleagueRowSchema>;
export const staffAnswerSchema = z.strictObject({
  staff: z.array(colleagueRowSchema),
  /** After so many days without the server no till of any store lets anybody in by what it knows. */
  rosterMaxAgeDays: z.number().int(),
});

/** `PUT /hq/v1/staff/{id}` */
export const colleagueRequestSchema = z.strictObject({
  name: nameSchema,
  role: idSchema<"Role">(),
  stores: z.array(storeCode).max(MAX_STORES).nullable(),
});
export type ColleagueRequest = z.infer<typeof colleagueRequestSchema>;
/** A PIN on its way to the server, which keeps what it is checked by alone. */
const newPinSchema = z.string().max(20);
/** `POST /hq/v1/staff` */
export const newColleagueRequestSchema = colleagueRequestSchema.extend({ pin: newPinSchema });
export type NewColleagueRequest = z.infer<typeof newColleagueRequestSchema>;
/** `PUT /hq/v1/staff/{id}/pin` */
export const pinRequestSchema = z.strictObject({ pin: newPinSchema });
/** `POST /hq/v1/staff/{id}/badge`: the code is told this once. */
export const badgeAnswerSchema = z.strictObject({ colleague: colleagueRowSchema, code: z.string() });
export const staffParamsSchema = z.strictObject({ id: staffId });

/** `GET /hq/v1/roles`; `used`: how many colleagues have it who may sign in. */
export const roleRowSchema = z.strictObject({ role: roleSchema, used: z.number().int() });
export type RoleRow = z.infer<typeof roleRowSchema>;
export const rolesAnswerSchema = z.strictObject({ roles: z.array(roleRowSchema), currency: currencySchema });
/** `POST /hq/v1/roles`, `PUT /hq/v1/roles/{id}` */
export const roleRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  permissions: z
    .array(permissionSchema)
    .max(100)
    .transform((permissions) => [...new Set(permissions)]),
  limits: roleLimitsSchema,
});
export type RoleRequest = z.infer<typeof roleRequestSchema>;
export const roleParamsSchema = z.strictObject({ id: idSchema<"Role">() });

const MAX_DAYS = 400;
const period = {
  from: businessDaySchema,
  until: businessDaySchema,
  store: storeCode.optional(),
};
function isPeriod({ from, until }: { readonly from: string; readonly until: string }): boolean {
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000;
  return days >= 0 && days <= MAX_DAYS;
}
const PERIOD = { error: `the period ends after it begins, at most ${MAX_DAYS} days later`, path: ["until"] };

/** `GET /hq/v1/time-clock?from&until&store&staff&format`: days, both in it. */
export const timeClockQuerySchema = z
  .strictObject({ ...period, staff: staffId.optional(), format: z.enum(["json", "csv"]).default("json") })
  .refine(isPeriod, PERIOD);
const timesSchema = z.strictObject({ from: instantSchema.nullable(), until: instantSchema.nullable() });
export const workSpanSchema = z.strictObject({
  id: z.string(),
  staff: staffId,
  staffName: textSchema,
  store: z.string(),
  timeZone: z.string(),
  day: businessDaySchema,
  times: timesSchema,
  /** As it was clocked, whatever was said of it since. */
  clocked: timesSchema,
  state: z.enum(["whole", "working", "missingOut", "missingIn"]),
  /** Milliseconds; null while an end is missing. */
  workedMs: z.number().int().nullable(),
  corrections: z.array(
    z.strictObject({
      id: z.string(),
      from: instantSchema,
      until: instantSchema,
      reason: textSchema,
      by: textSchema,
      at: instantSchema,
    }),
  ),
});
export type WorkSpanRow = z.infer<typeof workSpanSchema>;
export const timeClockAnswerSchema = z.strictObject({ spans: z.array(workSpanSchema) });
/** `POST /hq/v1/time-clock/corrections`; `span` null: nobody clocked it. */
export const clockCorrectionRequestSchema = z.strictObject({
  /** Made by whoever asks: asked twice with one id, it is written down once. */
  id: idSchema<"Correction">().optional(),
  span: z.string().min(1).max(64).nullable(),
  staff: staffId,
  store: storeCode,
  from: instantSchema,
  until: instantSchema,
  reason: z.string().trim().min(1).max(500),
  by: nameSchema,
});
export const clockCorrectionAnswerSchema = z.strictObject({ id: z.string() });
export type ClockCorrectionRequest = z.infer<typeof clockCorrectionRequestSchema>;

export const STAFF_LOG_FILTERS = ["allowed", "voids", "drawer", "signIns"] as const;
export type StaffLogFilterName = (typeof STAFF_LOG_FILTERS)[number];
/** `GET /hq/v1/approvals?filter&store&staff&from&until&offset&limit`: what people did that somebody may ask about, the newest first. */
export const approvalsQuerySchema = z
  .strictObject({
    ...period,
    filter: z.enum(STAFF_LOG_FILTERS).default("allowed"),
    staff: staffId.optional(),
    offset: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(isPeriod, PERIOD);
export const staffLogRowSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(STAFF_LOG_KINDS),
  at: instantSchema,
  store: z.string(),
  timeZone: z.string(),
  register: z.number().int().nullable(),
  staffName: textSchema,
  /** Empty: nobody had to. */
  approvedByName: textSchema,
  permission: permissionSchema.nullable(),
  what: z.string(),
  amount: moneySchema.nullable(),
});
export type StaffLogRow = z.infer<typeof staffLogRowSchema>;
export const approvalsAnswerSchema = z.strictObject({
  entries: z.array(staffLogRowSchema),
  total: z.number().int(),
});

/** `GET /hq/v1/commission?from&until&store&format`: by the business days of the tickets, both in it. */
export const commissionQuerySchema = z
  .strictObject({ ...period, format: z.enum(["json", "csv"]).default("json") })
  .refine(isPeriod, PERIOD);
export const commissionRowSchema = z.strictObject({
  /** Null: nobody knows who sold it. */
  staff: staffId.nullable(),
  staffName: textSchema,
  lines: z.number().int(),
  pieces: z.number().int(),
  returnedPieces: z.number().int(),
  sold: moneySchema,
  returned: moneySchema,
  total: moneySchema,
  net: moneySchema,
});
export type CommissionRow = z.infer<typeof commissionRowSchema>;
export const commissionAnswerSchema = z.strictObject({ colleagues: z.array(commissionRowSchema) });
