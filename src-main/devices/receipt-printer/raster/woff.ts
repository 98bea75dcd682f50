import { inflateSync } from "node:zlib";

const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;
const SIGNATURE = "wOFF";

/** A font as shaping takes it (sfnt), out of the web's packaging (WOFF 1). Throws on anything else. */
export function unpackWoff(woff: Buffer): Uint8Array {
  if (woff.toString("latin1", 0, SIGNATURE.length) !== SIGNATURE) throw new Error("the font is no WOFF");
  const count = woff.readUInt16BE(12);
  const head = Buffer.alloc(SFNT_HEADER_BYTES + SFNT_ENTRY_BYTES * count);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(count, 4);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let index = 0; index < count; index += 1) {
    const entry = WOFF_HEADER_BYTES + WOFF_ENTRY_BYTES * index;
    const length = woff.readUInt32BE(entry + 12);
    const table = tableAt(woff, entry, length);
    const at = SFNT_HEADER_BYTES + SFNT_ENTRY_BYTES * index;
    woff.copy(head, at, entry, entry + 4);
    head.writeUInt32BE(woff.readUInt32BE(entry + 16), at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(length, at + 12);
    // Every table begins at a multiple of four bytes.
    const padding = Buffer.alloc((4 - (length % 4)) % 4);
    parts.push(table, padding);
    offset += length + padding.length;
  }
  return Buffer.concat(parts);
}

/** A table is packed only where that makes it smaller. */
function tableAt(woff: Buffer, entry: number, length: number): Buffer {
  const start = woff.readUInt32BE(entry + 4);
  const packedLength = woff.readUInt32BE(entry + 8);
  const packed = woff.subarray(start, start + packedLength);
  return packedLength < length ? inflateSync(packed) : packed;
}
