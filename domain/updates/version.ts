/** A version of the program as `package.json` writes it: three numbers, `0.3.0`. */
const SHAPE = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/;

export function isVersion(text: string): boolean {
  return SHAPE.test(text);
}

/** Below zero where `a` came before `b`, zero where they are the same. Numbers count, not letters: 0.10.0 comes after 0.9.0. Throws RangeError on what is no version. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (const [place, number] of left.entries()) {
    const apart = number - (right[place] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
}

function numbersOf(version: string): readonly number[] {
  if (!isVersion(version)) throw new RangeError(`"${version}" is no version`);
  return version.split(".").map(Number);
}
