import { z } from "zod";
import { replicaCollectionSchema } from "../documents/collections.ts";

/** How often the stream says that it is still there, in milliseconds. A till that hears nothing for three of them reconnects. */
export const HEARTBEAT_MS = 15_000;

/** `GET /sync/v1/changes`: server-sent events `wake` with this as data; a wake-up only, data is always pulled. */
export const wakeSchema = z.strictObject({ collections: z.array(replicaCollectionSchema).min(1) });
export type Wake = z.infer<typeof wakeSchema>;
