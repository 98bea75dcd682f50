import { MAX_PHOTO_BYTES } from "#domain/cases/case.ts";

/** Longest side of a photo as it is kept, pixels: enough to see a scratch, small enough to travel. */
const MAX_SIDE = 1_280;
/** Tried one after the other until the photo is small enough; then it is made smaller by halves. */
const QUALITIES = [0.85, 0.7, 0.55] as const;
const MIN_SIDE = 160;
const MIME = "image/jpeg";

/** A photo that was taken or chosen and not sent yet. `preview` is drawn, never addressed: the page may show no pictures but its own. */
export interface TakenPhoto {
  readonly mime: typeof MIME;
  /** base64 */
  readonly bytes: string;
  readonly preview: ImageBitmap;
}

/** Size of a picture that is no longer than the limit on its longest side. */
export function shrunk(
  { width, height }: { readonly width: number; readonly height: number },
  maxSide = MAX_SIDE,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, maxSide / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Makes a photo small enough for the journal. Null where the file is no picture. */
export async function takePhoto(file: Blob): Promise<TakenPhoto | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  for (let side = MAX_SIDE; side >= MIN_SIDE; side = Math.floor(side / 2)) {
    const canvas = document.createElement("canvas");
    const { width, height } = shrunk(picture, side);
    canvas.width = width;
    canvas.height = height;
    canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
    for (const quality of QUALITIES) {
      const blob = await encoded(canvas, quality);
      if (blob !== null && blob.size <= MAX_PHOTO_BYTES)
        return { mime: MIME, bytes: await base64(blob), preview: await createImageBitmap(canvas) };
    }
  }
  return null;
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, MIME, quality));
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
