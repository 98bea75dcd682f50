import { z } from "zod";
import { replicaCollectionSchema } from "../documents/collections.ts";
import { instantSchema } from "../scalars.ts";
import { missingSchema } from "./records.ts";
import { checkpointSchema } from "./replica.ts";

/** Lines of a till's log that go with a snapshot that HQ asked for. */
export const MAX_LOG_LINES = 200;
export const MAX_LOG_WORDS = 300;
const MAX_DEVICES = 50;
/** Things that a till says of its own records, and that were confirmed and HQ has not heard of. */
export const MAX_RECORDS = 20;
/** Of more places than a till names it tells the rest as one. */
const MAX_MISSING = 20;

const bytes = z.number().int().nonnegative().nullable();

export const healthDeviceSchema = z.strictObject({
  kind: z.enum(["printer", "terminal"]),
  /** As it was set up here. */
  name: z.string().max(100),
  /** What keeps it from working, in a word of the till's contract; null: nothing that the till knows of. */
  trouble: z.string().max(60).nullable(),
});
export type HealthDevice = z.infer<typeof healthDeviceSchema>;

export const logLineSchema = z.strictObject({
  /** By the till's clock. */
  at: instantSchema,
  level: z.enum(["info", "error"]),
  /** What stands in quotation marks, addresses and long numbers are left out by the till: a log holds nothing of a person. */
  words: z.string().max(MAX_LOG_WORDS),
});
export type LogLine = z.infer<typeof logLineSchema>;

export const healthRecordsSchema = z.strictObject({
  state: z.string().max(60),
  at: instantSchema,
  missing: z.array(missingSchema).max(MAX_MISSING).exactOptional(),
  /** When somebody confirmed it at the till, by its clock: it is no trouble any more, and told until a report with it was answered. Absent: nobody has. */
  confirmedAt: instantSchema.exactOptional(),
});
export type HealthRecords = z.infer<typeof healthRecordsSchema>;

/** How a till is, as it says itself. Nothing in it is about a person. */
export const healthSchema = z.strictObject({
  /** By the till's clock. */
  at: instantSchema,
  startedAt: instantSchema,
  platform: z.strictObject({
    os: z.string().max(60),
    arch: z.string().max(20),
    /** Of Node, or of Electron where it runs in that. */
    runtime: z.string().max(60),
  }),
  unsent: z.number().int().nonnegative(),
  /** By the till's clock. */
  oldestUnsentAt: instantSchema.nullable(),
  storage: z.strictObject({ databaseBytes: bytes, diskFreeBytes: bytes }),
  devices: z.array(healthDeviceSchema).max(MAX_DEVICES),
  /** What stops sync, a word of the till's contract; null: nothing. */
  trouble: z.string().max(60).nullable(),
  /** What is wrong with its own records, and what was and nobody has confirmed there, or has and HQ did not hear of it; `state` is a word of the till's contract. Absent: nothing. */
  records: z
    .array(healthRecordsSchema)
    .max(2 * MAX_RECORDS)
    .exactOptional(),
  /** How far each collection has been read: the checkpoint of its last pull, as the server wrote it. */
  replicas: z
    .array(
      z.strictObject({
        collection: replicaCollectionSchema,
        checkpoint: checkpointSchema,
        complete: z.boolean(),
      }),
    )
    .max(50),
  /** The newest lines last; only in a snapshot that HQ asked for. */
  log: z.array(logLineSchema).max(MAX_LOG_LINES).exactOptional(),
});
export type Health = z.infer<typeof healthSchema>;

/** `POST /sync/v1/health` */
export const healthAnswerSchema = z.strictObject({
  /** HQ waits for a snapshot with the log: send one. */
  wantsLog: z.boolean(),
});
export type HealthAnswer = z.infer<typeof healthAnswerSchema>;

/** Name of the event on `GET /sync/v1/changes` by which HQ asks for a snapshot with the log. Its data is an empty object. */
export const HEALTH_EVENT = "health";
