import { unguarded } from "#domain/text/guarded.ts";
import { type Column, type ColumnMap, type Heading, missingHeadings, readHeading } from "./columns.ts";
import { CsvReader, type CsvRecord, DELIMITERS, type Delimiter } from "./csv-records.ts";
import type { FileRefusal, Findings } from "./report.ts";
import type { Staging } from "./staging.ts";
import { NotUtf8, utf8Text } from "./utf8-text.ts";

/** No retailer's export comes near; a body that never ends does. */
const MAX_FILE_BYTES = 4 * 1024 ** 3;
const MIN_PIECE_BYTES = 65_536;
const MAX_HANDLE_CHARS = 255;
const MAX_HEADINGS = 500;
const MAX_HEADING_CHARS = 200;

export interface ReadFile {
  readonly heading: Heading;
  readonly delimiter: Delimiter;
}

class RefusedFile extends Error {
  readonly refusal: FileRefusal;

  constructor(refusal: FileRefusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Reads a product export into the staging table. Rows that cannot be read are reported and left out; a file that as a whole is no
 * product export is refused. What is left of the stream then is read and dropped, so that the sender gets to hear the answer.
 */
export async function readFile(
  bytes: AsyncIterable<Uint8Array>,
  into: { readonly staging: Staging; readonly findings: Findings; readonly meant?: ColumnMap },
): Promise<
  { readonly ok: true; readonly file: ReadFile } | { readonly ok: false; readonly refusal: FileRefusal }
> {
  const source = bytes[Symbol.asyncIterator]();
  const chunks: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next: () => source.next() }) };
  try {
    return { ok: true, file: await stage(utf8Text(inPieces(chunks)), into) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    for await (const _dropped of chunks);
    return { ok: false, refusal };
  }
}

/** The bytes in pieces of a decent size: a record that is not complete is looked at again with each piece. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > MAX_FILE_BYTES)
      throw new RefusedFile({
        reason: "tooLarge",
        message: "The file is larger than 4 GB. Split it and import the parts. Nothing was changed.",
        line: null,
      });
    held.push(chunk);
    heldBytes += chunk.length;
    if (heldBytes < MIN_PIECE_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    heldBytes = 0;
  }
  yield Buffer.concat(held);
}

function refusalOf(error: unknown): FileRefusal | null {
  if (error instanceof RefusedFile) return error.refusal;
  if (error instanceof NotUtf8)
    return {
      reason: "notUtf8",
      message: `Line ${error.line} is not UTF-8 text. Save the file as "CSV UTF-8" and import it again. Nothing was changed.`,
      line: error.line,
    };
  return null;
}

async function stage(
  texts: AsyncIterable<string>,
  into: { readonly staging: Staging; readonly findings: Findings; readonly meant?: ColumnMap },
): Promise<ReadFile> {
  let begun: { readonly reader: CsvReader; readonly file: ReadFile } | null = null;
  let opening = "";
  for await (const text of texts) {
    if (begun !== null) {
      stageRecords(begun.reader.read(text, false), begun.file.heading, into);
      continue;
    }
    opening += text;
    begun = begin(opening, { final: false, into });
  }
  begun ??= begin(opening, { final: true, into });
  if (begun === null) throw new RefusedFile({ reason: "empty", message: "The file is empty.", line: null });
  stageRecords(begun.reader.read("", true), begun.file.heading, into);
  return begun.file;
}

/** Finds the heading and with it the sign between columns. Null when more text is needed. */
function begin(
  opening: string,
  {
    final,
    into,
  }: {
    readonly final: boolean;
    readonly into: { readonly staging: Staging; readonly findings: Findings; readonly meant?: ColumnMap };
  },
): { readonly reader: CsvReader; readonly file: ReadFile } | null {
  const found = DELIMITERS.map((delimiter) => ({
    delimiter,
    first: new CsvReader(delimiter).read(opening, final).next().value ?? null,
  }));
  if (!final && found.some(({ first }) => first === null)) return null;
  const best = bestHeading(found, into.meant);
  if (best === null) {
    if (opening.trim() === "") return null;
    throw new RefusedFile(noHeading(found.map(({ first }) => first)));
  }
  const missing = missingHeadings(best.heading);
  if (missing.length > 0) {
    const first = found.find(({ delimiter }) => delimiter === best.delimiter)?.first;
    const headings = first?.kind === "fields" ? first.fields : [];
    throw new RefusedFile(wrongHeading(best.heading, { missing, headings }));
  }
  const reader = new CsvReader(best.delimiter);
  const records = reader.read(opening, final);
  records.next();
  stageRecords(records, best.heading, into);
  return { reader, file: { heading: best.heading, delimiter: best.delimiter } };
}

