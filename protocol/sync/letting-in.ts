import { z } from "zod";
import type { Pairing } from "#domain/store/letting-in.ts";
import { base64urlSchema, idSchema, instantSchema, textSchema } from "../scalars.ts";

const MAX_CERTIFICATE_CHARS = 2_000;

/**
 * What a server writes of a till for a server that went back to a time before it was paired: which machine got which register, signed by the key that lies in
 * every backup. Base64url of the JSON of `pairingSchema`, a dot, and of the signature over `PAIRING_CONTEXT` and that first part. A till keeps it, and reads of it only whether it says the store's code.
 */
export const certificateSchema = z
  .string()
  .max(MAX_CERTIFICATE_CHARS)
  .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);

/** Stands before what is signed, so that no signature of another kind is ever taken for this one. */
export const PAIRING_CONTEXT = "onetill.pairing.v1:";

export const pairingSchema: z.ZodType<Pairing & { readonly server: string }> = z.strictObject({
  device: idSchema<"Device">(),
  store: idSchema<"Store">(),
  register: z.number().int().positive(),
  name: textSchema,
  publicKey: base64urlSchema,
  since: instantSchema,
  storeCode: z.string().max(8).exactOptional(),
  /** Raw Ed25519 public key of the server that signed it, base64url. */
  server: base64urlSchema,
});

/** `GET /sync/v1/certificate` */
export const certificateAnswerSchema = z.strictObject({ certificate: certificateSchema });
export type CertificateAnswer = z.infer<typeof certificateAnswerSchema>;

/** `POST /sync/v1/let-in`: a till whose token the server does not know shows what it was paired as (SPEC S4c). The token that it has is sent as with any call, and is its token from then on. */
export const letInRequestSchema = z.strictObject({
  certificate: certificateSchema,
  /** By the till's key over `letInWish`. */
  signature: base64urlSchema,
  /** It has lost its journal. */
  lost: z.literal(true).exactOptional(),
});
export type LetInRequest = z.infer<typeof letInRequestSchema>;

/** What a till signs. Sent again by whoever listened in, it gives the till the very token that it has. `tokenHash`: SHA-256 of the token, hex. */
export function letInWish({
  certificate,
  tokenHash,
  lost,
}: {
  readonly certificate: string;
  readonly tokenHash: string;
  readonly lost: boolean;
}): string {
  return `onetill.let-in.v1:${certificate}:${tokenHash}:${lost ? "lost" : "whole"}`;
}

export const letInAnswerSchema = z.strictObject({
  /** `aside`: its register is another machine's by now. What it sends is kept and shown to HQ, and everything else answers `deviceRevoked`. */
  as: z.enum(["till", "aside"]),
  /** In which the server has it: one whose journal is in another one asks for its next epoch. */
  epoch: z.number().int().positive(),
  serverTime: instantSchema,
});
export type LetInAnswer = z.infer<typeof letInAnswerSchema>;
