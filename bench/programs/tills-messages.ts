import { z } from "zod";
import { replicaCollectionSchema } from "#protocol/documents/collections.ts";
import { PULLING } from "../light-till/till.ts";

const count = z.number().int().nonnegative();
/** Tills by their places in the fleet: from this one up to that one, which is not in it. */
const range = z.strictObject({ from: count, to: count });
const pace = z.strictObject({ perSecond: z.number().positive(), lines: count });

/** What the bench asks of the process of the light tills. */
export const tillsAskSchema = z.discriminatedUnion("verb", [
  z.strictObject({ verb: z.literal("connect"), range, everyMs: z.number().nonnegative() }),
  z.strictObject({ verb: z.literal("forgetInSync") }),
  z.strictObject({ verb: z.literal("inSync"), range }),
  z.strictObject({
    verb: z.literal("prepare"),
    range,
    sales: z.strictObject({ count, lines: count, agoMs: count }),
  }),
  z.strictObject({
    verb: z.literal("sell"),
    range,
    pace: pace.extend({ seconds: z.number().positive() }),
  }),
  z.strictObject({ verb: z.literal("beginSelling"), range, pace }),
  z.strictObject({ verb: z.literal("endSelling") }),
  z.strictObject({ verb: z.literal("pushAll"), range }),
  z.strictObject({ verb: z.literal("await"), collection: replicaCollectionSchema }),
  z.strictObject({ verb: z.literal("arrived") }),
  z.strictObject({ verb: z.literal("reached"), range, seq: count }),
  z.strictObject({ verb: z.literal("firstSyncs"), range, collections: z.array(replicaCollectionSchema) }),
  z.strictObject({ verb: z.literal("wire") }),
]);
export type TillsAsk = z.infer<typeof tillsAskSchema>;

const times = z.array(z.number());
const sold = z.strictObject({
  sales: z.array(z.strictObject({ dueAt: z.number(), ackMs: z.number() })),
  woken: times,
  unheard: count,
});

/** What each is answered with. */
export const TILLS_ANSWERS = {
  connect: times,
  forgetInSync: z.null(),
  inSync: times,
  prepare: z.number(),
  sell: sold,
  beginSelling: z.null(),
  endSelling: sold,
  pushAll: times,
  await: z.null(),
  arrived: z.strictObject({ woken: times, unheard: count, had: times }),
  reached: times,
  firstSyncs: times,
  wire: z.strictObject({ sent: count, received: count }),
} as const satisfies Record<TillsAsk["verb"], z.ZodType>;
export type TillsAnswer<V extends TillsAsk["verb"]> = z.output<(typeof TILLS_ANSWERS)[V]>;

export const toTillsSchema = z.strictObject({ id: count, ask: tillsAskSchema });
export const fromTillsSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  z.strictObject({ kind: z.literal("answer"), id: count, value: z.unknown() }),
  z.strictObject({ kind: z.literal("failed"), id: count, why: z.string() }),
]);

export const tillsSettingsSchema = z.strictObject({
  /** File of the fleet. */
  fleet: z.string(),
  host: z.string(),
  port: count,
  ca: z.string(),
  pulls: z.enum(PULLING),
});
export type TillsSettings = z.infer<typeof tillsSettingsSchema>;
