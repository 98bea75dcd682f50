import { z } from "zod";
import { versionSchema } from "#protocol/updates.ts";
import type { UpdaterState } from "../engine/updates/port.ts";

const updaterStateSchema: z.ZodType<UpdaterState> = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("none") }),
  z.strictObject({ state: z.enum(["downloading", "downloaded", "failed"]), version: versionSchema }),
]);

/** What main tells the engine's process. A `client` message carries one MessagePort. */
export const toEngineSchema = z.discriminatedUnion("kind", [
  /** Comes first, once. The vault's key travels here and not on the command line, where other programs could read it. */
  z.strictObject({
    kind: z.literal("start"),
    dataDir: z.string(),
    vaultKey: z.string().nullable(),
    pairing: z.strictObject({ server: z.string(), code: z.string() }).nullable(),
    version: versionSchema,
    /** Null: later versions come by hand. */
    update: updaterStateSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal("update"), update: updaterStateSchema }),
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
  z.strictObject({ kind: z.literal("downloadUpdate"), version: versionSchema }),
  z.strictObject({ kind: z.literal("installUpdate") }),
  /** The engine cannot start; `message` is for a person. */
  z.strictObject({ kind: z.literal("failed"), message: z.string() }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
