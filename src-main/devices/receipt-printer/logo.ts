import { PNG } from "pngjs";
import { pngSize } from "#domain/receipt/logo.ts";

/** A logo taller than this would feed more paper than the sale. */
const MOST_DOTS_HIGH = 240;

/** A picture as the encoder takes it, with the size it is to have on paper. */
export interface LogoPicture {
  readonly image: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };
  readonly width: number;
  readonly height: number;
}

/** A logo in the size it is printed in: its own, or smaller to fit the paper. Null when it is no picture: a receipt without its logo is still one. */
export function logoPicture(png: string, dots: number): LogoPicture | null {
  const bytes = Buffer.from(png, "base64");
  if (pngSize(bytes) === null) return null;
  try {
    const { width, height, data } = PNG.sync.read(bytes);
    const shrink = Math.min(1, dots / width, MOST_DOTS_HIGH / height);
    return {
      image: { width, height, data: new Uint8ClampedArray(data) },
      width: Math.max(1, Math.round(width * shrink)),
      height: Math.max(1, Math.round(height * shrink)),
    };
  } catch {
    return null;
  }
}
