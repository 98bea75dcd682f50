import { z } from "zod";
import { mutationCalled } from "./mutations.ts";
import { runSeed } from "./run-seed.ts";

/** A day that a process is asked for. */
const askedSchema = z.strictObject({
  seed: z.number().int(),
  steps: z.number().int(),
  tills: z.number().int().nullable(),
  hours: z.number(),
  folder: z.string(),
  /** The address of a PostgreSQL; null: SQLite. */
  postgres: z.string().nullable(),
  /** A seeded bug; null: the programs as they are. */
  mutation: z.string().nullable(),
});

process.on("message", (message: unknown) => {
  const { mutation, ...asked } = askedSchema.parse(message);
  const seams = mutation === null ? null : mutationCalled(mutation).seams();
  void runSeed({ ...asked, ...(seams === null ? {} : { seams }) }).then((outcome) => process.send?.(outcome));
});
// Whoever asks is gone.
process.on("disconnect", () => process.exit(0));
