import { z } from "zod";

/** What the benchmark tells its engine process; `rpc` carries a frame of the till's contract as the renderer would send it. */
export const toEngineSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rpc"), frame: z.unknown() }),
  z.strictObject({ kind: z.literal("weigh") }),
  z.strictObject({ kind: z.literal("close") }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** Bytes, after a full garbage collection. */
const weightSchema = z.strictObject({
  /** What the system counts for the process. */
  rss: z.number(),
  /** Heap in use and what hangs outside it: buffers, SQLite's own. */
  held: z.number(),
  /** The most that `rss` has been so far. */
  peak: z.number(),
});
export type Weight = z.infer<typeof weightSchema>;

export const fromEngineSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("started") }),
  z.strictObject({ kind: z.literal("rpc"), frame: z.unknown() }),
  z.strictObject({ kind: z.literal("weight"), weight: weightSchema }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
