import { z } from "zod";
import { KEY_SCOPES } from "#domain/access/key-scopes.ts";
import { idSchema, instantSchema } from "../scalars.ts";

/** `hq` may do everything; `shop` places and follows orders, shares baskets and reads what customers bought; the others open a part of HQ (`domain/access`). */
export const keyScopeSchema = z.enum(KEY_SCOPES);

const MAX_CHANNELS_PER_KEY = 20;

/** `POST /hq/v1/keys`: `name` says whose it is. A shop's key that names channels reaches the orders of these alone. */
export const makeKeyRequestSchema = z
  .strictObject({
    scope: keyScopeSchema,
    name: z.string().trim().min(1).max(120),
    /** Empty: every channel's. */
    channels: z.array(idSchema<"Channel">()).max(MAX_CHANNELS_PER_KEY).default([]),
  })
  .refine(({ scope, channels }) => scope === "shop" || channels.length === 0, {
    path: ["channels"],
    message: "Only a key of scope shop can be bound to channels.",
  });

const keyRowSchema = z.strictObject({
  /** Names the key and opens nothing: the start of its hash. */
  id: z.string().regex(/^[0-9a-f]{12}$/),
  scope: keyScopeSchema,
  name: z.string(),
  channels: z.array(idSchema<"Channel">()),
  createdAt: instantSchema,
  /** Null: it never was, or not since this was noted. To the minute. */
  lastUsedAt: instantSchema.nullable(),
});

/** The key is told this once; the server keeps its hash alone. */
export const makeKeyAnswerSchema = keyRowSchema.extend({ key: z.string() });
export type MakeKeyAnswer = z.infer<typeof makeKeyAnswerSchema>;

/** `GET /hq/v1/keys`, oldest first; `DELETE /hq/v1/keys/{id}` answers `{}`, and the key opens nothing from then on. */
export const keysAnswerSchema = z.strictObject({
  keys: z.array(keyRowSchema.extend({ yours: z.boolean() })),
});
export type KeyRow = z.infer<typeof keysAnswerSchema>["keys"][number];
