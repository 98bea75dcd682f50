/** A logo's bytes at most: it travels with the settings to every till of the store. */
export const MAX_LOGO_BYTES = 48 * 1_024;
/** A logo's edges at most, in dots: twice what the widest paper shows. */
export const MAX_LOGO_EDGE = 1_200;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const HEADER = [0x49, 0x48, 0x44, 0x52] as const;
const HEADER_AT = 12;
const WIDTH_AT = 16;
const HEIGHT_AT = 20;
const LEAST_BYTES = 33;

/** The size that a PNG says it has, in dots; null where the bytes are no PNG or one that is larger than a logo may be. Nothing is unpacked for it. */
export function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.length < LEAST_BYTES || bytes.length > MAX_LOGO_BYTES) return null;
  const begins = (at: number, with_: readonly number[]): boolean =>
    with_.every((byte, index) => bytes[at + index] === byte);
  if (!begins(0, SIGNATURE) || !begins(HEADER_AT, HEADER)) return null;
  const width = uint32(bytes, WIDTH_AT);
  const height = uint32(bytes, HEIGHT_AT);
  const fits = (edge: number): boolean => edge >= 1 && edge <= MAX_LOGO_EDGE;
  return fits(width) && fits(height) ? { width, height } : null;
}

function uint32(bytes: Uint8Array, at: number): number {
  return [0, 1, 2, 3].reduce((value, index) => value * 256 + (bytes[at + index] ?? 0), 0);
}
