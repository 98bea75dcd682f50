import bwip from "bwip-js/generic";
import { type Bitmap, blacken, blankBitmap } from "./raster/bitmap.ts";

/** White modules that a scanner needs around the code. */
const QUIET_MODULES = 4;
/** Thinner than this no printer's own code is asked for: a cheap scanner reads 0.375 mm from any printer. */
const LEAST_DOTS_PER_MODULE = 3;
/** A code is not made larger than a hand's width. */
const MOST_DOTS_PER_MODULE = 6;
const ERROR_LEVEL = "M";

/** How a text becomes a QR code on paper: by the printer, as a picture that we send, or not at all. */
export type QrPlan =
  | { readonly by: "printer"; readonly dotsPerModule: number }
  | { readonly by: "picture"; readonly picture: Bitmap }
  | { readonly by: "nobody" };

/**
 * Which it is for paper of so many dots. Printers pack digits closely or, the cheap ones, byte by byte, and print nothing where their code is wider than the
 * paper: the printer is asked only where even bytes fit; everything else is a picture, in which digits are always packed closely.
 */
export function planQr({
  text,
  dots,
  printerDraws = true,
}: {
  readonly text: string;
  readonly dots: number;
  readonly printerDraws?: boolean;
}): QrPlan {
  const byBytes = printerDraws ? qrMatrix(bytesLike(text)) : null;
  const own = byBytes === null ? 0 : dotsPerModule(byBytes.size, dots);
  if (own >= LEAST_DOTS_PER_MODULE && /^[\x20-\x7e]*$/.test(text))
    return { by: "printer", dotsPerModule: own };
  const matrix = qrMatrix(text);
  const drawn = matrix === null ? 0 : dotsPerModule(matrix.size, dots);
  return matrix === null || drawn === 0
    ? { by: "nobody" }
    : { by: "picture", picture: pictureOf(matrix, drawn) };
}

interface QrMatrix {
  /** Modules from edge to edge, without the quiet zone. */
  readonly size: number;
  readonly modules: readonly number[];
}

/** The code's modules, row by row, digits packed closely; null when the text is longer than any QR code. */
export function qrMatrix(text: string): QrMatrix | null {
  if (text === "") return null;
  try {
    const [code] = bwip.raw("qrcode", text, `eclevel=${ERROR_LEVEL}`);
    return code === undefined || !("pixs" in code) ? null : { size: code.pixx, modules: code.pixs };
  } catch {
    return null;
  }
}

/** As many bytes as the text, none of which can be packed closer. */
function bytesLike(text: string): string {
  return "a".repeat(Buffer.byteLength(text));
}

function dotsPerModule(size: number, dots: number): number {
  return Math.min(MOST_DOTS_PER_MODULE, Math.floor(dots / (size + 2 * QUIET_MODULES)));
}

function pictureOf({ size, modules }: QrMatrix, dotsEach: number): Bitmap {
  const edge = (size + 2 * QUIET_MODULES) * dotsEach;
  const picture = blankBitmap(edge, edge);
  modules.forEach((module, index) => {
    if (module !== 1) return;
    const left = ((index % size) + QUIET_MODULES) * dotsEach;
    const top = (Math.floor(index / size) + QUIET_MODULES) * dotsEach;
    for (let y = 0; y < dotsEach; y += 1)
      for (let x = 0; x < dotsEach; x += 1) blacken(picture, left + x, top + y);
  });
  return picture;
}
