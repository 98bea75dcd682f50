import { z } from "zod";
import { roleLimitsSchema } from "../documents/role.ts";
import { idSchema, instantSchema, textSchema } from "../scalars.ts";
import { recordsSchema } from "../sync/records.ts";

/** What the sync chip says; never better than the truth. */
export const syncViewSchema = z.strictObject({
  link: z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("neverOnline") }),
    z.strictObject({ state: z.literal("online") }),
    z.strictObject({ state: z.literal("offline"), since: instantSchema }),
  ]),
  /** Null when the replica is complete. */
  firstSync: z.strictObject({ percent: z.number().int().min(0).max(100), collection: z.string() }).nullable(),
  /** Journal entries the server has not acknowledged yet. */
  unsent: z.number().int().nonnegative(),
  oldestUnsentAt: instantSchema.nullable(),
  lastContactAt: instantSchema.nullable(),
  /** Till clock minus server clock, ms; shown when beyond two minutes. */
  clockOffsetMs: z.number().int(),
  offlinePolicy: z.enum(["ok", "warn", "manager"]),
  /** What this till knows of customers cannot be read: it was too long without the server. */
  customersNeedConnection: z.boolean(),
  /**
   * What stops the journal from being taken in, in a word; null when nothing does. `notKnown`: the server does not know this till; `storeNotKnown`: nor its store, which HQ can make again;
   * `pairAnew`: and the till has lost its records, so that only a new pairing helps.
   */
  trouble: z
    .enum([
      "deviceRevoked",
      "notKnown",
      "storeNotKnown",
      "pairAnew",
      "journalRefused",
      "protocolTooOld",
      "diskFull",
      "storageDamaged",
    ])
    .nullable(),
  /** What is wrong with the till's own records, and what was and nobody has confirmed yet, what is worst first; absent: nothing. */
  records: z.array(recordsSchema).exactOptional(),
  /** When the server, which had gone back to a time before this till, let it in again; absent: it did not since the till was started. */
  letInAt: instantSchema.exactOptional(),
});
export type SyncView = z.infer<typeof syncViewSchema>;

export const staffNameSchema = z.strictObject({
  id: idSchema<"Staff">(),
  name: textSchema,
  role: z.strictObject({ id: z.string(), name: textSchema }),
});

/** Who may work here and who does. */
export const sessionViewSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("unpaired") }),
  /** Paired, but settings and staff have not arrived yet. */
  z.strictObject({ state: z.literal("preparing"), storeName: textSchema, register: z.number().int() }),
  z.strictObject({
    state: z.literal("locked"),
    storeName: textSchema,
    storeCode: z.string(),
    register: z.number().int(),
    locale: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    lockAfterMinutes: z.number().int().positive().nullable().exactOptional(),
    staff: z.array(staffNameSchema),
  }),
  z.strictObject({
    state: z.literal("open"),
    storeName: textSchema,
    storeCode: z.string(),
    register: z.number().int(),
    locale: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    /** Minutes without a touch after which the till locks. Null: it never does. */
    lockAfterMinutes: z.number().int().positive().nullable().exactOptional(),
    staff: staffNameSchema,
    permissions: z.array(z.string()),
    /** How far those permissions go without asking anybody; null where the role is not known. */
    limits: roleLimitsSchema.nullable().exactOptional(),
    /** Who can give a manager's word at this till. */
    managers: z.array(staffNameSchema).optional(),
    /** Everybody who may work here. */
    colleagues: z.array(staffNameSchema).exactOptional(),
  }),
]);
export type SessionView = z.infer<typeof sessionViewSchema>;