function bestHeading(
  found: readonly { readonly delimiter: Delimiter; readonly first: CsvRecord | null }[],
  meant: ColumnMap | undefined,
): ReadFile | null {
  let best: ReadFile | null = null;
  for (const { delimiter, first } of found) {
    if (first?.kind !== "fields") continue;
    const heading = readHeading(first.fields, meant);
    const isBetter =
      best === null ||
      heading.positions.size > best.heading.positions.size ||
      (heading.positions.size === best.heading.positions.size && heading.width > best.heading.width);
    if (isBetter) best = { heading, delimiter };
  }
  return best;
}

function noHeading(firsts: readonly (CsvRecord | null)[]): FileRefusal {
  const line = firsts.find((first) => first !== null)?.line ?? 1;
  if (firsts.some((first) => first?.kind === "tooLong"))
    return {
      reason: "lineTooLong",
      message: "The first line is far longer than the heading of any product export. Nothing was changed.",
      line,
    };
  return {
    reason: "brokenQuoting",
    message:
      "The quotes in the heading do not pair up, so the columns cannot be told apart. Nothing was changed.",
    line,
  };
}

function wrongHeading(
  heading: Heading,
  { missing, headings }: { readonly missing: readonly string[]; readonly headings: readonly string[] },
): FileRefusal {
  if (heading.positions.size === 0 && heading.width === 1)
    return {
      reason: "notCsv",
      message: "This is not a CSV file: its first line has no columns. Nothing was changed.",
      line: 1,
    };
  return {
    reason: "missingColumns",
    message: `This is not a product export: the heading lacks ${missing.join(" and ")}. Nothing was changed.`,
    line: 1,
    headings: headings.slice(0, MAX_HEADINGS).map((each) => each.trim().slice(0, MAX_HEADING_CHARS)),
  };
}

function stageRecords(
  records: Iterable<CsvRecord>,
  heading: Heading,
  { staging, findings }: { readonly staging: Staging; readonly findings: Findings },
): void {
  for (const record of records) {
    findings.rows += 1;
    if (record.kind !== "fields") {
      findings.problem({
        line: record.line,
        handle: null,
        column: null,
        reason: record.kind,
        value: record.start,
        effect: "row",
      });
      continue;
    }
    stageRow(record, heading, { staging, findings });
  }
}

function stageRow(
  record: Extract<CsvRecord, { readonly kind: "fields" }>,
  heading: Heading,
  { staging, findings }: { readonly staging: Staging; readonly findings: Findings },
): void {
  const { line, fields } = record;
  const leftOut = { line, column: null, effect: "row" } as const;
  if (fields.length < heading.width || fields.slice(heading.width).some((extra) => extra.trim() !== "")) {
    const value = `${fields.length} columns instead of ${heading.width}`;
    findings.problem({ ...leftOut, handle: null, reason: "wrongColumnCount", value });
    return;
  }
  const known: Partial<Record<Column, string>> = {};
  const isGuarded = heading.positions.has("guarded");
  for (const [column, position] of heading.positions) {
    const text = fields[position]?.trim() ?? "";
    const value = isGuarded ? unguarded(text) : text;
    if (value !== "") known[column] = value;
  }
  const handle = known.handle ?? "";
  if (handle === "") {
    if (Object.keys(known).length === 0) return;
    findings.problem({ ...leftOut, handle: null, reason: "missingHandle", value: known.title ?? "" });
    return;
  }
  if (handle.length > MAX_HANDLE_CHARS) {
    findings.problem({ ...leftOut, handle: null, reason: "tooLong", value: handle });
    return;
  }
  if (isPictureOnly(known)) return;
  staging.add(handle, { line, fields: known });
}

/** Shopify gives every further picture of a product a row of its own, which says nothing about variants. */
function isPictureOnly(fields: Readonly<Partial<Record<Column, string>>>): boolean {
  const saysVariant =
    fields.title ??
    fields.sku ??
    fields.price ??
    fields.barcode ??
    fields.option1Value ??
    fields.option2Value ??
    fields.option3Value;
  return saysVariant === undefined && (fields.image ?? fields.variantImage) !== undefined;
}
