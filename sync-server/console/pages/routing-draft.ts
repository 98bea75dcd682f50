const PPM_PER_PERCENT = 10_000;
const WHOLE_PPM = 100 * PPM_PER_PERCENT;

/** A share in percent as people type it. */
export function percentOf(ppm: number): string {
  return String(ppm / PPM_PER_PERCENT);
}

/** Parts per million of what was typed in percent; null where it is no share from 0 to 100. */
export function ppmOf(text: string): number | null {
  const typed = text.trim().replace(",", ".").replace(/ ?%$/, "");
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(typed)) return null;
  const ppm = Math.round(Number(typed) * PPM_PER_PERCENT);
  return ppm <= WHOLE_PPM ? ppm : null;
}
