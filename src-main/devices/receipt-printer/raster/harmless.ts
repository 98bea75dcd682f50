import { type Bitmap, blankBitmap } from "./bitmap.ts";

/** Printers look for these at once, wherever they stand, also within a picture: status requests, and one that opens the drawer. */
const DLE = 0x10;
const COMMANDS_AFTER_DLE: ReadonlySet<number> = new Set([0x04, 0x05, 0x14]);
/** None of them has this dot; one more is not seen, and takes nothing away from what a scanner reads. */
const ADDED_DOT_BIT = 6;
const DOTS_PER_BYTE = 8;

/** The same picture, as wide as whole bytes of dots, in which a printer finds nothing to obey: where dots would spell a command, one is added. */
export function harmless(picture: Bitmap): Bitmap {
  const width = Math.ceil(picture.width / DOTS_PER_BYTE) * DOTS_PER_BYTE;
  const safe = blankBitmap(width, picture.height);
  for (let y = 0; y < picture.height; y += 1)
    safe.dots.set(picture.dots.subarray(y * picture.width, (y + 1) * picture.width), y * width);
  let before = 0;
  for (let at = 0; at < safe.dots.length; at += DOTS_PER_BYTE) {
    if (before === DLE && COMMANDS_AFTER_DLE.has(byteAt(safe.dots, at))) safe.dots[at + ADDED_DOT_BIT] = 1;
    before = byteAt(safe.dots, at);
  }
  return safe;
}

function byteAt(dots: Uint8Array, at: number): number {
  return dots.subarray(at, at + DOTS_PER_BYTE).reduce((byte, dot) => byte * 2 + dot, 0);
}
