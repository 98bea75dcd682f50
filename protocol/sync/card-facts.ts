import { z } from "zod";
import { REVERSAL_CAUSES, TERMINAL_ACTS } from "#domain/payments/facts.ts";
import { idSchema, moneySchema } from "../scalars.ts";

const actShape = {
  service: z.string().min(1).max(10),
  basket: idSchema<"Basket">(),
  tender: idSchema<"Tender">(),
  amount: moneySchema.refine(({ minor }) => minor > 0, "money that is moved is above zero"),
};

/** What happened with a card and is on no ticket. */
export const CARD_FACT_SCHEMAS = [
  z.strictObject({
    type: z.literal("card.reversed"),
    ...actShape,
    reference: z.string().min(1).max(128),
    cause: z.enum(REVERSAL_CAUSES),
  }),
  z.strictObject({
    type: z.literal("card.settledByHand"),
    ...actShape,
    act: z.enum(TERMINAL_ACTS),
    happened: z.boolean(),
    approvalCode: z.string().min(1).max(40).nullable(),
    reason: z.string().trim().min(1).max(500),
    approvedBy: idSchema<"Staff">().nullable(),
  }),
] as const;
