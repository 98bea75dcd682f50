import { z } from "zod";
import { KNOCK_STATES } from "#domain/store/letting-in.ts";
import { replicaCollectionSchema } from "../documents/collections.ts";
import { idSchema, instantSchema, textSchema } from "../scalars.ts";
import { healthSchema, logLineSchema } from "../sync/health.ts";
import { versionSchema } from "../updates.ts";

const MAX_TILLS = 200;
/** A till is called what fits on one line. */
const MAX_NAME = 80;
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const storeCode = z.string().max(8);

export const tillStateSchema = z.enum(["inTouch", "silent", "never", "revoked"]);
export type TillStateName = z.infer<typeof tillStateSchema>;
export const tillSortSchema = z.enum(["till", "seen", "unsent", "oldestUnsent", "clock", "version", "disk"]);
export type TillSortName = z.infer<typeof tillSortSchema>;

/** `GET /hq/v1/tills` */
export const tillsQuerySchema = z.strictObject({
  /** Words of the till's name, its store or register: `BER1-03`. */
  search: z.string().max(100).default(""),
  store: storeCode.optional(),
  /** `active`: all but those that were revoked. */
  state: z.enum(["active", ...tillStateSchema.options]).optional(),
  version: z.string().max(40).optional(),
  /** Not heard of for at least so many minutes. */
  silentMinutes: z.coerce.number().int().min(1).max(1_000_000).optional(),
  unsent: flag.optional(),
  trouble: flag.optional(),
  /** Whose clock is off by more than two minutes. */
  clockOff: flag.optional(),
  sort: tillSortSchema.default("till"),
  order: z.enum(["up", "down"]).default("up"),
  offset: z.coerce.number().int().nonnegative().max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_TILLS).default(50),
});

/** What a till said of itself last. */
export const tillHealthSchema = z.strictObject({
  /** When it said so, by the server's clock. */
  saidAt: instantSchema,
  ...healthSchema.omit({ log: true, replicas: true }).shape,
});

export const tillRowSchema = z.strictObject({
  id: idSchema<"Device">(),
  name: textSchema,
  store: z.string(),
  storeName: textSchema,
  register: z.number().int(),
  epoch: z.number().int(),
  state: tillStateSchema,
  lastSeenAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
  /** When it was let in by the pairing that it showed, because the server went back to a time before it; null: it never was. */
  letInAt: instantSchema.nullable(),
  /** Till clock minus server clock, milliseconds. */
  clockOffsetMs: z.number().int(),
  version: versionSchema.nullable(),
  /** Null: it has not said yet how it is. */
  health: tillHealthSchema.nullable(),
});
export type TillRow = z.infer<typeof tillRowSchema>;

/** A till that was paired in a time which this server lost, and that is not let in; it asks every few minutes, and sells on if it has its journal. */
export const knockSchema = z.strictObject({
  id: idSchema<"Device">(),
  name: textSchema,
  /** As it stands on its receipts; null: nobody here knows it. */
  store: z.string().nullable(),
  register: z.number().int(),
  /** `storeUnknown`: its store was made in that time as well. `coming`: it is there again, and the till comes in as it asks next. `journalLost`: it has lost its records too, and has to be paired anew. `storeAndJournalLost`: that, in a store that is made again first. */
  state: z.enum(KNOCK_STATES),
  at: instantSchema,
});
export type KnockRow = z.infer<typeof knockSchema>;

export const tillsAnswerSchema = z.strictObject({
  tills: z.array(tillRowSchema),
  /** Whatever is asked for: those that are not let in. */
  knocks: z.array(knockSchema),
  total: z.number().int(),
  /** Of all tills that are not revoked, the most first: what one can filter by. */
  versions: z.array(z.strictObject({ version: versionSchema.nullable(), tills: z.number().int() })).max(50),
});
export type TillsAnswer = z.infer<typeof tillsAnswerSchema>;

/** `GET /hq/v1/tills/:device` */
export const tillDetailSchema = z.strictObject({
  till: tillRowSchema,
  /** The newest entry of its journal that the server has, in its epoch. */
  acknowledged: z.number().int(),
  replicas: z
    .array(
      z.strictObject({
        collection: replicaCollectionSchema,
        feed: z.string(),
        /** How far the till has read it, and how far there is to read. */
        reached: z.number().int(),
        head: z.number().int(),
      }),
    )
    .max(200),
  /** Null: nobody asked for it. `at` null: it is still to come. */
  log: z
    .strictObject({ askedAt: instantSchema, at: instantSchema.nullable(), lines: z.array(logLineSchema) })
    .nullable(),
});
export type TillDetail = z.infer<typeof tillDetailSchema>;

/** `PUT /hq/v1/tills/:device` */
export const renameTillSchema = z.strictObject({ name: z.string().trim().min(1).max(MAX_NAME) });

/** `GET /hq/v1/adoption`: how many of the tills that get a feed have read it so far. */
export const adoptionQuerySchema = z.strictObject({
  /** `catalog`, `promotions`, `prices:LIST`, `store:ID`. */
  feed: z.string().min(1).max(200),
  /** Left out: what the feed is there for. */
  collection: replicaCollectionSchema.optional(),
  /** Left out: as far as it goes now. */
  seq: z.coerce.number().int().nonnegative().optional(),
});
export const adoptionAnswerSchema = z.strictObject({
  feed: z.string(),
  collection: replicaCollectionSchema,
  seq: z.number().int(),
  tills: z.number().int(),
  have: z.number().int(),
  /** Some of those that have it not, the ones heard of last first. */
  missing: z
    .array(
      z.strictObject({
        id: idSchema<"Device">(),
        name: textSchema,
        store: z.string(),
        register: z.number().int(),
        state: tillStateSchema,
        lastSeenAt: instantSchema.nullable(),
      }),
    )
    .max(100),
});
export type AdoptionAnswer = z.infer<typeof adoptionAnswerSchema>;
