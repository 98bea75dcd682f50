import { parentPort } from "node:worker_threads";
import { z } from "zod";
import { mutationCalled } from "./mutations.ts";
import { runSeed } from "./run-seed.ts";

/** A day that a thread is asked for. */
const askedSchema = z.strictObject({
  seed: z.number().int(),
  steps: z.number().int(),
  tills: z.number().int().nullable(),
  hours: z.number(),
  /** A seeded bug; null: the programs as they are. */
  mutation: z.string().nullable(),
});

parentPort?.on("message", (message: unknown) => {
  const { mutation, ...asked } = askedSchema.parse(message);
  const seams = mutation === null ? null : mutationCalled(mutation).seams();
  void runSeed({ ...asked, ...(seams === null ? {} : { seams }) }).then((outcome) =>
    parentPort?.postMessage(outcome),
  );
});
