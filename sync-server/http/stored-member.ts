import { crc32 } from "node:zlib";

/** Member of gzip (RFC 1952) without a name, of no time and of an unknown system. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** The last block, stored as it is (RFC 1951, 3.2.4), which has no more bytes than this. */
const LAST_STORED = 1;
const MOST_BYTES = 0xffff;
const BLOCK_HEAD = 5;
const FOOT = 8;

/**
 * A short text as a member of gzip that is not packed: a state of the packer, 256 kB that are asked for and let go of, costs more of the thread than a whole answer. Throws where the text is
 * longer than 65,535 bytes.
 */
export function storedMember(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > MOST_BYTES) throw new Error("the text is too long to be stored in one block");
  const around = Buffer.allocUnsafe(BLOCK_HEAD + FOOT);
  around.writeUInt8(LAST_STORED, 0);
  around.writeUInt16LE(bytes.length, 1);
  around.writeUInt16LE(MOST_BYTES - bytes.length, 3);
  around.writeUInt32LE(crc32(bytes), BLOCK_HEAD);
  around.writeUInt32LE(bytes.length, BLOCK_HEAD + 4);
  return Buffer.concat([HEAD, around.subarray(0, BLOCK_HEAD), bytes, around.subarray(BLOCK_HEAD)]);
}
