import { z } from "zod";
import { type LaterRead, readAs, readLater } from "../later.ts";

/** The first version of the protocol whose tills leave out what a later server says and they do not know (SPEC S151). */
const READS_LATER_FROM = 2;

/** What each version reads to the letter: a refusal with more in it is another program's, which a till takes for being offline. */
const TO_THE_LETTER = "answer error";

const lineSchema = z.strictObject({
  of: z.string(),
  schema: z.custom<z.core.JSONSchema.JSONSchema>((value) => typeof value === "object" && value !== null),
});

/** How a till of an earlier version reads what it is told, by the schemas that it had. Both throw where its version knows nothing of the kind. */
export interface RecordedReader {
  /** Collections, and answers as `answer NAME`. */
  readonly knows: ReadonlySet<string>;
  /** As the till does it. */
  read(of: string, value: unknown): LaterRead<unknown>;
  /** Without what it does not know, also where the till itself would refuse it whole. */
  readKnown(of: string, value: unknown): LaterRead<unknown>;
}

/** `lines`: a recording's `reads.ndjson`; `version`: of the protocol that its till speaks. */
export function recordedReader(version: number, lines: string): RecordedReader {
  const schemas = new Map(
    lines
      .trimEnd()
      .split("\n")
      .map((line) => {
        const { of, schema } = lineSchema.parse(JSON.parse(line));
        return [of, z.fromJSONSchema(schema)] as const;
      }),
  );
  const schemaOf = (of: string): z.ZodType => {
    const schema = schemas.get(of);
    if (schema === undefined) throw new Error(`version ${version} reads no ${of}`);
    return schema;
  };
  return {
    knows: new Set(schemas.keys()),
    read: (of, value) => readAs(schemaOf(of), value, of !== TO_THE_LETTER && version >= READS_LATER_FROM),
    readKnown: (of, value) => readLater(schemaOf(of), value),
  };
}
