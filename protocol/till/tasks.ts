import { z } from "zod";
import { exceptionKindSchema } from "../documents/notice.ts";
import { idSchema, instantSchema, skuSchema, textSchema } from "../scalars.ts";
import { countedSchema } from "../sync/entry.ts";

/** Tasks shown at once: the oldest. */
export const MAX_TASKS_SHOWN = 100;

/** What HQ asks the store to do: count an article on the shelf. Nothing says how many there should be, so that the count is an honest one. */
export const taskSchema = z.strictObject({
  id: idSchema<"Notice">(),
  /** Why it is to be counted. */
  kind: exceptionKindSchema,
  variant: idSchema<"Variant">(),
  /** Null where this till's catalogue has not heard of the article. */
  article: z
    .strictObject({
      sku: skuSchema,
      name: textSchema,
      options: z.array(textSchema),
    })
    .nullable(),
  askedAt: instantSchema,
  /** Who asked for it, and what they said. */
  by: textSchema,
  note: textSchema,
});
export type Task = z.infer<typeof taskSchema>;

/** View `tasks`: what waits for somebody of this store, the oldest first. What this till did is gone from it at once, with and without the server. */
export const tasksViewSchema = z.array(taskSchema).max(MAX_TASKS_SHOWN);

export const countStockArgs = z.strictObject({ task: idSchema<"Notice">(), counted: countedSchema });
/** Why nothing was counted. */
export const TASK_REFUSALS = ["notSignedIn", "notPermitted", "noSuchTask", "storage"] as const;
