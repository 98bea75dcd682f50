/** Random choices that are the same for the same seed, so that every demo shop is the same shop. */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  between(range: { readonly from: number; readonly to: number }): number;
  pick<T>(list: readonly T[]): T;
  /** `count` different entries (all of them when there are fewer), in the list's order. */
  some<T>(list: readonly T[], count: number): T[];
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
  bytes(count: number): Uint8Array;
}

const UINT32 = 2 ** 32;

/** A small counting generator (Weyl sequence, mixed by multiplications); not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = state;
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / UINT32) * limit);
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[below(list.length)];
    if (chosen === undefined) throw new RangeError("nothing to pick from");
    return chosen;
  };
  return {
    between: ({ from, to }) => from + below(to - from + 1),
    pick,
    some: (list, count) => {
      const left = list.map((_, index) => index);
      while (left.length > count) left.splice(below(left.length), 1);
      return left.flatMap((index) => list.slice(index, index + 1));
    },
    chance: (percent) => below(100) < percent,
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
  };
}

/** 2026-01-01T00:00:00Z in ms: the moment all ids of the demo claim to be made at. */
const DEMO_EPOCH_MS = 1_767_225_600_000;

/** A UUIDv7 made of the demo's fixed moment and the seed's randomness. */
export function demoUuid(random: Random): string {
  const time = DEMO_EPOCH_MS.toString(16).padStart(12, "0");
  const hex = Buffer.from(random.bytes(10)).toString("hex");
  const variant = "89ab"[random.between({ from: 0, to: 3 })];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}
