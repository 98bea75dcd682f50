import { crc32 } from "node:zlib";
import { PNG } from "pngjs";

/** Of a chunk's name, its length and its checksum each, and of the checksum within the pixels. */
const BYTES = 4;

/** A small half-transparent picture whose pixels are whole while the checksum at their end is wrong, as a sloppy program or a bad disk leaves it: base64. */
export function damagedLogo(): string {
  const picture = new PNG({ width: 8, height: 8 });
  picture.data.fill(0x80);
  const bytes = PNG.sync.write(picture);
  const at = bytes.indexOf("IDAT");
  const end = at + BYTES + bytes.readUInt32BE(at - BYTES);
  bytes.fill(0xaa, end - BYTES, end);
  bytes.writeUInt32BE(crc32(bytes.subarray(at, end)), end);
  return bytes.toString("base64");
}
