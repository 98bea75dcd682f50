import { z } from "zod";
import { base64urlSchema } from "../scalars.ts";

/** AES-256. */
const KEY_CHARS = 43;

/** `GET /sync/v1/personal-key`: the key by which a till seals what it is told of customers, lent for as long as the till is in touch (SPEC S170). */
export const personalKeyAnswerSchema = z.strictObject({ key: base64urlSchema.length(KEY_CHARS) });
export type PersonalKeyAnswer = z.infer<typeof personalKeyAnswerSchema>;
