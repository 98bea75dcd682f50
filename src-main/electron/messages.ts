import { z } from "zod";

/** What main tells the engine's process. A `client` message carries one MessagePort. */
export const toEngineSchema = z.discriminatedUnion("kind", [
  /** Comes first, once. The vault's key travels here and not on the command line, where other programs could read it. */
  z.strictObject({
    kind: z.literal("start"),
    dataDir: z.string(),
    vaultKey: z.string().nullable(),
    pairing: z.strictObject({ server: z.string(), code: z.string() }).nullable(),
  }),
  z.strictObject({ kind: z.literal("client") }),
  z.strictObject({
    kind: z.literal("picture"),
    id: z.number().int(),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.strictObject({ kind: z.literal("close") }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** What the engine's process tells main. */
export const fromEngineSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({
    kind: z.literal("picture"),
    id: z.number().int(),
    picture: z.strictObject({ mime: z.string(), bytes: z.string() }).nullable(),
  }),
  /** The engine cannot start; `message` is for a person. */
  z.strictObject({ kind: z.literal("failed"), message: z.string() }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
