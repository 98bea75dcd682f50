import { z } from "zod";
import { businessDaySchema, currencySchema, hashSchema, idSchema, instantSchema } from "../scalars.ts";
import { entrySchema } from "../sync/entry.ts";

/** What a manifest of this form begins with; docs/audit.md describes it. */
export const JOURNAL_EXPORT_FORMAT = "onetill-journal";
export const MANIFEST_FILE = "manifest.json";
export const KEYS_FILE = "keys.json";

const register = z.number().int().positive();
const seq = z.number().int().positive();
const storeCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{2,8}$/)
  .transform((code) => code.toUpperCase());

/** `GET /hq/v1/journal-export` and `GET /hq/v1/exports`: of one store, or one till of it; by the days on which entries were written. */
export const exportQuerySchema = z.strictObject({
  store: storeCode,
  register: z.coerce.number().pipe(register).optional(),
  from: businessDaySchema.optional(),
  until: businessDaySchema.optional(),
});
export type ExportQuery = z.infer<typeof exportQuerySchema>;

export const EXPORT_FORMATS = ["csv", "json", "dsfinvk", "saft"] as const;
export const booksQuerySchema = exportQuerySchema.extend({ format: z.enum(EXPORT_FORMATS) });
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Public keys of tills, raw Ed25519 as base64url: in an export as `keys.json`, and in the file that an auditor pins them with. */
export const auditKeysSchema = z.object({
  keys: z.array(
    z.object({
      device: idSchema<"Device">(),
      register,
      publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
      /** The first epoch that is signed with it, where another machine had the register before. Left out: the first of all. */
      fromEpoch: z.number().int().positive().exactOptional(),
    }),
  ),
});
export type AuditKeys = z.infer<typeof auditKeysSchema>;

const exportedEpochSchema = z.strictObject({
  epoch: z.number().int().positive(),
  file: z.string(),
  entries: z.number().int().positive(),
  /** `prev`: the hash that the first entry hangs on; 64 zeros where it begins the epoch. */
  first: z.strictObject({ seq, prev: hashSchema }),
  last: z.strictObject({ seq, hash: hashSchema }),
});

const exportedTillSchema = z.strictObject({
  device: idSchema<"Device">(),
  register,
  name: z.string(),
  revokedAt: instantSchema.nullable(),
  /** Till clock minus server clock as it was known last, milliseconds. */
  clockOffsetMs: z.number().int(),
  epochs: z.array(exportedEpochSchema),
  /** File of what the server kept aside; null where there is nothing. */
  keptAside: z.string().nullable(),
});

export const journalManifestSchema = z.strictObject({
  format: z.literal(JOURNAL_EXPORT_FORMAT),
  version: z.literal(1),
  madeAt: instantSchema,
  store: z.strictObject({
    id: idSchema<"Store">(),
    code: z.string(),
    name: z.string(),
    retailer: z.string(),
    address: z.array(z.string()),
    vatId: z.string(),
    currency: currencySchema,
    timeZone: z.string(),
  }),
  /** What was asked for; nulls: all of it. */
  asked: z.strictObject({
    register: register.nullable(),
    from: businessDaySchema.nullable(),
    until: businessDaySchema.nullable(),
  }),
  tills: z.array(exportedTillSchema),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.number().int(), sha256: hashSchema })),
});
export type JournalManifest = z.infer<typeof journalManifestSchema>;

/** One line of a journal file: the entry as it was received, and when. */
export const receivedEntrySchema = z.strictObject({ receivedAt: instantSchema, entry: entrySchema });
/** One line of a file of what was kept aside. */
export const keptAsideSchema = z.strictObject({
  receivedAt: instantSchema,
  reason: z.string(),
  entry: entrySchema,
});
