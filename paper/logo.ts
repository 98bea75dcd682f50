import { PNG, type PNGOptions } from "pngjs";
import { MAX_LOGO_BYTES } from "#domain/receipt/logo.ts";
import { ok, type Result, refused } from "#domain/result.ts";

const COLOUR = 2;
const COLOUR_AND_ALPHA = 6;
const GREY = 0;
/** Longer at work than the usual one, and tighter for drawings. */
const TIGHT: PNGOptions = { deflateStrategy: 0 };

/**
 * A logo written anew from its pixels, in base64: what a sloppy program or a bad disk did to the file ends here, before tills and the server draw it. Refused
 * with the reason in words.
 */
export function rewrittenLogo(logo: string): Result<string, string> {
  let picture: PNG;
  try {
    picture = PNG.sync.read(Buffer.from(logo, "base64"));
  } catch (error) {
    return refused(`The logo cannot be read as a PNG: ${(error as Error).message}.`);
  }
  for (const options of waysToWrite(picture)) {
    const bytes = PNG.sync.write(picture, options);
    if (bytes.length <= MAX_LOGO_BYTES) return ok(bytes.toString("base64"));
  }
  return refused("The logo has too many colours or details for its size: send a smaller or simpler picture.");
}

/** A logo as it lies on white paper: a sound PNG without transparency, which whoever draws it need not unpack. Null when it cannot be read. */
export function logoOnPaper(png: Uint8Array): Buffer | null {
  try {
    return PNG.sync.write(PNG.sync.read(Buffer.from(png)), { colorType: COLOUR });
  } catch {
    return null;
  }
}

function waysToWrite(picture: PNG): readonly PNGOptions[] {
  const pixels = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.data.length / 4);
  const colours = [...new Set(pixels)].map((pixel) => [...new Uint8Array(Uint32Array.of(pixel).buffer)]);
  const isOpaque = colours.every(([, , , alpha]) => alpha === 255);
  const isGrey = colours.every(([red, green, blue]) => red === green && green === blue);
  const colorType = isOpaque ? COLOUR : COLOUR_AND_ALPHA;
  return [
    { colorType },
    { ...TIGHT, colorType },
    ...(isOpaque && isGrey ? [{ ...TIGHT, colorType: GREY } as const] : []),
  ];
}
