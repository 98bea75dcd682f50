import { z } from "zod";

/** A call of a recorded till, and what its server answered. */
const exchangeSchema = z.strictObject({
  method: z.string(),
  path: z.string(),
  /** The version of the protocol that the till and the server named, 1 where none was named. */
  till: z.number(),
  server: z.number(),
  /** Null where nothing was sent. */
  body: z.unknown(),
  status: z.number(),
  type: z.string(),
  answer: z.string(),
});
export type RecordedExchange = z.infer<typeof exchangeSchema>;

/** `lines`: a recording's `till.ndjson`. */
export function recordedExchanges(lines: string): readonly RecordedExchange[] {
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => exchangeSchema.parse(JSON.parse(line)));
}
