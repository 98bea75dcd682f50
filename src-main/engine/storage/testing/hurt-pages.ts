import { readFileSync, writeFileSync } from "node:fs";

/** Of SQLite's file (https://www.sqlite.org/fileformat2.html): where it says how large its pages are, and how a leaf of an index begins. */
const PAGE_SIZE_AT = 16;
const LEAF_OF_INDEX = 0x0a;

/** The places of a database's pages that hold this text, but of its first. */
function* pagesWith(
  bytes: Buffer,
  text: string,
): Generator<{ readonly from: number; readonly until: number }> {
  const size = bytes.readUInt16BE(PAGE_SIZE_AT);
  for (let from = size; from < bytes.length; from += size)
    if (bytes.subarray(from, from + size).includes(text)) yield { from, until: from + size };
}

/** As `pagesWith`, of those that are leaves of an index. */
export function* indexLeavesWith(bytes: Buffer, text: string): ReturnType<typeof pagesWith> {
  for (const page of pagesWith(bytes, text)) if (bytes[page.from] === LEAF_OF_INDEX) yield page;
}

/** Every page of a database, but its first, that holds one of these texts is no page any more. */
export function hurtPages(path: string, ...having: readonly string[]): void {
  const bytes = readFileSync(path);
  const pages = having.flatMap((text) => [...pagesWith(bytes, text)]);
  for (const { from, until } of pages) bytes.fill(0xee, from, until);
  writeFileSync(path, bytes);
}
