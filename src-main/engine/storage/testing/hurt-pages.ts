import { readFileSync, writeFileSync } from "node:fs";

/** Where SQLite's file says how large its pages are (https://www.sqlite.org/fileformat2.html#page_size). */
const PAGE_SIZE_AT = 16;

/** Every page of a database, but its first, that holds one of these texts is no page any more. */
export function hurtPages(path: string, ...having: readonly string[]): void {
  const bytes = readFileSync(path);
  const size = bytes.readUInt16BE(PAGE_SIZE_AT);
  for (let at = size; at < bytes.length; at += size)
    if (having.some((text) => bytes.subarray(at, at + size).includes(text))) bytes.fill(0xee, at, at + size);
  writeFileSync(path, bytes);
}
