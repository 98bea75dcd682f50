import { z } from "zod";
import { idSchema } from "#protocol/scalars.ts";

/** What a light till is: enrolled, its replica as far as the server has come, nothing in its journal. Written by the bench, read by the process of the tills. */
export const cardSchema = z.strictObject({
  device: idSchema<"Device">(),
  store: idSchema<"Store">(),
  storeCode: z.string(),
  register: z.number(),
  staff: idSchema<"Staff">(),
  token: z.string(),
  /** PKCS #8 in PEM. */
  privateKey: z.string(),
});
export type Card = z.infer<typeof cardSchema>;

export const fleetSchema = z.strictObject({
  cards: z.array(cardSchema),
  /** The checkpoints of each store, by collection. */
  checkpoints: z.record(z.string(), z.record(z.string(), z.string())),
  /** Of the articles there are, those that are sold: the first ones. */
  sold: z.number().int().positive(),
});
export type Fleet = z.infer<typeof fleetSchema>;
