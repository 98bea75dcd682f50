import { crc32 } from "node:zlib";
import type { JournalDocument } from "../database.ts";

/** An entry as a copy of the journal has it. */
export interface Mark {
  /** Of its document: ids sort as entries do. */
  readonly id: string;
  /** CRC-32 of its text: two copies that agree in it have the same text. */
  readonly sum: number;
}

/** An entry's line in the second copy. */
export interface CopyLine extends Mark {
  /** Where its text lies in the file, bytes. */
  readonly at: number;
  readonly bytes: number;
  /** Lines of its commit, and how many of them follow it. */
  readonly of: number;
  readonly toFollow: number;
}

export interface CopyRead {
  /** Lines that are as they were written, of commits that are whole. */
  readonly lines: readonly CopyLine[];
  /** Where the next line goes, bytes: behind the last whole commit. */
  readonly end: number;
  /** Something lies behind that besides zeros, which are room: a commit that was cut off, or one that was hurt. */
  readonly isTorn: boolean;
  /** There is a whole line among it that was hurt: what was cut off has no end, or zeros in it, which no line has. */
  readonly isEndHurt: boolean;
  /** Lines before that which are not as they were written. */
  readonly damaged: number;
}

const LINE_END = 0x0a;
/** `checksum to-follow/of id text`: each but the last of a fixed width. */
const HEAD = /^([0-9a-f]{8}) ([0-9a-f]{6})\/([0-9a-f]{6}) (\d{6}-\d{12}) $/;
const SUM_DIGITS = 8;
const COUNT_DIGITS = 6;
const ID_CHARS = 19;
const HEAD_BYTES = SUM_DIGITS + 1 + COUNT_DIGITS + 1 + COUNT_DIGITS + 1 + ID_CHARS + 1;
/** What the checksum is of begins behind it. */
const SUMMED_FROM = SUM_DIGITS + 1;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** The checksum by which two copies of an entry are compared. */
export function sumOf(text: string | Buffer): number {
  return crc32(text);
}

/**
 * The documents of one commit as lines of the second copy. Each says how many its commit has and how many follow, so that a commit which a power
 * cut tore is told from one that is whole.
 */
export function linesOf(documents: readonly Pick<JournalDocument, "id" | "entry">[]): Buffer {
  const of = hex(documents.length, COUNT_DIGITS);
  const lines = documents.map(({ id, entry }, index) => {
    const summed = `${hex(documents.length - 1 - index, COUNT_DIGITS)}/${of} ${id} ${entry}`;
    return `${hex(crc32(summed), SUM_DIGITS)} ${summed}\n`;
  });
  return Buffer.from(lines.join(""), "utf8");
}

const nothingSince = () => ({ lines: [], damaged: 0, isHurt: false });

/** Reads a second copy out of pieces of it, which may be cut anywhere. */
export class CopyReader {
  readonly #lines: CopyLine[] = [];
  /** Lines since the last commit that is whole: at the end of the file they are what a power cut left. */
  #since: { lines: CopyLine[]; damaged: number; isHurt: boolean } = nothingSince();
  /** The last so many lines are the beginning of one commit, without a gap. */
  #run = 0;
  #damaged = 0;
  #rest: Buffer = Buffer.alloc(0);
  /** Where `#rest` begins. */
  #at = 0;
  #end = 0;

  take(piece: Buffer): void {
    const text = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    let from = 0;
    for (let end = text.indexOf(LINE_END); end >= 0; end = text.indexOf(LINE_END, from)) {
      this.#take(text.subarray(from, end), this.#at + from);
      from = end + 1;
    }
    this.#rest = text.subarray(from);
    this.#at += from;
  }

  end(): CopyRead {
    const { lines, damaged, isHurt } = this.#since;
    const isTorn = lines.length > 0 || damaged > 0 || !this.#rest.equals(Buffer.alloc(this.#rest.length));
    return { lines: this.#lines, end: this.#end, isTorn, isEndHurt: isHurt, damaged: this.#damaged };
  }

  #take(text: Buffer, at: number): void {
    const line = lineOf(text, at);
    const since = this.#since;
    if (line === null) {
      this.#run = 0;
      since.damaged += 1;
      since.isHurt ||= !text.includes(0);
      return;
    }
    const before = this.#run === 0 ? undefined : since.lines.at(-1);
    const goesOn = before?.of === line.of && before.toFollow === line.toFollow + 1;
    this.#run = goesOn ? this.#run + 1 : Number(line.toFollow === line.of - 1);
    since.lines.push(line);
    if (line.toFollow > 0 || this.#run < line.of) return;
    this.#lines.push(...since.lines);
    this.#damaged += since.damaged;
    this.#since = nothingSince();
    this.#run = 0;
    this.#end = at + text.length + 1;
  }
}

/** Null where it is not as it was written. */
function lineOf(text: Buffer, at: number): CopyLine | null {
  const [, sum, toFollow, of, id] = HEAD.exec(text.toString("latin1", 0, HEAD_BYTES)) ?? [];
  if (sum === undefined || toFollow === undefined || of === undefined || id === undefined) return null;
  if (crc32(text.subarray(SUMMED_FROM)) !== Number.parseInt(sum, 16)) return null;
  const entry = text.subarray(HEAD_BYTES);
  return {
    id,
    sum: sumOf(entry),
    at: at + HEAD_BYTES,
    bytes: entry.length,
    of: Number.parseInt(of, 16),
    toFollow: Number.parseInt(toFollow, 16),
  };
}
