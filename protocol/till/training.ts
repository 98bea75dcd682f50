import { z } from "zod";
import { instantSchema } from "../scalars.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";

/** The training that goes on at this till; null: what is done here counts. */
export const trainingViewSchema = z.strictObject({ since: instantSchema }).nullable();
export type TrainingView = z.infer<typeof trainingViewSchema>;

export const startTrainingArgs = z.strictObject({ approval: approvalSchema.nullable().default(null) });
/** `saleOpen`: something is rung up or paid that has to be finished or parked first. */
export const START_TRAINING_REFUSALS = [...APPROVAL_REFUSALS, "saleOpen"] as const;
