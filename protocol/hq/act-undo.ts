import { z } from "zod";

/** How far an import or a change of many products is taken back. */
export const actUndoSchema = z.strictObject({
  state: z.enum(["running", "done"]),
  /** Changes of products, prices, costs and stock that were taken back, and those that others have gone over since. */
  undone: z.number().int().nonnegative(),
  kept: z.number().int().nonnegative(),
  /** The first of those that stay. */
  left: z
    .array(z.strictObject({ what: z.enum(["product", "price", "cost", "stock"]), name: z.string() }))
    .max(20),
});
export type ActUndoAnswer = z.infer<typeof actUndoSchema>;
