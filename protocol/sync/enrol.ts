import { z } from "zod";
import { base64urlSchema, idSchema, instantSchema, textSchema } from "../scalars.ts";

/** `POST /sync/v1/enrol`: a one-time pairing code makes this machine a till of the code's store. */
export const enrolRequestSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pair"),
    code: z.string().regex(/^[0-9A-Z]{4}-?[0-9A-Z]{4}$/),
    /** Ed25519 public key, raw 32 bytes as base64url. */
    publicKey: base64urlSchema,
    name: textSchema,
  }),
  /** The server named a fork: this till begins its next epoch. Asked with the bearer token and a signature over `SIGNATURE_CONTEXT + "next-epoch:" + device + ":" + epoch`. */
  z.strictObject({
    kind: z.literal("nextEpoch"),
    epoch: z.number().int().positive(),
    signature: base64urlSchema,
  }),
]);
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;

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
});
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;
