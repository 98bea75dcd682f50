import { z } from "zod";
import { base64urlSchema, hashSchema, idSchema, instantSchema, textSchema } from "../scalars.ts";
import { dayStateSchema } from "./day-state.ts";
import { previousEpochSchema } from "./entry.ts";

const pairingCode = z.string().regex(/^[0-9A-Z]{4}-?[0-9A-Z]{4}$/);

/** At most so many entries does a till name for the server to find what it has of its journal. */
export const MAX_PLACES = 24;

/** `POST /sync/v1/enrol`: a one-time pairing code makes this machine a till of the code's store. */
export const enrolRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pair"),
    code: pairingCode,
    /** Ed25519 public key, raw 32 bytes as base64url. */
    publicKey: base64urlSchema,
    name: textSchema,
  }),
  /**
   * The code is of one register: this machine goes on where another one left it, in the next epoch and with a key of its own. A till asks so when `pair` does
   * not know its code; one that is too old to go on does not, and leaves the code as it was.
   */
  z.strictObject({
    kind: z.literal("takeOver"),
    code: pairingCode,
    publicKey: base64urlSchema,
    name: textSchema,
  }),
  /** The server named a fork: this till begins its next epoch. Asked with the bearer token and a signature over `SIGNATURE_CONTEXT + "next-epoch:" + device + ":" + epoch`. */
  z.strictObject({
    kind: z.literal("nextEpoch"),
    epoch: z.number().int().positive(),
    signature: base64urlSchema,
    /** It has lost its journal, and asks where it was. */
    lost: z.literal(true).exactOptional(),
    /**
     * Entries of this till's own journal that the server acknowledged, newest first and ever farther apart: the first of them that it has is what it knows of
     * this till, whoever else wrote on in the journal. Left out towards a server of a version before 4.
     */
    acknowledged: z
      .array(
        z.strictObject({
          epoch: z.number().int().positive(),
          seq: z.number().int().positive(),
          hash: hashSchema,
        }),
      )
      .max(MAX_PLACES)
      .exactOptional(),
  }),
]);
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

/** Where the machine that had the register before left it, as far as the server knows. */
export const takenOverSchema = z.strictObject({
  nextReceipt: z.number().int().positive(),
  previous: previousEpochSchema.nullable(),
  day: dayStateSchema,
});
export type TakenOver = z.infer<typeof takenOverSchema>;

export const enrolAnswerSchema = z.strictObject({
  device: idSchema<"Device">(),
  epoch: z.number().int().positive(),
  /** Secret; sent as `Authorization: Bearer`. Null on `nextEpoch`: the token stays. */
  token: z.string().nullable(),
  store: idSchema<"Store">(),
  storeCode: z.string(),
  storeName: textSchema,
  register: z.number().int().positive(),
  /** The server's clock. */
  serverTime: instantSchema,
  protocol: z.number().int(),
  /** Of `nextEpoch` alone: the newest of this till's entries that the server has. What it lost (it went back to a backup) comes over into the new epoch. */
  known: z
    .strictObject({ epoch: z.number().int().nonnegative(), seq: z.number().int().nonnegative() })
    .exactOptional(),
  /** Of `takeOver`, and of `nextEpoch` where the journal was lost: the journal's first entry says the same. */
  takenOver: takenOverSchema.exactOptional(),
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;
