/** Longest record read, in UTF-16 units; a product's description is the longest thing in an export and far below it. */
export const MAX_RECORD_CHARS = 1_048_576;

/** Most columns a record may have; an export with every market and metafield of a large shop has hundreds. */
const MAX_FIELDS = 4_000;

/** What may stand between columns: Shopify's comma, the semicolon of spreadsheets where the comma is the decimal sign, the tab. */
export const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export type CsvRecord =
  | { readonly kind: "fields"; readonly line: number; readonly fields: readonly string[] }
  /** Quotes that do not pair up; reading goes on with the next line. */
  | { readonly kind: "brokenQuoting"; readonly line: number; readonly start: string }
  | { readonly kind: "tooLong"; readonly line: number; readonly start: string };

type Parsed =
  | { readonly kind: "fields"; readonly fields: readonly string[]; readonly end: number }
  | { readonly kind: "broken" }
  | { readonly kind: "tooWide" }
  | { readonly kind: "incomplete" };

const BREAK = /\r\n|\n|\r/g;
const SHOWN_CHARS = 120;

/**
 * Splits a stream of CSV text (RFC 4180; line breaks of any kind) into records, one at a time and with the true line of the file
 * on which each begins. It holds one record and one chunk at most. Blank lines are passed over. A record whose quotes are broken is
 * given up at the end of its first line, so that one forgotten quote does not swallow the rest of the file.
 */
export class CsvReader {
  readonly #delimiter: Delimiter;
  readonly #unquoted: RegExp;
  #pending = "";
  #line = 1;
  /** Within a record that was too long: everything up to the next line break is dropped. */
  #skipping = false;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
    this.#unquoted = new RegExp(`[^${delimiter}\\r\\n"]*`, "y");
  }

  /** Takes more text and yields the records that are complete with it; `final` when no more will come. */
  *read(text: string, final: boolean): Generator<CsvRecord> {
    this.#pending += text;
    let at = 0;
    while (at < this.#pending.length) {
      if (this.#skipping) {
        const next = this.#afterLineBreak(at, final);
        if (next === null) {
          at = this.#keepCarriageReturn(final);
          break;
        }
        this.#skipping = false;
        at = this.#advance(at, next);
        continue;
      }
      const step = this.#next(at, final);
      if (step === null) break;
      at = step.at;
      if (step.record !== null) yield step.record;
    }
    this.#pending = this.#pending.slice(at);
  }

  #next(at: number, final: boolean): { readonly at: number; readonly record: CsvRecord | null } | null {
    const line = this.#line;
    const parsed = this.#parse(at, final);
    if (parsed.kind === "tooWide") return this.#skipLine(at);
    const length = (parsed.kind === "fields" ? parsed.end : this.#pending.length) - at;
    const isTooLong = length > MAX_RECORD_CHARS;
    if (parsed.kind === "fields" && !isTooLong) {
      const isBlank = parsed.fields.length === 1 && parsed.fields[0]?.trim() === "";
      const record: CsvRecord | null = isBlank ? null : { kind: "fields", line, fields: parsed.fields };
      return { at: this.#advance(at, parsed.end), record };
    }
    if (parsed.kind === "incomplete" && !isTooLong) return null;
    const start = firstLine(this.#pending.slice(at, at + SHOWN_CHARS));
    const next = this.#afterLineBreak(at, final);
    if (next !== null) {
      const kind = next - at > MAX_RECORD_CHARS ? "tooLong" : "brokenQuoting";
      return { at: this.#advance(at, next), record: { kind, line, start } };
    }
    return isTooLong ? this.#skipLine(at) : null;
  }

  #skipLine(at: number): { readonly at: number; readonly record: CsvRecord } {
    this.#skipping = true;
    const start = firstLine(this.#pending.slice(at, at + SHOWN_CHARS));
    return { at, record: { kind: "tooLong", line: this.#line, start } };
  }

  #parse(start: number, final: boolean): Parsed {
    const text = this.#pending;
    const fields: string[] = [];
    let at = start;
    for (;;) {
      const field = text[at] === '"' ? this.#quoted(at, final) : this.#plain(at);
      if (field.kind !== "field") return field;
      if (fields.length === MAX_FIELDS) return { kind: "tooWide" };
      fields.push(field.value);
      const sign = text[field.end];
      if (sign === this.#delimiter) {
        at = field.end + 1;
        continue;
      }
      if (sign === undefined)
        return final ? { kind: "fields", fields, end: text.length } : { kind: "incomplete" };
      if (sign !== "\n" && sign !== "\r") return { kind: "broken" };
      if (sign === "\r" && field.end + 1 === text.length && !final) return { kind: "incomplete" };
      return { kind: "fields", fields, end: field.end + (text.startsWith("\r\n", field.end) ? 2 : 1) };
    }
  }

  #plain(at: number): { readonly kind: "field"; readonly value: string; readonly end: number } {
    this.#unquoted.lastIndex = at;
    const value = this.#unquoted.exec(this.#pending)?.[0] ?? "";
    return { kind: "field", value, end: at + value.length };
  }

  #quoted(
    at: number,
    final: boolean,
  ):
    | { readonly kind: "field"; readonly value: string; readonly end: number }
    | Exclude<Parsed, { kind: "fields" }> {
    const text = this.#pending;
    let from = at + 1;
    for (;;) {
      const quote = text.indexOf('"', from);
      if (quote === -1) return final ? { kind: "broken" } : { kind: "incomplete" };
      // A quote at the very end may yet turn out to be the first of two.
      if (quote + 1 === text.length && !final) return { kind: "incomplete" };
      if (text[quote + 1] === '"') {
        from = quote + 2;
        continue;
      }
      return { kind: "field", value: text.slice(at + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
  }

  /** Index after the next line break; null when it has not come yet. The end of the file counts as one. */
  #afterLineBreak(at: number, final: boolean): number | null {
    BREAK.lastIndex = at;
    const found = BREAK.exec(this.#pending);
    if (found === null) return final ? this.#pending.length : null;
    const end = found.index + found[0].length;
    return found[0] === "\r" && end === this.#pending.length && !final ? null : end;
  }

  #keepCarriageReturn(final: boolean): number {
    return !final && this.#pending.endsWith("\r") ? this.#pending.length - 1 : this.#pending.length;
  }

  #advance(from: number, to: number): number {
    this.#line += this.#pending.slice(from, to).match(BREAK)?.length ?? 0;
    return to;
  }
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? "";
}
