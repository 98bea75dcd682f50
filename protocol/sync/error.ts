import { z } from "zod";

/** Every refusal of the server, on every path, has this body; `reason` is for programs, `message` for people. */
export const errorBodySchema = z.strictObject({
  reason: z.enum([
    "badRequest",
    "unauthorised",
    "forbidden",
    "notFound",
    "conflict",
    "tooLarge",
    "tooManyRequests",
    "codeUnknown",
    "codeExpired",
    "checkpointExpired",
    "deviceRevoked",
    "keyRevoked",
    "protocolTooOld",
    "internal",
  ]),
  message: z.string(),
  details: z.array(z.string()).optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
