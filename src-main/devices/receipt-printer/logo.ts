import { PNG } from "pngjs";
import { pngSize } from "#domain/receipt/logo.ts";
import type { Bitmap } from "./raster/bitmap.ts";
import { ditherPicture } from "./raster/dither.ts";

/** A logo taller than this would feed more paper than the sale. */
const MOST_DOTS_HIGH = 240;

/** A logo as it is printed, in the size it is printed in: its own, or smaller to fit the paper. Null when it is no picture: a receipt without its logo is still one. */
export function logoPicture(png: string, dots: number): Bitmap | null {
  const bytes = Buffer.from(png, "base64");
  if (pngSize(bytes) === null) return null;
  try {
    const picture = PNG.sync.read(bytes);
    const shrink = Math.min(1, dots / picture.width, MOST_DOTS_HIGH / picture.height);
    const size = (edge: number): number => Math.max(1, Math.floor(edge * shrink));
    return ditherPicture(picture, { width: size(picture.width), height: size(picture.height) });
  } catch {
    return null;
  }
}
