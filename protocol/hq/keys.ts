import { z } from "zod";
import { instantSchema } from "../scalars.ts";

/** `hq` may do everything; `shop` places and follows orders and shares baskets. */
export const keyScopeSchema = z.enum(["hq", "shop"]);
export type KeyScope = z.infer<typeof keyScopeSchema>;

/** `POST /hq/v1/keys`: `name` says whose it is. */
export const makeKeyRequestSchema = z.strictObject({
  scope: keyScopeSchema,
  name: z.string().trim().min(1).max(120),
});
/** The key is told this once; the server keeps its hash alone. */
export const makeKeyAnswerSchema = z.strictObject({
  key: z.string(),
  scope: keyScopeSchema,
  name: z.string(),
  createdAt: instantSchema,
});
export type MakeKeyAnswer = z.infer<typeof makeKeyAnswerSchema>;
