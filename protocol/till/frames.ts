import { z } from "zod";

/**
 * What travels between renderer and engine, over a MessagePort or a WebSocket alike. The renderer asks (`call`) or
 * watches (`watch`, `unwatch`); the engine answers each call once and sends each watched view whenever it changes.
 */
export const requestFrameSchema = z.discriminatedUnion("frame", [
  z.strictObject({
    frame: z.literal("call"),
    id: z.number().int().positive(),
    verb: z.string().max(64),
    args: z.unknown(),
  }),
  z.strictObject({ frame: z.literal("watch"), id: z.number().int().positive(), view: z.string().max(64) }),
  z.strictObject({ frame: z.literal("unwatch"), id: z.number().int().positive() }),
]);
export type RequestFrame = z.infer<typeof requestFrameSchema>;

export const responseFrameSchema = z.discriminatedUnion("frame", [
  z.strictObject({ frame: z.literal("answer"), id: z.number().int().positive(), value: z.unknown() }),
  /** The engine could not do it at all: bad arguments, unknown verb, or a defect. Refusals of the shop are answers. */
  z.strictObject({
    frame: z.literal("fault"),
    id: z.number().int().positive(),
    reason: z.enum(["badArguments", "unknownVerb", "internal"]),
    message: z.string(),
  }),
  z.strictObject({ frame: z.literal("view"), id: z.number().int().positive(), value: z.unknown() }),
]);
export type ResponseFrame = z.infer<typeof responseFrameSchema>;

export const MAX_FRAME_BYTES = 8 * 1024 * 1024;
