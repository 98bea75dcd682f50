import type { z } from "zod";
import { type BulkAnswerRow, MAX_BULK_LINE_BYTES } from "#protocol/hq/bulk.ts";
import { isTooDeep } from "#protocol/json-depth.ts";
import type { Publication, Publisher } from "../../sync/publisher.ts";
import { type Line, linesOf } from "./lines.ts";

/** Lines that are written in one transaction: between two of them others get their turn. */
const PER_SLICE = 100;
const MAX_DETAILS = 5;

/** What came of a line: whether anything was changed, or why not. */
export type LineOutcome =
  | { readonly ok: true; readonly changed: boolean }
  | {
      readonly ok: false;
      readonly reason: Extract<BulkAnswerRow, { readonly ok: false }>["reason"];
      readonly details: readonly string[];
    };

export interface BulkWork<S extends z.ZodType> {
  readonly schema: S;
  /** Writes what one line says, or nothing. */
  readonly apply: (publication: Publication, line: z.output<S>, row: number) => Promise<LineOutcome>;
}

/** Does what each line of NDJSON says and answers each with a line, in their order, as they are done. */
export async function* bulkAnswers<S extends z.ZodType>(
  bytes: AsyncIterable<Uint8Array>,
  { schema, apply }: BulkWork<S>,
  publisher: Publisher,
): AsyncGenerator<Buffer> {
  let slice: Line[] = [];
  for await (const line of linesOf(bytes, MAX_BULK_LINE_BYTES)) {
    slice.push(line);
    if (slice.length < PER_SLICE) continue;
    yield await answered(slice, { schema, apply }, publisher);
    slice = [];
  }
  if (slice.length > 0) yield await answered(slice, { schema, apply }, publisher);
}

async function answered<S extends z.ZodType>(
  slice: readonly Line[],
  { schema, apply }: BulkWork<S>,
  publisher: Publisher,
): Promise<Buffer> {
  const rows = await publisher.publish(async (publication) => {
    const done: BulkAnswerRow[] = [];
    for (const { row, text } of slice) {
      const read = readLine(schema, text);
      const outcome = read.ok ? await apply(publication, read.value, row) : read;
      done.push(
        outcome.ok
          ? { row, ok: true, changed: outcome.changed }
          : { row, ok: false, reason: outcome.reason, details: [...outcome.details] },
      );
    }
    return done;
  });
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""), "utf8");
}

function readLine<S extends z.ZodType>(
  schema: S,
  text: string | null,
): { readonly ok: true; readonly value: z.output<S> } | Extract<LineOutcome, { readonly ok: false }> {
  if (text === null) return { ok: false, reason: "tooLong", details: [] };
  if (isTooDeep(text)) return { ok: false, reason: "notJson", details: [] };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: "notJson", details: [] };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const details = parsed.error.issues
    .slice(0, MAX_DETAILS)
    .map((issue) => `${issue.path.join(".") || "line"}: ${issue.message}`);
  return { ok: false, reason: "wrongForm", details };
}
