import { MAX_LOGO_BYTES, pngSize } from "#domain/receipt/logo.ts";

/** As many dots as the widest paper has. */
const PAPER_DOTS = 576;
/** Halved so often at most, until it is light enough. */
const MAX_TRIES = 4;

/** A picture file as a logo that tills can print: a PNG in base64, no wider than paper; null where it is no picture or cannot be made light enough. */
export async function readLogo(file: Blob): Promise<string | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  let width = Math.min(PAPER_DOTS, picture.width);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const base64 = drawn(picture, width);
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    if (bytes.length <= MAX_LOGO_BYTES && pngSize(bytes) !== null) return base64;
    width = Math.max(1, Math.floor(width / 2));
  }
  return null;
}

function drawn(picture: ImageBitmap, width: number): string {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.max(1, Math.round((picture.height * width) / picture.width));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}
