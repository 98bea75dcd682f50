import { MAX_PHOTO_BYTES, MAX_PHOTOS_PER_ACT } from "#domain/cases/case.ts";

/** Longest side of a photo as it is kept, pixels. */
const MAX_SIDE = 1_280;
const MIN_SIDE = 160;
const QUALITY = 0.8;
const MIME = "image/jpeg";

export interface PhotoFile {
  readonly mime: typeof MIME;
  /** base64 */
  readonly bytes: string;
}

/** The pictures among these files, small enough to be sent; what is no picture is left out. */
export async function photosOf(files: Iterable<Blob>): Promise<readonly PhotoFile[]> {
  const photos = await Promise.all([...files].slice(0, MAX_PHOTOS_PER_ACT).map(photoOf));
  return photos.filter((photo) => photo !== null);
}

async function photoOf(file: Blob): Promise<PhotoFile | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (picture === null) return null;
  for (let side = MAX_SIDE; side >= MIN_SIDE; side = Math.floor(side / 2)) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, MIME, QUALITY));
    if (blob !== null && blob.size <= MAX_PHOTO_BYTES) return { mime: MIME, bytes: await base64(blob) };
  }
  return null;
}

async function base64(blob: Blob): Promise<string> {
  let text = "";
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  return btoa(text);
}
