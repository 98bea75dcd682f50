import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import type { Bitmap } from "../raster/bitmap.ts";

const PICTURES = join(import.meta.dirname, "pictures");
/** Set to `1`, every picture that is compared becomes the new one on record; look at it before it is committed. */
const ACCEPT = "ONETILL_ACCEPT_PICTURES";

/** Compares a printed receipt with the picture on record, dot by dot. Throws with the first dot that differs, and keeps what was printed for whoever looks. */
export function comparePicture(name: string, printed: Bitmap): void {
  const path = placeOf(name);
  if (process.env[ACCEPT] === "1") writeFileSync(path, pngOf(printed));
  if (!existsSync(path))
    throw new Error(`there is no picture ${name} on record; look at what is printed, then ${ACCEPT}=1`);
  const difference = differenceOf(recordedPicture(name), printed);
  if (difference === null) return;
  const folder = join(tmpdir(), "onetill-pictures");
  mkdirSync(folder, { recursive: true });
  const seen = join(folder, `${name}.png`);
  writeFileSync(seen, pngOf(printed));
  throw new Error(`${name} is printed differently: ${difference}. What is printed now: ${seen}`);
}

/** The picture that is on record under a name. */
export function recordedPicture(name: string): Bitmap {
  return bitmapOf(readFileSync(placeOf(name)));
}

function placeOf(name: string): string {
  return join(PICTURES, `${name}.png`);
}

/** In what two pictures differ; null when in nothing. */
export function differenceOf(expected: Bitmap, printed: Bitmap): string | null {
  const { width, height, dots } = expected;
  if (printed.width !== width || printed.height !== height)
    return `${printed.width} x ${printed.height} dots instead of ${width} x ${height}`;
  const different = [...dots.keys()].filter((index) => dots[index] !== printed.dots[index]);
  const [first] = different;
  return first === undefined
    ? null
    : `${different.length} dots, the first at ${first % width}, ${Math.floor(first / width)}`;
}

/** Black dots on white, as PNG. */
function pngOf({ width, height, dots }: Bitmap): Buffer {
  const png = new PNG({ width, height });
  dots.forEach((dot, index) => {
    png.data.fill(dot === 1 ? 0 : 255, index * 4, index * 4 + 3);
    png.data[index * 4 + 3] = 255;
  });
  return PNG.sync.write(png, { colorType: 0, deflateLevel: 9 });
}

function bitmapOf(png: Buffer): Bitmap {
  const { width, height, data } = PNG.sync.read(png);
  const dots = new Uint8Array(width * height).map((_, index) => ((data[index * 4] ?? 255) < 128 ? 1 : 0));
  return { width, height, dots };
}
